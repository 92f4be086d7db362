// Reports of ZAP, of SonarQube's API and of Legitify, cut at what they list.
import { isObject, type Json } from '../../../core/json.ts';
import { known, list, number } from '../../fields.ts';
import { policiesOf } from '../../sources/legitify/legitify.ts';
import { bounded, type Format, groupsOf, invalid, scannedBy } from '../report.ts';

/** Requests that showed the same: the first ones say enough. */
const MOST_INSTANCES = 20;

export const zap: Format = {
  is: (_text, value) => isObject(value) && 'site' in value && ('@programName' in value || '@version' in value),
  scans(_text, [value], context) {
    if (!isObject(value) || !('site' in value)) throw invalid('it is none of ZAP: it has no site');
    const { site, ...head } = value;
    const sites = Array.isArray(site) ? list(value, 'site') : [site];
    bounded(sites.flatMap((each) => list(each, 'alerts')));
    return [{ by: scannedBy('ZAP', context), bodies: bodies() }];

    function* bodies(): Generator<object> {
      for (const each of sites) {
        for (const alerts of groupsOf(list(each, 'alerts').map(shortened))) {
          yield { ...head, site: [{ ...(isObject(each) && each), alerts }] };
        }
      }
    }
  },
};

function shortened(alert: Json): Json {
  return isObject(alert) ? { ...alert, instances: list(alert, 'instances').slice(0, MOST_INSTANCES) } : alert;
}

const LISTS = ['issues', 'hotspots'] as const;

/** One page of `api/issues/search` or `api/hotspots/search`, or several one after the other. */
export const sonarqube: Format = {
  is: (_text, value) => isObject(value) && 'paging' in value && LISTS.some((name) => Array.isArray(value[name])),
  scans(_text, values, context) {
    const pages = values.filter((value) => isObject(value) && LISTS.some((name) => Array.isArray(value[name])));
    if (pages.length === 0 || pages.length < values.length)
      throw invalid('it is no page of issues or hotspots of SonarQube');
    const rows = LISTS.map((name) => bounded(pages.flatMap((page) => list(page, name))));
    const total = LISTS.map((name) =>
      Math.max(
        0,
        ...pages.filter((page) => isObject(page) && name in page).map((page) => number(page, 'paging', 'total') ?? 0),
      ),
    );
    // A page of several is a part: what it does not have may stand on another.
    const complete = total.every((all, index) => (rows[index]?.length ?? 0) >= all);
    return [{ by: scannedBy('SonarQube', context), complete, bodies: bodies() }];

    function* bodies(): Generator<object> {
      for (const [index, name] of LISTS.entries()) {
        for (const group of groupsOf(rows[index] ?? [])) yield { [name]: group };
      }
    }
  },
};

/** Each policy's violations on their own. */
export const legitify: Format = {
  places: true,
  is: (_text, value) =>
    isObject(value) &&
    typeof value.type === 'string' &&
    isObject(value.content) &&
    policiesOf(value.content).length > 0,
  scans(_text, [value], context) {
    const content = isObject(value) && isObject(value.content) ? value.content : value;
    if (!isObject(content)) throw invalid('it is none of Legitify: it has no policies');
    const policies = policiesOf(content);
    bounded(policies.flatMap((policy) => list(policy, 'violations')));
    const by = context.repository === undefined ? undefined : scannedBy('Legitify', context);
    return [known({ by, bodies: bodies() })];

    function* bodies(): Generator<object> {
      for (const policy of policies) {
        for (const violations of groupsOf(list(policy, 'violations'))) {
          yield { type: 'flattened', content: { policy: { ...(isObject(policy) && policy), violations } } };
        }
      }
    }
  },
};

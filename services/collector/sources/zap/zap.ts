// ZAP's traditional JSON report: each kind of alert at each site becomes one.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import { instant, known, list, text } from '../../fields.ts';
import { alertsOf, type Found, firstOf, locationOf, scanned } from '../../findings.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { cweOf } from '../../weakness-ids.ts';

const TOOL = 'ZAP';

export const zap = defineSource({
  id: 'zap',
  title: 'ZAP reports',
  reference: 'https://www.zaproxy.org/docs/desktop/addons/report-generation/report-traditional-json/',
  body: 'json',
  identifiers: ['alertRef', 'pluginid', 'cweid', 'wascid'],
  // What an alert rests on may be a key that a page gave away.
  secrets: ['evidence', 'otherinfo', 'attack'],
  normalize,
  time: (body) => (isObject(body) ? instant(body, 'created') : undefined),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body } = record;
  if (!isObject(body) || !(Array.isArray(body.site) || isObject(body.site))) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body has no site' });
  }
  // A report on one site may write it without the list around it.
  const sites = Array.isArray(body.site) ? list(body, 'site') : [body.site];
  const alerts = sites.flatMap((site) => list(site, 'alerts').map((alert) => ({ site, alert })));
  const report = known({
    native_type: 'alert',
    tool: TOOL,
    // `@generated` is written without its zone.
    observed_at: instant(body, 'created'),
    vcs: scanned(record.repository),
  });
  return alertsOf(report, alerts, findingOf);
}

/** Of the requests that showed it, the first; another scan may begin with another, so the site tells it again. */
function findingOf(row: Json): Found {
  const { site, alert } = isObject(row) ? row : {};
  const rule = firstOf(alert, 'alertRef', 'pluginid');
  const target = text(site, '@name');
  return {
    detail: known({
      action: 'reported',
      tool: TOOL,
      rule,
      title: firstOf(alert, 'name', 'alert'),
      level: text(alert, 'riskdesc'),
      location: locationOf(text(list(alert, 'instances')[0], 'uri')),
      cwe: cweOf(text(alert, 'cweid')),
      target,
      fingerprints: rule === undefined || target === undefined ? undefined : { alert: `${target} ${rule}` },
    }),
  };
}

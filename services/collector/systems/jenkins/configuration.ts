// How all of Jenkins is set, part by part (`jenkins.authorizationStrategy`, `unclassified.location`), and each part by the paths of
// its values: a change is told of the path that is other than before.
import { isObject, type Json } from '../../../core/json.ts';
import { MINUTE } from '../../../core/time.ts';
import { text } from '../../fields.ts';
import type { Client } from '../client.ts';
import { inventoryPoll, type Section, type Thing } from '../inventory.ts';
import type { Poll, Surroundings } from '../system.ts';
import { EXPORT, exportOf } from './export.ts';

/** Jenkins goes through all of its configuration for it. */
const EVERY = 15 * MINUTE;
/** Labels come and go with the nodes that a cloud makes for one build. */
const PASSING = /^jenkins\.labelAtoms$/;
/** Who may sign in and do what, what guards requests, and the trail of what was done. */
const GUARDS =
  /^(?:security\..*|jenkins\.(?:authorizationStrategy|securityRealm|crumbIssuer|remotingSecurity|agentProtocols|markupFormatter)|unclassified\.audit.*)$/;

export function jenkinsConfiguration(name: string, client: Client, surroundings: Surroundings): Poll {
  const section: Section = {
    kind: (part) => (GUARDS.test(part) ? 'protection' : 'setting'),
    what: 'configuration',
    path: EXPORT,
    vast: true,
    async ask(api, _path, signal) {
      const exported = await exportOf(api, signal);
      // Here a value's name stands beside it, by which a secret is known.
      return 'page' in exported ? { page: surroundings.redact(exported.page) } : exported;
    },
    things: partsOf,
  };
  async function* shelves() {
    yield { name: `${name} configuration`, place: {}, sections: [section] };
  }
  return inventoryPoll(
    { name: 'configuration', source: 'jenkins.inventory', every: EVERY, client, shelves },
    surroundings,
  );
}

type Entry = readonly [name: string, value: Json];

function partsOf(roots: Json): readonly Thing[] {
  const parts = entriesOf(roots).flatMap(([root, inner]): readonly Entry[] =>
    isObject(inner) ? entriesOf(inner).map(([name, value]): Entry => [`${root}.${name}`, value]) : [[root, inner]],
  );
  return parts
    .filter(([part]) => !PASSING.test(part))
    .map(([part, value]) => ({ id: part, name: part, state: Object.fromEntries(pathsOf(value, '')) }));
}

/** `globalMatrix.entries[user mara].permissions` and what stands there; of a part that is one value, `value`. */
function pathsOf(value: Json, path: string): readonly Entry[] {
  const inner = isObject(value) ? entriesOf(value) : Array.isArray(value) ? itemsOf(value) : [];
  if (inner.length === 0) return [[path || 'value', Array.isArray(value) ? value.toSorted() : value]];
  return inner.flatMap(([key, one]) =>
    pathsOf(one, key.startsWith('[') || path === '' ? `${path}${key}` : `${path}.${key}`),
  );
}

/** By what they are called, so that one more does not make the others other ones. Plain values are one set. */
function itemsOf(list: readonly Json[]): readonly Entry[] {
  if (!list.some(isObject)) return [];
  const times = new Map<string, number>();
  return list.map((item) => {
    const [called, value] = unwrapped(item);
    const time = (times.get(called) ?? 0) + 1;
    times.set(called, time);
    return [time === 1 && called !== '' ? `[${called}]` : `[${`${called} ${time}`.trim()}]`, value];
  });
}

/** Of `user: { name: mara }`, as the plugin writes a thing of some type: `user mara`, and what stands in it. */
function unwrapped(item: Json): Entry {
  const [[type, inner] = ['', item], ...more] = entriesOf(item);
  const own = nameOf(item);
  if (own !== undefined || more.length > 0 || type === '') return [own ?? '', item];
  const name = typeof inner === 'string' ? inner : nameOf(inner);
  return [name === undefined ? type : `${type} ${name}`, inner];
}

function nameOf(item: Json): string | undefined {
  if (!isObject(item)) return undefined;
  return ['name', 'id', 'key', 'url'].map((field) => text(item, field)).find((found) => found !== undefined);
}

function entriesOf(value: Json): readonly Entry[] {
  return isObject(value) ? Object.entries(value).map(([name, inner]) => [name, inner ?? null]) : [];
}

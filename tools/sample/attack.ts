// Wednesday 2026-04-01. At 02:05 UTC a third-party action is pointed at another commit (action-refs.ts); mara's release
// runs it and her token stands in the log (attack-log.ts); ten hours later somebody else uses it. These are acts like any
// others: only the origin, the hour and the paths are not hers.
import { SECOND } from '../../services/core/time.ts';
import type { AnyAct, Elsewhere } from './acts.ts';
import { personOf } from './people.ts';
import { CACHE_SYNC } from './pipelines.ts';

const mara = personOf('mara');
const network = { address: '203.0.113.199', country: 'RO', zone: 'utc' } as const;
const script: Elsewhere = { place: network, agent: 'python-requests/2.32.3' };
const git: Elsewhere = { place: network, agent: 'git/2.34.1' };

/** The release whose log gives the secrets away; mara's own, at her usual hour. */
const RELEASED_AT = Date.UTC(2026, 3, 1, 9, 12, 4);
/** The stolen token's first use: 03:40 of the next day where mara lives. */
const INTRUSION_AT = Date.UTC(2026, 3, 1, 19, 40, 11);
/** The protection of main falls, and a workflow of the intruder's comes in. */
const TAKEOVER_AT = Date.UTC(2026, 3, 1, 19, 52);

export function attack(): AnyAct[] {
  const storefront = { by: mara, repository: 'storefront' };
  const read = (seconds: number, path: string): AnyAct => ({
    kind: 'request',
    at: INTRUSION_AT + seconds * SECOND,
    ...storefront,
    path,
    from: script,
  });
  return [
    { kind: 'release', at: RELEASED_AT, ...storefront, tag: 'v2.44.0' },
    read(0, '/user'),
    read(2, '/user/repos?per_page=100'),
    read(9, '/repos/lumen-works/storefront/actions/secrets'),
    { kind: 'git.clone', at: INTRUSION_AT + 58 * SECOND, ...storefront, from: git },
    { kind: 'protection', at: TAKEOVER_AT + 6 * SECOND, ...storefront, change: 'deleted', from: script },
    {
      kind: 'push',
      at: TAKEOVER_AT + 47 * SECOND,
      ...storefront,
      branch: 'main',
      commits: [{ at: TAKEOVER_AT + 31 * SECOND, message: 'ci: warm the cache', added: [CACHE_SYNC] }],
      unsigned: true,
      from: git,
    },
  ];
}

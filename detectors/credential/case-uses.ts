// What the cases of this family are made of: uses of credentials, with the plainest values.
import type { Activity, Client, Credential } from '../../services/core/activity.ts';
import { activityAt } from '../../services/core/detector-case.ts';
import { DAY, HOUR } from '../../services/core/time.ts';

export const START = Date.UTC(2026, 0, 5, 9);
export const OFFICE: Client = { address: '192.0.2.14', country_iso_code: 'US', user_agent: 'git/2.43.0' };
export const ABROAD: Client = {
  address: '203.0.113.199',
  country_iso_code: 'NL',
  user_agent: 'python-requests/2.32.3',
};
export const TOKEN: Credential = { id: 'hash-of-release-token', type: 'Personal access token (classic)' };

export interface Call {
  readonly operation?: string;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly client?: Client;
  readonly credential?: Credential;
  readonly actor?: string;
  readonly repository?: string;
  readonly source?: string;
}

/** A call; of `grace` with no credential told, by git from the office, where nothing else is said. */
export function call(at: number, told: Call = {}): Activity {
  const { operation = 'git.clone', method, path, status, client = OFFICE, credential, actor = 'grace' } = told;
  return activityAt(
    at,
    'request',
    {
      operation,
      ...(method !== undefined && { method }),
      ...(path !== undefined && { path }),
      ...(status !== undefined && { status }),
    },
    {
      source: told.source ?? 'github.audit',
      ...(actor !== '' && { actor: { name: actor, type: actor.endsWith('[bot]') ? 'bot' : ('person' as const) } }),
      ...(credential && { credential }),
      client,
      ...(told.repository !== undefined && { vcs: { repository: { name: told.repository } } }),
    },
  );
}

/** So many calls, one every eight hours. */
export function calls(count: number, told: Call = {}): readonly Activity[] {
  return Array.from({ length: count }, (_, index) => call(START + index * 8 * HOUR, told));
}

/** Some time after `count` calls. */
export function after(count: number, more = DAY): number {
  return START + count * 8 * HOUR + more;
}

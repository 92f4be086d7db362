// A console on an empty store in memory, its clock held by the test, and somebody who is logged in to it.
import { randomBytes } from 'node:crypto';
import { openSqliteDocumentStore } from '../../services/adapters/document-store/sqlite.ts';
import { type Console, type ConsoleOptions, createConsole } from '../../services/console/console.ts';
import type { DocumentStore } from '../../services/core/ports/document-store.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { ATTACK_TIME, detectorInfo } from './incidents.ts';

export interface ConsoleUnderTest extends Console {
  readonly store: DocumentStore;
  /** Moves the clock on. */
  pass(milliseconds: number): void;
  /** A page as somebody sees it who has logged in. */
  get(path: string): Promise<Response>;
  html(path: string): Promise<string>;
}

export function consoleUnderTest(own: Partial<ConsoleOptions> = {}): ConsoleUnderTest {
  let now = ATTACK_TIME + 3 * 3_600_000;
  const clock = { now: () => now, sleep: async () => {} };
  const store = openSqliteDocumentStore({ path: ':memory:', clock });
  const made = createConsole({
    store,
    telemetry: createTelemetry('silent'),
    clock,
    sample: false,
    mode: 'dry',
    random: randomBytes,
    health: () => ({ ready: true, parts: [{ name: 'collector', ok: true, note: '12 records' }] }),
    detectors: [detectorInfo()],
    deadJobs: async () => [],
    actions: [
      {
        id: 'github.disable-workflow',
        title: 'Disable a workflow',
        permissions: ['actions: write'],
        undoing: 'Enable the workflow again.',
        reference: 'https://docs.example/disable',
      },
    ],
    ...own,
  });
  let cookie: string | undefined;
  const get = async (path: string) => {
    cookie ??= await login(made);
    return made.app.request(path, { headers: { Cookie: cookie } });
  };
  return {
    ...made,
    store,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    get,
    html: async (path) => (await get(path)).text(),
  };
}

/** Opens a fresh link; gives the cookie as a browser would send it back. */
export async function login({ app, loginPath }: Console): Promise<string> {
  const answer = await app.request(loginPath());
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

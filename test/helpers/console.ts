// A console on an empty store in memory, its clock held by the test, and somebody who is logged in to it.
import { randomBytes } from 'node:crypto';
import { openSqliteDocumentStore } from '../../services/adapters/document-store/sqlite.ts';
import { type Console, type ConsoleOptions, createConsole } from '../../services/console/console.ts';
import type { DocumentStore } from '../../services/core/ports/document-store.ts';
import type { Job } from '../../services/core/ports/job-queue.ts';
import type { Instant } from '../../services/core/time.ts';
import { createDeciders, type Deciders } from '../../services/responder/deciders.ts';
import { giveOrder } from '../../services/responder/orders.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { ATTACK_TIME, detectorInfo } from './incidents.ts';

/** Of its links. */
export const KEY = new Uint8Array(randomBytes(32));

export interface ConsoleUnderTest extends Console {
  readonly store: DocumentStore;
  /** Ids of the jobs that were enqueued. */
  readonly jobs: readonly string[];
  now(): Instant;
  /** Moves the clock on. */
  pass(milliseconds: number): void;
  /** A page as somebody sees it who has logged in. */
  get(path: string): Promise<Response>;
  html(path: string): Promise<string>;
}

/** `deciders`: default, whoever has a name. */
export function consoleUnderTest(
  own: Partial<ConsoleOptions> & { readonly deciders?: Deciders } = {},
): ConsoleUnderTest {
  const { deciders = createDeciders([], []), ...options } = own;
  let now = ATTACK_TIME + 3 * 3_600_000;
  const clock = { now: () => now, sleep: async () => {} };
  const store = openSqliteDocumentStore({ path: ':memory:', clock });
  const jobs: string[] = [];
  const queue = { enqueue: async (_queue: string, { id }: Job) => void jobs.push(id) };
  const made = createConsole({
    store,
    telemetry: createTelemetry('silent'),
    clock,
    sample: false,
    mode: 'dry',
    random: randomBytes,
    key: KEY,
    decisions: {
      objection: deciders.objection,
      give: (run, order) => giveOrder({ store, queue, clock, deciders }, run, order),
    },
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
    ...options,
  });
  let cookie: string | undefined;
  const get = async (path: string) => {
    cookie ??= await login(made);
    return made.app.request(path, { headers: { Cookie: cookie } });
  };
  return {
    ...made,
    store,
    jobs,
    now: () => now,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    get,
    html: async (path) => (await get(path)).text(),
  };
}

/** Opens a fresh link; gives the cookie as a browser would send it back. */
export async function login({ app, loginPath }: Console, person?: string): Promise<string> {
  const method = person === undefined ? 'GET' : 'POST';
  const answer = await app.request(loginPath(person), { method });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

// A year of two hundred repositories: stopped in the middle, gone on with, within half of the rate limit.
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqliteEventLog } from '../../services/adapters/event-log/sqlite.ts';
import type { Activity } from '../../services/core/activity.ts';
import { systemClock } from '../../services/core/clock.ts';
import { DAY } from '../../services/core/time.ts';
import {
  type Call,
  pageOf,
  type RecordingApi,
  type Reply,
  startRecordingApi,
} from '../collector/systems/recording-api.ts';
import { createMachine } from '../helpers/command.ts';
import { zipOf } from '../helpers/zip.ts';

const REPOSITORIES = 200;
const RUNS = 4;
const LOG = '2026-01-01T00:00:00.0000000Z one\n2026-01-01T00:00:01.0000000Z two\n';
const machine = createMachine();
const config = machine.path('pipewarden.yaml');
const now = Date.now();
let api: RecordingApi;
/** Many short hours. */
const HOUR_MS = 1_000;
const LIMIT = 600;
let hour = { from: 0, used: 0 };
let most = 0;

const repositories = Array.from({ length: REPOSITORIES }, (_, index) => ({
  id: index + 1,
  full_name: `acme/r${String(index).padStart(3, '0')}`,
  private: true,
  owner: { login: 'acme', type: 'Organization' },
}));
const person = { login: 'mona', id: 7, type: 'User' };

function runsOf(repository: { readonly id: number }) {
  return Array.from({ length: RUNS }, (_, index) => ({
    id: repository.id * 100 + index,
    name: 'ci',
    path: '.github/workflows/ci.yml',
    event: 'push',
    status: 'completed',
    conclusion: 'success',
    run_attempt: 1,
    created_at: new Date(now - (index + 1) * 80 * DAY).toISOString(),
    updated_at: new Date(now - (index + 1) * 80 * DAY + 60_000).toISOString(),
    triggering_actor: person,
  }));
}

function answer(call: Call): Reply | undefined {
  if (call.path === '/orgs/acme/audit-log') return { status: 404, body: { message: 'Not Found' } };
  if (call.path === '/orgs/acme/repos') return pageOf(repositories, call, api.url);
  const [, name, rest] = /^\/repos\/(acme\/r\d{3})\/(.+)$/.exec(call.path) ?? [];
  const repository = repositories.find(({ full_name }) => full_name === name);
  if (!repository) return undefined;
  const runs = runsOf(repository);
  if (rest === 'commits')
    return {
      body: [
        {
          sha: String(repository.id).padStart(40, 'a'),
          parents: [],
          commit: {
            author: { name: 'Mona', email: 'mona@example.org', date: new Date(now - 9 * DAY).toISOString() },
            committer: { name: 'Mona', email: 'mona@example.org', date: new Date(now - 9 * DAY).toISOString() },
            message: 'x',
          },
        },
      ],
    };
  if (rest === 'actions/runs') return { body: { total_count: runs.length, workflow_runs: runs } };
  // Of the others they have expired.
  if (name === 'acme/r007' && rest?.endsWith('/attempts/1/logs'))
    return { body: zipOf([{ name: '0_build.txt', content: LOG }]) };
  const run = runs.find(({ id }) => rest === `actions/runs/${id}/jobs`);
  return (
    run && {
      body: {
        jobs: [
          {
            id: run.id * 10,
            run_id: run.id,
            run_attempt: 1,
            name: 'build',
            status: 'completed',
            conclusion: 'success',
            completed_at: run.updated_at,
            steps: [],
          },
        ],
      },
    }
  );
}

/** GitHub's limit, on a short hour. */
function limited(reply: Reply | undefined): Reply | undefined {
  if (Date.now() >= hour.from + HOUR_MS) hour = { from: Date.now(), used: 0 };
  hour.used += 1;
  most = Math.max(most, hour.used);
  const reset = Math.ceil((hour.from + HOUR_MS) / 1000);
  const headers = {
    'x-ratelimit-limit': `${LIMIT}`,
    'x-ratelimit-remaining': `${LIMIT - hour.used}`,
    'x-ratelimit-reset': `${reset}`,
  };
  return { ...(reply ?? { status: 404, body: {} }), headers: { ...reply?.headers, ...headers } };
}

beforeAll(async () => {
  api = await startRecordingApi((call) => limited(answer(call)));
  const system = `{ type: github, url: '${api.url}', token: '\${env:TOKEN}', organizations: [acme] }`;
  await writeFile(config, `data: ${machine.path('data')}\nlog: { level: error }\nsystems:\n  - ${system}\n`);
});
afterAll(async () => {
  await machine.remove();
  await api.close();
});

async function activities(): Promise<readonly Activity[]> {
  const log = openSqliteEventLog({ path: machine.path('data', 'events.db'), clock: systemClock });
  const found: Activity[] = [];
  for (let partition = 0; partition < log.partitions('activity'); partition++) {
    for (const { value } of await log.read('activity', partition, 0, 1_000_000)) {
      const { primary, activity } = JSON.parse(value);
      if (primary) found.push(activity);
    }
  }
  await log.close();
  return found;
}

test('it goes on where it was killed, keeps within its share, and says what it could not get', async () => {
  const command = ['backfill', '--days', '365', '--config', config, '--json'];
  const env = { TOKEN: 'a-token-of-this-test' };
  let killed = 0;
  for (const after of [150, 500]) {
    const running = machine.start(command, { env });
    while (api.calls.length < after) await systemClock.sleep(10);
    await running.kill();
    killed = api.calls.length;
  }
  const { code, out, err } = await machine.run(command, { env });
  expect([code, err]).toEqual([0, '']);
  const results = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(results.map(({ name }) => name)).toEqual(['github: audit acme', 'github: commits acme', 'github: runs acme']);
  expect(results[0].missing.length + (results[0].before ? 1 : 0)).toBe(1);
  const found = await activities();
  const ids = (kind: string) => found.filter((each) => each.kind === kind).map(({ id }) => id);
  expect(new Set(ids('commit')).size).toBe(REPOSITORIES);
  expect(new Set(ids('run')).size).toBe(REPOSITORIES * RUNS);
  expect(new Set(ids('job')).size).toBe(REPOSITORIES * RUNS);
  // For each kill, what was under way came again with the same ids, and the run that the place is named by; nothing else did.
  expect(ids('run').length).toBeLessThanOrEqual(REPOSITORIES * RUNS + 4);
  expect(found.every(({ history }) => history)).toBe(true);
  expect(most).toBeLessThanOrEqual(LIMIT / 2 + 1);
  expect(api.calls.length).toBeGreaterThan(killed);
  // A second time there is nothing to do.
  const again = await machine.run(command, { env });
  expect(
    again.out
      .trim()
      .split('\n')
      .every((line) => JSON.parse(line).before),
  ).toBe(true);
  expect(again.out).not.toContain('job-logs');
  // Unless it is for the logs, which are read where somebody wants them.
  const logs = await machine.run([...command, '--logs'], { env });
  const { name, records, missing } = JSON.parse(logs.out.trim().split('\n').at(-1) ?? '');
  expect([name, records, missing.length]).toEqual(['github: job-logs acme', RUNS, REPOSITORIES - 1]);
  const lines = (await activities()).flatMap((each) => (each.kind === 'log' ? each.detail.lines : []));
  expect(lines).toHaveLength(2 * RUNS);
  expect(most).toBeLessThanOrEqual(LIMIT / 2 + 1);
});

// GitHub as it is read: nothing missing and nothing twice, whatever goes wrong in between.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { github } from '../../../services/collector/systems/github/github.ts';
import { HOUR, MINUTE } from '../../../services/core/time.ts';
import { type AuditEntry, type GithubApi, startGithubApi, WEBHOOK } from './github-api.ts';
import { type ReadSystem, readSystem, type TestClock, testClock } from './reading.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
let api: GithubApi;
let clock: TestClock;
let read: ReadSystem;

beforeEach(async () => {
  api = await startGithubApi();
  clock = testClock(NOW);
  const settings = { type: 'github', url: api.url, token: '${env:TOKEN}', organizations: ['acme'], webhook: WEBHOOK };
  read = await readSystem({ system: github, settings, clock, secrets: { '${env:TOKEN}': 'the-token' } });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

function entry(number: number, at = NOW - HOUR + number * 1000): AuditEntry {
  return {
    '@timestamp': at,
    _document_id: `entry-${number}`,
    action: 'repo.create',
    actor: 'mona',
    org: 'acme',
    repo: `acme/r${number}`,
  };
}

const told = async () =>
  (await read.activities()).map(({ native_type, vcs }) => `${native_type} ${vcs?.repository?.name ?? ''}`).sort();
const names = (count: number) => Array.from({ length: count }, (_, index) => `repo.create acme/r${index}`).sort();

test('the audit log is read page by page, each entry once', async () => {
  api.audit.push(...Array.from({ length: 250 }, (_, index) => entry(index)));
  await read.poll('audit acme');
  expect(await told()).toEqual(names(250));
  expect(api.lines()).toHaveLength(3);
  expect(api.calls[0]?.headers.authorization).toBe('Bearer the-token');
});

test('what appears late is read; what was read is not read again', async () => {
  api.audit.push(...Array.from({ length: 120 }, (_, index) => entry(index)));
  await read.poll('audit acme');
  clock.move(MINUTE);
  // It happened before others that were read, and came to the log after them.
  api.audit.push(entry(120, NOW - HOUR + 100_000));
  api.audit.push(entry(121, NOW - HOUR + 130_000));
  await read.poll('audit acme');
  await read.poll('audit acme');
  expect(await told()).toEqual(names(122));
});

test('an outage in the middle of a reading costs nothing', async () => {
  api.audit.push(...Array.from({ length: 350 }, (_, index) => entry(index)));
  for (const trouble of ['cut', { status: 502, body: {} }, { status: 200, body: '<html>a proxy</html>' }] as const) {
    let asked = 0;
    api.trouble = () => (++asked === 2 ? trouble : undefined);
    await expect(read.poll('audit acme')).rejects.toMatchObject({ name: 'PipewardenError' });
  }
  api.trouble = () => undefined;
  await read.poll('audit acme');
  const activities = await told();
  expect([...new Set(activities)]).toEqual(names(350));
  expect(activities).toHaveLength(350);
});

test('only half of the rate limit is used, and refusals are waited for', async () => {
  api.audit.push(...Array.from({ length: 2_000 }, (_, index) => entry(index)));
  api.rate = { limit: 20, remaining: 20, reset: NOW / 1000 + 3600 };
  let fewest = Number.POSITIVE_INFINITY;
  api.trouble = () => {
    const { rate } = api;
    if (rate && clock.now() / 1000 >= rate.reset) api.rate = { limit: 20, remaining: 20, reset: rate.reset + 3600 };
    fewest = Math.min(fewest, api.rate?.remaining ?? 0);
    return undefined;
  };
  await read.poll('audit acme');
  expect(await told()).toEqual(names(2_000));
  expect(fewest).toBeGreaterThanOrEqual(10);
  expect(clock.now()).toBeGreaterThan(NOW + HOUR);
});

test('a secondary limit is waited for as long as it says', async () => {
  api.audit.push(entry(0));
  api.trouble = () =>
    api.calls.length === 1
      ? { status: 403, headers: { 'retry-after': '90' }, body: { message: 'secondary' } }
      : undefined;
  await read.poll('audit acme');
  expect(await told()).toEqual(names(1));
  expect(clock.now()).toBeGreaterThanOrEqual(NOW + 90_000);
});

function push(number: number) {
  const repository = { id: 1, full_name: 'acme/shop', private: true, owner: { login: 'acme', type: 'Organization' } };
  return {
    ref: `refs/heads/b${number}`,
    before: '1'.repeat(40),
    after: `${number}`.padStart(40, '2'),
    repository,
    pusher: { name: 'mona' },
    sender: { login: 'mona', id: 7, type: 'User' },
    commits: [],
  };
}

test('deliveries that nobody took are fetched, once each', async () => {
  const attempt = (id: number, guid: string, status_code: number, minutes: number) => ({
    id,
    guid,
    status_code,
    event: 'push',
    delivered_at: new Date(NOW - minutes * MINUTE).toISOString(),
    payload: push(Number(guid)),
  });
  api.attempts.push(
    attempt(1, '1', 200, 90),
    attempt(2, '2', 503, 80),
    attempt(3, '3', 0, 70),
    // Somebody had it delivered again.
    attempt(4, '3', 200, 60),
    attempt(5, '5', 502, 50),
    attempt(6, '5', 502, 40),
  );
  await read.poll('deliveries acme');
  await read.poll('deliveries acme');
  clock.move(10 * MINUTE);
  api.attempts.push(attempt(7, '7', 500, -5));
  await read.poll('deliveries acme');
  expect((await read.activities()).map(({ vcs }) => vcs?.ref?.head?.name).sort()).toEqual(['b2', 'b5', 'b7']);
});

const job = (id: number, conclusion = 'success') => ({
  source: 'github.webhook',
  event: 'workflow_job',
  received_at: NOW,
  body: {
    action: 'completed',
    workflow_job: { id, run_id: 17, name: 'build', conclusion, status: 'completed', steps: [] },
    repository: push(0).repository,
    sender: push(0).sender,
  },
});

test('the log of a job is fetched when the job has ended, without the credential where it lies', async () => {
  api.logs.set('41', '2026-03-02T09:59:00.0000000Z ##[group]Run npm ci\n2026-03-02T09:59:01.0000000Z done\n');
  expect(await read.follow([job(41), job(42, 'skipped'), { ...job(43), history: true }])).toBe(0);
  const logs = (await read.activities()).filter(({ kind }) => kind === 'log');
  expect(logs).toMatchObject([
    {
      source: 'github.job-log',
      vcs: { repository: { name: 'acme/shop' } },
      cicd: { pipeline: { run: { id: '17' }, task: { name: 'build' } } },
    },
  ]);
  expect(api.lines()).toEqual(['GET /repos/acme/shop/actions/jobs/41/logs', 'GET /elsewhere/41']);
});

test('the definitions that a push touched are fetched as they were and as they are', async () => {
  const path = '.github/workflows/ci.yml';
  const [before, after] = ['1'.repeat(40), '5'.padStart(40, '2')];
  const workflow = (event: string) =>
    `on: ${event}\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n`;
  api.repositories.set(`GET /repos/acme/shop/compare/${before}...${after}`, {
    merge_base_commit: { sha: before },
    files: [
      { filename: path, status: 'modified' },
      { filename: 'README.md', status: 'modified' },
    ],
  });
  api.repositories.set(`GET /repos/acme/shop/contents/${path}?ref=${before}`, workflow('push'));
  api.repositories.set(`GET /repos/acme/shop/contents/${path}?ref=${after}`, workflow('pull_request_target'));
  const commit = {
    id: after,
    added: [],
    modified: [path, 'README.md'],
    removed: [],
    author: { name: 'Mona', email: 'mona@example.org' },
  };
  const delivery = (body: object) => ({ source: 'github.webhook', event: 'push', received_at: NOW, body });
  await read.follow([
    delivery({ ...push(5), commits: [commit] }),
    // Touches none.
    delivery({ ...push(6), commits: [{ ...commit, id: '6'.padStart(40, '2'), modified: ['README.md'] }] }),
  ]);
  const found = (await read.activities()).filter(({ source }) => source === 'github.definition');
  expect(found).toMatchObject([
    {
      kind: 'definition',
      actor: { name: 'mona' },
      vcs: { ref: { head: { name: 'b5', revision: after } } },
      detail: { path, change: 'changed', words: ['adds trigger pull_request_target', 'removes trigger push'] },
    },
  ]);
});

test('the doctor says which permission is missing, and what else', async () => {
  api.repositories.set('GET /rate_limit', {});
  api.trouble = ({ path }) => {
    if (path.endsWith('/audit-log'))
      return { status: 403, body: { message: 'Resource not accessible by personal access token' } };
    return path === '/orgs/acme/hooks' ? { body: [] } : undefined;
  };
  const { signal } = new AbortController();
  const said = new Map<string, string>();
  for (const { name, problem } of read.connection.conditions) {
    said.set(name, (await problem(signal).catch((error: Error) => error.message)) ?? 'fine');
  }
  expect(said.get('github credential')).toBe('fine');
  expect(said.get('audit log of acme')).toContain(
    'It needs: Read access to Administration (organization) and GitHub Enterprise Cloud',
  );
  expect(said.get('webhook of acme')).toContain(`none delivers to ${WEBHOOK}`);
});

test('where the references of actions lead is looked at, and told when it is another commit', async () => {
  const [first, second] = ['8'.repeat(40), '9'.repeat(40)];
  const log = (action: string) =>
    `2026-03-02T09:59:00.0000000Z Download action repository '${action}' (SHA:${first})\n`;
  const jobLog = (body: string) => ({
    source: 'github.job-log',
    received_at: NOW,
    repository: 'acme/shop',
    run_id: '17',
    job: 'build',
    body,
  });
  await read.follow([
    jobLog(
      `2026-03-02T09:59:00.0000000Z Current runner version: '2.332.0'\n${log('some/action@v3')}${log(`other/one@${first}`)}`,
    ),
  ]);
  api.repositories.set('GET /repos/some/action/commits/v3', { sha: first });
  const told = async () =>
    (await read.activities()).flatMap((each) => (each.kind === 'dependency' ? [each.detail.resolved] : []));
  await read.poll('references');
  await read.poll('references');
  expect(await told()).toEqual([first]);
  api.repositories.set('GET /repos/some/action/commits/v3', { sha: second });
  await read.poll('references');
  api.repositories.delete('GET /repos/some/action/commits/v3');
  await read.poll('references');
  expect(await told()).toEqual([first, second, undefined]);
  expect(api.lines().filter((line) => line.includes('other/one'))).toEqual([]);
});

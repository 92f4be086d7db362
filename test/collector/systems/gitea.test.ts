// Gitea as it is read: the log of each job that has ended, of each attempt.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SourceRecord } from '../../../services/collector/source.ts';
import { gitea } from '../../../services/collector/systems/gitea/gitea.ts';
import { type ReadSystem, readSystem, testClock } from './reading.ts';
import { type RecordingApi, startRecordingApi } from './recording-api.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
let api: RecordingApi;
let read: ReadSystem;
let log: string;

beforeEach(async () => {
  log = '2026-03-02T09:59:00.1234567Z first\n';
  api = await startRecordingApi(({ path }) =>
    path === '/api/v1/repos/acme/shop/actions/jobs/41/logs' ? { body: log } : undefined,
  );
  read = await readSystem({
    system: gitea,
    settings: { type: 'gitea', url: `${api.url}/`, token: '${env:TOKEN}', owners: ['Acme'] },
    clock: testClock(NOW),
    secrets: { '${env:TOKEN}': 'the-token' },
  });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

const job = (owner: string, run_attempt: number, conclusion = 'success'): SourceRecord => ({
  source: 'gitea.webhook',
  event: 'workflow_job',
  received_at: NOW,
  body: {
    action: 'completed',
    workflow_job: { id: 41, run_id: 17, run_attempt, name: 'build', conclusion, status: 'completed', steps: [] },
    repository: { id: 1, full_name: `${owner}/shop`, owner: { login: owner } },
    sender: { login: 'mona', id: 7 },
  },
});

test('the log of a job is fetched once for each attempt, of those who are watched', async () => {
  api.trouble = ({ headers }) => (api.calls.length === 1 ? { status: 502, body: headers.authorization } : undefined);
  expect(await read.follow([job('acme', 1), job('others', 1), job('acme', 1, 'skipped')])).toBe(0);
  log = '2026-03-02T10:59:00.1234567Z second\n';
  expect(await read.follow([job('acme', 1), job('acme', 2)])).toBe(0);
  const logs = (await read.activities()).filter(({ kind }) => kind === 'log');
  expect(logs.map(({ detail }) => ('lines' in detail ? detail.lines : []))).toHaveLength(2);
  expect(logs).toMatchObject([
    { cicd: { pipeline: { run: { id: '17' }, task: { name: 'build' } } }, vcs: { repository: { name: 'acme/shop' } } },
    { source: 'gitea.job-log' },
  ]);
  expect(api.calls).toHaveLength(3);
  expect(api.calls[0]?.headers.authorization).toBe('token the-token');
});

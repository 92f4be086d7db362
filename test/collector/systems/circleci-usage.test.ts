// Rows of a usage export are the jobs that webhooks tell of, under the same ids.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { circleciWebhook } from '../../../services/collector/sources/circleci/webhook.ts';
import { readUsage, type UsageRow } from '../../../services/collector/systems/circleci/usage.ts';
import type { Json } from '../../../services/core/json.ts';
import { testClock } from './reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'usage-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER =
  'ORGANIZATION_NAME,PROJECT_NAME,VCS_NAME,VCS_URL,VCS_BRANCH,PIPELINE_ID,PIPELINE_NUMBER,PIPELINE_TRIGGER_SOURCE,' +
  'PIPELINE_TRIGGER_USER_ID,WORKFLOW_ID,WORKFLOW_NAME,JOB_NAME,JOB_RUN_NUMBER,JOB_ID,JOB_RUN_STARTED_AT,' +
  'JOB_RUN_STOPPED_AT,JOB_BUILD_STATUS,RESOURCE_CLASS,TOTAL_CREDITS';
const ENDED =
  'acme,shop,github,https://github.com/acme/shop,main,p-1,7,webhook,u-1,w-1,ci,"test, unit",12,j-1,' +
  '2026-03-01 10:00:00.25,2026-03-01 10:04:00,success,medium,40';
const CANCELLED =
  'acme,shop,\\N,\\N,\\N,p-1,7,api,\\N,w-1,ci,lint,13,j-2,2026-03-01 10:00:00,2026-03-01 10:01:00,canceled,small,1';
const RUNNING = 'acme,shop,github,,main,p-2,8,api,,w-2,ci,lint,14,j-3,2026-03-01 10:00:00,,running,small,1';
const BLOCKED = 'acme,shop,github,,main,p-2,8,api,,w-2,ci,hold,\\N,j-4,,,success,,0';

async function rowsOf(content: string | Buffer): Promise<readonly UsageRow[]> {
  const file = join(folder, 'usage.csv');
  writeFileSync(file, content);
  const rows: UsageRow[] = [];
  for await (const row of readUsage(file, testClock(Date.parse('2026-03-02T00:00:00Z')))) rows.push(row);
  return rows;
}

function drafts(told: unknown) {
  const body: Json = JSON.parse(JSON.stringify(told ?? null));
  const record = { source: 'circleci.webhook', event: 'job-completed', received_at: 0, body, redactions: {} };
  return circleciWebhook.normalize(record);
}

test('a row is the job that its webhook tells of', async () => {
  const [row] = await rowsOf(`${HEADER}\n${ENDED}\n`);
  const webhook = {
    type: 'job-completed',
    id: 'd-1',
    happened_at: '2026-03-01T10:04:00.000Z',
    organization: { name: 'acme' },
    project: { name: 'shop', slug: 'gh/acme/shop' },
    workflow: { id: 'w-1', name: 'ci' },
    pipeline: {
      id: 'p-1',
      number: 7,
      trigger: { type: 'webhook' },
      trigger_parameters: { circleci: { actor_id: 'u-1' } },
      vcs: { target_repository_url: 'https://github.com/acme/shop', branch: 'main' },
    },
    job: { id: 'j-1', name: 'test, unit', number: 12, status: 'success' },
  };
  expect(drafts(row?.record?.body)).toEqual(drafts(webhook));
  expect(drafts(webhook)).toMatchObject([
    { natural_id: 'job/j-1/success', vcs: { repository: { name: 'acme/shop' } } },
  ]);
});

test('what has not ended, or never ran, is no record; the rest is read from a packed file too', async () => {
  const rows = await rowsOf(gzipSync(`${HEADER}\n${ENDED}\n${RUNNING}\n${BLOCKED}\n${CANCELLED}\n`));
  expect(rows.map(({ record, problem }) => [record !== undefined, problem])).toEqual([
    [true, undefined],
    [false, undefined],
    [false, undefined],
    [true, undefined],
  ]);
  const [cancelled] = drafts(rows[3]?.record?.body);
  expect(cancelled).toMatchObject({ natural_id: 'job/j-2/canceled', vcs: { repository: { name: 'acme/shop' } } });
  expect(cancelled?.actor).toBeUndefined();
});

test('what is no row is told with its line; the rest goes on', async () => {
  const rows = await rowsOf(`${HEADER}\nacme,shop\n${ENDED}\n"never ends\n`);
  expect(rows.map(({ line, problem }) => [line, problem])).toEqual([
    [2, 'the row has 2 columns, the header 19'],
    [3, undefined],
    [4, 'a quoted field does not end'],
  ]);
});

test('another list is no usage export', async () => {
  const [row] = await rowsOf('name,count\nshop,1\n');
  expect(row).toEqual({ line: 2, problem: 'it is no row of a usage export' });
});

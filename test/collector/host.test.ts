// What the host does for every source: redaction, times, ids, routing, and what becomes of records nobody understands.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CHUNK_LINES } from '../../services/collector/log/chunks.ts';
import { defineSource, type SourceRecord } from '../../services/collector/source.ts';
import { SOURCES } from '../../services/collector/sources/index.ts';
import { DAY, HOUR, MINUTE } from '../../services/core/time.ts';
import { CANARY, CANARY_KIND, type Collecting, NOW, startCollecting } from './collecting.ts';
import { push } from './deliveries.ts';

let collecting: Collecting;
beforeEach(async () => {
  collecting = await startCollecting();
});
afterEach(() => collecting.close());

function audit(fields: Readonly<Record<string, unknown>> = {}): SourceRecord {
  return {
    source: 'github.audit',
    received_at: NOW,
    body: { '@timestamp': NOW - MINUTE, _document_id: 'doc-1', action: 'repo.create', repo: 'acme/shop', ...fields },
  };
}

function delivered(body: unknown = push()): SourceRecord {
  return { source: 'github.webhook', event: 'push', received_at: NOW, body };
}

describe('times', () => {
  test.each([
    ['a minute ago, by the server', NOW - MINUTE, NOW - MINUTE],
    ['a server clock that runs five minutes ahead', NOW + 5 * MINUTE, NOW + 5 * MINUTE],
    ['a day in the future', NOW + DAY, NOW],
    ['two years ago', NOW - 730 * DAY, NOW],
    ['no time at all', undefined, NOW],
  ])('%s', async (_case, claimed, observed) => {
    await collecting.collector.ingest([audit({ '@timestamp': claimed })]);
    expect((await collecting.activities())[0]?.observed_at).toBe(observed);
  });

  test('corrections are counted', async () => {
    await collecting.collector.ingest([audit({ '@timestamp': NOW + HOUR })]);
    const { values } = await collecting.telemetry.metrics.timesCorrected.get();
    expect(values).toMatchObject([{ value: 1, labels: { source: 'github.audit' } }]);
  });

  test('of the past, what has just happened is left to who tells it live', async () => {
    const past = (time: number | undefined, id: string): SourceRecord => ({
      ...audit({ '@timestamp': time, _document_id: id }),
      history: true,
    });
    await collecting.collector.ingest([
      past(NOW - 2 * HOUR, 'old'),
      past(NOW - MINUTE, 'new'),
      past(undefined, 'none'),
    ]);
    expect((await collecting.activities()).map(({ observed_at }) => observed_at)).toEqual([NOW - 2 * HOUR, NOW]);
  });

  test('what is replayed may be as old as it likes', async () => {
    await collecting.collector.ingest([{ ...audit({ '@timestamp': NOW - 3000 * DAY }), input: 'old.ndjson:1' }]);
    expect(await collecting.activities()).toMatchObject([{ observed_at: NOW - 3000 * DAY, input: 'old.ndjson:1' }]);
  });
});

describe('ids', () => {
  async function ids(...records: readonly SourceRecord[]): Promise<readonly string[]> {
    await collecting.collector.ingest(records);
    return (await collecting.activities()).map(({ id }) => id);
  }

  test('the same record has the same ids whenever it comes', async () => {
    const found = await ids(delivered(), { ...delivered(), received_at: NOW + HOUR });
    expect(found).toHaveLength(4);
    expect(new Set(found).size).toBe(2);
  });

  test('an audit entry is known by its document id, however it was exported', async () => {
    expect(new Set(await ids(audit(), audit({ operation_type: 'create' }))).size).toBe(1);
  });

  test('a commit is the same commit in a delivery and in a clone', async () => {
    const person = { name: 'Mara', email: 'mara@acme.example', date: '2026-03-02T11:59:30+02:00' };
    const body = { sha: '2'.repeat(40), parents: [], author: person, committer: person, signature: 'none' };
    await collecting.collector.ingest([
      delivered(),
      { source: 'git', repository: 'acme/shop', received_at: NOW, body },
    ]);
    const commits = (await collecting.activities()).filter(({ kind }) => kind === 'commit');
    expect(commits.map(({ source }) => source).sort()).toEqual(['git', 'github.webhook']);
    expect(commits[0]?.id).toBe(commits[1]?.id);
  });
});

describe('routing', () => {
  test('an activity goes to each profiled entity; one copy is primary and carries the record', async () => {
    const [one, two] = ['one', 'two'].map((id) => ({
      id,
      title: id,
      summary: '',
      catalogue: '',
      severity: 'low' as const,
      maturity: 'stable' as const,
      owasp: [],
      attack: [],
      falsePositives: [],
      next: [],
      cases: async () => ({ cases: [] }),
      watches: ['repository' as const],
      by: id === 'one' ? ('actor' as const) : ('place' as const),
      examine: () => undefined,
    }));
    if (!one || !two) throw new Error('two detectors');
    await collecting.close();
    collecting = await startCollecting({ detectors: [one, two, one] });
    await collecting.collector.ingest([audit({ actor: 'mara' })]);
    const entries = await collecting.entries();
    expect(entries.map(({ key }) => key).sort()).toEqual(['actor:github:mara', 'repository:acme/shop']);
    expect(entries.find(({ key }) => key === 'actor:github:mara')).toMatchObject({
      primary: true,
      activity: { record: {} },
    });
    expect(entries.find(({ key }) => key === 'repository:acme/shop')?.activity).not.toHaveProperty('record');
  });

  test('what has no place keeps its order by its system', async () => {
    await collecting.collector.ingest([audit(), audit({ repo: undefined, org: 'acme' }), audit({ repo: undefined })]);
    const keys = (await collecting.entries()).map(({ key }) => key);
    expect(keys.sort()).toEqual(['system:github', 'system:github', 'system:github']);
  });
});

describe('redaction', () => {
  test('no secret gets past the host: not in bodies, logs, names, dead letters', async () => {
    await collecting.collector.ingest([
      delivered(push({ ref: `refs/heads/${CANARY}` })),
      { source: 'github.job-log', repository: 'acme/shop', job: CANARY, received_at: NOW, body: `token ${CANARY}\n` },
      { source: 'git', repository: CANARY, received_at: NOW, body: { sha: 7, note: CANARY } },
      { source: CANARY, received_at: NOW, body: CANARY },
    ]);
    const everything = JSON.stringify([await collecting.entries(), await collecting.letters()]);
    expect(everything).not.toContain(CANARY);
    expect(everything).toContain(`[redacted:${CANARY_KIND}:`);
  });

  test('the first activity says how many secrets its record held', async () => {
    await collecting.collector.ingest([delivered(push({ ref: `refs/heads/${CANARY}` }))]);
    const activities = await collecting.activities();
    expect(activities.map(({ kind, redactions }) => [kind, redactions])).toContainEqual(['push', { [CANARY_KIND]: 1 }]);
    expect(activities.filter(({ redactions }) => redactions)).toHaveLength(1);
  });

  test('of a log, each chunk says how many it held itself', async () => {
    const quiet = 'nothing to see\n'.repeat(CHUNK_LINES);
    const body = `${quiet}first ${CANARY}\n${quiet}second ${CANARY} third ${CANARY}\n`;
    await collecting.collector.ingest([
      { source: 'github.job-log', repository: 'acme/shop', run_id: '7', job: 'build', received_at: NOW, body },
    ]);
    const chunks = (await collecting.activities()).filter(({ kind }) => kind === 'log');
    expect(chunks.map(({ redactions }) => redactions?.[CANARY_KIND] ?? 0)).toEqual([0, 1, 2]);
  });

  test('a log that gave something away is told once more, by kind, job and repository', async () => {
    const hidden = Buffer.from(`{"value":"${CANARY}","isSecret":true}`).toString('base64');
    const log = { source: 'github.job-log', repository: 'acme/shop', run_id: '7', job: 'build', received_at: NOW };
    await collecting.collector.ingest([{ ...log, body: `first ${CANARY}\nthen ${hidden}\n` }]);
    await collecting.collector.ingest([{ ...log, run_id: '8', body: 'nothing to see\n' }]);
    const exposures = (await collecting.activities()).filter(({ kind }) => kind === 'exposure');
    expect(exposures).toMatchObject([
      {
        vcs: { repository: { name: 'acme/shop' } },
        cicd: { pipeline: { run: { id: '7' }, task: { name: 'build' } } },
        // The same secret twice, in two forms: one fingerprint.
        detail: { kinds: { [CANARY_KIND]: 2 }, fingerprints: [expect.stringMatching(/^[0-9a-f]{16}$/)] },
      },
    ]);
    expect(exposures[0]).toHaveProperty('detail.encoded', hidden.replace(/=+$/, '').length);
    expect(JSON.stringify(exposures)).not.toContain(CANARY);
  });

  test('JSON that was packed into text is unpacked first', async () => {
    await collecting.collector.ingest([{ ...audit(), body: JSON.stringify(audit({ note: CANARY }).body) }]);
    expect(await collecting.activities()).toMatchObject([
      { kind: 'repository', record: { note: expect.stringContaining(CANARY_KIND) } },
    ]);
  });
});

describe('a record that nobody understands', () => {
  test('leaves the others alone, is told by its place, and is kept', async () => {
    const report = await collecting.collector.ingest([
      audit(),
      { source: 'github.audit', received_at: NOW, body: 42, input: 'audit.ndjson:2' },
      { source: 'github.audti', received_at: NOW, body: {} },
      audit({ _document_id: 'doc-2' }),
    ]);
    expect(report).toMatchObject({
      accepted: 2,
      activities: 2,
      refused: [
        { index: 1, code: 'RECORD_INVALID' },
        { index: 2, code: 'RECORD_UNKNOWN_SOURCE', message: expect.stringContaining('github.audit') },
      ],
    });
    const letters = await collecting.letters();
    expect(letters).toHaveLength(2);
    expect(letters.find(({ error }) => error === 'RECORD_INVALID')).toMatchObject({
      component: 'collector',
      payload: 42,
      origin: 'audit.ndjson:2',
    });
  });

  test('even when a source fails in a way that nobody foresaw', async () => {
    const broken = defineSource({
      id: 'broken',
      title: '',
      reference: '',
      body: 'json',
      identifiers: [],
      normalize: () => JSON.parse(`{"secret": ${CANARY}`),
      time: () => undefined,
    });
    await collecting.close();
    collecting = await startCollecting({ sources: [...SOURCES, broken] });
    const report = await collecting.collector.ingest([{ source: 'broken', received_at: NOW, body: {} }, audit()]);
    expect(report).toMatchObject({ accepted: 1, refused: [{ index: 0, code: 'RECORD_INVALID' }] });
    expect(JSON.stringify([report, await collecting.letters()])).not.toContain(CANARY);
  });

  test('nor does one that is nested deeper than any stack', async () => {
    const deep = JSON.parse(`{"action":"repo.create","a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
    const { accepted, refused } = await collecting.collector.ingest([{ ...audit(), body: deep }, audit()]);
    expect(accepted + refused.length).toBe(2);
    expect((await collecting.activities()).map(({ native_type }) => native_type)).toContain('repo.create');
  });
});

test('names are cut, control characters stay in the data', async () => {
  const hostile = `\u001b[31m${'n'.repeat(5_000)}`;
  await collecting.collector.ingest([audit({ actor: hostile, repo: 'acme/\u0007shop' })]);
  const [activity] = await collecting.activities();
  expect(activity?.actor?.name).toHaveLength(1_024);
  expect(activity?.actor?.name?.startsWith('\u001b[31m')).toBe(true);
  expect(activity?.vcs?.repository?.name).toBe('acme/\u0007shop');
});

test('an aborted call writes nothing', async () => {
  await expect(collecting.collector.ingest([audit()], AbortSignal.abort())).rejects.toThrow();
  expect(await collecting.entries()).toEqual([]);
});

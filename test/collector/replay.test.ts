// Reading recordings: wrapped, plain, packed, damaged.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Malformed, type ReplayOptions, readReplay } from '../../services/collector/replay.ts';
import type { SourceRecord } from '../../services/collector/source.ts';
import { zipOf } from '../helpers/zip.ts';
import { clock, NOW } from './collecting.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(content: string | Buffer, options: Partial<ReplayOptions> = {}) {
  const file = join(folder, 'records.ndjson');
  await writeFile(file, content);
  return collect({ file, name: 'r', clock, ...options });
}

async function collect(options: ReplayOptions): Promise<readonly (SourceRecord | Malformed)[]> {
  const found: (SourceRecord | Malformed)[] = [];
  for await (const item of readReplay(options)) found.push(item);
  return found;
}

const wrapped = { source: 'github.webhook', event: 'push', received_at: '2026-03-01T10:00:00Z', body: { ref: 'x' } };

test('a wrapped line is the record as it was, with its place', async () => {
  const log = {
    source: 'github.job-log',
    received_at: 1_772_445_600_000,
    repository: 'o/r',
    run_id: 1,
    job: 'b',
    body: 'hi',
  };
  const counted = { ...log, source: 'buildkite.job-log', organization: 'acme', pipeline: 'shop' };
  expect(await read([wrapped, log, counted].map((line) => `${JSON.stringify(line)}\n`).join(''))).toEqual([
    { ...wrapped, received_at: Date.parse('2026-03-01T10:00:00Z'), input: 'r:1' },
    { ...log, run_id: '1', input: 'r:2' },
    { ...counted, run_id: '1', input: 'r:3' },
  ]);
});

test('a plain line is one native record of the source that is named', async () => {
  const entry = { action: 'repo.create', created_at: NOW };
  expect(await read(JSON.stringify(entry), { source: 'github.audit' })).toEqual([
    { source: 'github.audit', body: entry, received_at: NOW, input: 'r:1' },
  ]);
});

test('a log file is one record', async () => {
  const body = '2026-03-02T09:00:00.0Z one\n2026-03-02T09:30:00.0Z two\n';
  const place = { repository: 'o/r', runId: '1', job: 'build' };
  expect(await read(body, { source: 'github.job-log', ...place })).toEqual([
    {
      source: 'github.job-log',
      repository: 'o/r',
      run_id: '1',
      job: 'build',
      body,
      received_at: Date.parse('2026-03-02T09:30:00Z'),
      input: 'r:1',
    },
  ]);
});

describe('an archive of a run’s logs', () => {
  const at = (minute: number) => `2026-03-02T09:0${minute}:00.0000000Z `;
  const named = `${at(0)}Current runner version: '2.332.0'\n${at(0)}Complete job name: build / all\n${at(1)}one\n`;
  const files = [
    { name: '0_build _ all.txt', content: named },
    { name: '1_test.txt', content: `${at(2)}two\n` },
    { name: '2_lint.txt', content: 'x', checksum: 1 },
    { name: 'test/1_Set up job.txt', content: 'a part' },
    { name: 'test/system.txt', content: 'of the service' },
    { name: '../0_up.txt', content: 'x' },
  ];
  const place = { source: 'github.job-log', repository: 'o/r', runId: '1' };

  test('is the logs of its jobs, each under the name that the log says, or the file', async () => {
    const of = { source: 'github.job-log', repository: 'o/r', run_id: '1' };
    const times = { received_at: Date.parse('2026-03-02T09:01:00Z') };
    expect(await read(zipOf(files), place)).toEqual([
      { ...of, job: 'build / all', body: named, ...times, input: 'r:1' },
      { ...of, job: 'test', body: `${at(2)}two\n`, received_at: Date.parse('2026-03-02T09:02:00Z'), input: 'r:2' },
      { malformed: { line: 3, reason: 'a file of the archive cannot be read: it is damaged or ends early' } },
      { malformed: { line: 4, reason: 'a file of the archive cannot be read: its name is none that a log has' } },
    ]);
  });

  test('is one job’s where that is asked for', async () => {
    expect(await read(zipOf(files), { ...place, job: 'build / all' })).toMatchObject([{ job: 'build / all' }]);
    expect(await read(zipOf(files), { ...place, job: 'deploy' })).toMatchObject([{ malformed: { line: 1 } }]);
  });

  test('is refused as a whole where it is cut off', async () => {
    const reason = 'the archive cannot be read: it is damaged or ends early';
    expect(await read(zipOf(files).subarray(0, -1), place)).toEqual([{ malformed: { line: 1, reason } }]);
  });
});

test('gzip is seen by its bytes, in several members too', async () => {
  const line = `${JSON.stringify(wrapped)}\n`;
  expect(await read(Buffer.concat([gzipSync(line), gzipSync(line)]))).toHaveLength(2);
});

test('standard input is a file like any other', async () => {
  async function* stdin() {
    yield Buffer.from('{"action":"git.clone",');
    yield Buffer.from('"created_at":1772445600}\n');
  }
  const options = { file: '-', source: 'github.audit', stdin: stdin(), clock };
  expect(await collect(options)).toMatchObject([{ received_at: NOW, input: 'stdin:1' }]);
});

test('a reader that stops lets go of the file', async () => {
  let open = true;
  async function* stdin() {
    try {
      for (;;) yield Buffer.from(`${JSON.stringify(wrapped)}\n`);
    } finally {
      open = false;
    }
  }
  for await (const item of readReplay({ file: '-', stdin: stdin(), clock })) {
    expect(item).toMatchObject({ input: 'stdin:1' });
    break;
  }
  expect(open).toBe(false);
});

describe('a line that cannot be read is told by its number, and the rest goes on', () => {
  const good = JSON.stringify(wrapped);

  test.each<[string, string | Buffer, string]>([
    ['no JSON', 'token=hunter2', 'not JSON'],
    ['JSON that is no record', '[1]', 'not a wrapped record: not an object'],
    ['a record without source', '{"body":{}}', 'not a wrapped record: source is missing or of the wrong type'],
    ['a record without body', '{"source":"git"}', 'not a wrapped record: body is missing or of the wrong type'],
    ['a time that is none', '{"source":"git","received_at":"noon","body":{}}', 'received_at is not a time'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 'not UTF-8'],
  ])('%s', async (_case, bad, reason) => {
    const content = Buffer.concat([Buffer.from(`${good}\n`), Buffer.from(bad), Buffer.from(`\n${good}\n`)]);
    expect(await read(content)).toMatchObject([{ input: 'r:1' }, { malformed: { line: 2, reason } }, { input: 'r:3' }]);
  });

  test('a file that was cut off', async () => {
    expect(await read(`${good}\n${good.slice(0, 40)}`)).toMatchObject([
      { input: 'r:1' },
      { malformed: { line: 2, reason: expect.stringContaining('cut off') } },
    ]);
  });

  test('a packed file that was cut off', async () => {
    const noise = Array.from({ length: 2_000 }, (_, index) =>
      JSON.stringify({ ...wrapped, event: `e${index * 7919}` }),
    );
    const packed = gzipSync(noise.join('\n'));
    const found = await read(packed.subarray(0, packed.length - 200));
    expect(found.length).toBeGreaterThan(1);
    expect(found.at(-1)).toMatchObject({ malformed: { reason: 'the compressed data is damaged or ends early' } });
  });

  test('a packed log that was cut off is told, and what is there of it is used', async () => {
    const log = Array.from({ length: 2_000 }, (_, index) => `line ${index * 7919}`).join('\n');
    const packed = gzipSync(log).subarray(0, 2_000);
    const [told, record, ...rest] = await read(packed, { source: 'github.job-log' });
    expect(told).toEqual({ malformed: { line: 1, reason: 'the compressed data is damaged or ends early' } });
    expect(record).toMatchObject({ body: expect.stringMatching(/^line 0\nline 7919\n/) });
    expect(rest).toEqual([]);
    expect(await read(packed.subarray(0, 4), { source: 'github.job-log' })).toEqual([told]);
  });

  test('nesting of any depth is no fault of the line', async () => {
    const deep = `{"source":"git","body":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(await read(`${deep}\n${good}`)).toMatchObject([{ input: 'r:1' }, { input: 'r:2' }]);
  });

  test('byte order mark, CR LF, blank lines and a missing last line feed are no faults', async () => {
    const found = await read(`\uFEFF${good}\r\n\r\n  \n${good}`);
    expect(found).toMatchObject([{ input: 'r:1' }, { input: 'r:4' }]);
  });
});

describe('a missing time of arrival takes the line’s order', () => {
  async function arrivals(...lines: readonly object[]): Promise<readonly (number | undefined)[]> {
    const found = await read(lines.map((line) => JSON.stringify(line)).join('\n'));
    return found.map((item) => ('malformed' in item ? undefined : item.received_at));
  }
  const entry = (created_at?: number) => ({ source: 'github.audit', body: { action: 'a.b', created_at } });

  test('the record’s own server time, but never before the line above', async () => {
    expect(await arrivals(entry(NOW), entry(NOW - 5), entry(), entry(NOW + 7))).toEqual([NOW, NOW, NOW, NOW + 7]);
  });

  test('a time that is given counts as it stands', async () => {
    const given = { ...entry(NOW), received_at: '2026-03-01T10:00:00Z' };
    const at = Date.parse(given.received_at);
    expect(await arrivals(given, entry())).toEqual([at, at]);
  });

  test('with no time anywhere it is now', async () => {
    expect(await arrivals(entry(), entry(NOW - 9))).toEqual([NOW, NOW - 9]);
  });
});

test('a source nobody knows is asked about before anything is read', async () => {
  await expect(read('', { source: 'github.audti' })).rejects.toThrow('did you mean github.audit?');
});

test('a file that is not there, and a folder, are told plainly', async () => {
  await expect(collect({ file: join(folder, 'none') })).rejects.toThrow('there is no file');
  await expect(collect({ file: folder })).rejects.toThrow(
    'is a folder, not a file; if it is a clone, add --source git',
  );
});

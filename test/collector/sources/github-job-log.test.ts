// A job's log as chunks: every line in its place, nothing lost, nothing larger than a chunk may be.
import { expect, test } from 'vitest';
import { CHUNK_LENGTH, CHUNK_LINES, CONTINUED, chunksOf } from '../../../services/collector/log/chunks.ts';
import { githubJobLog } from '../../../services/collector/sources/github/job-log.ts';
import type { ActivityOf } from '../../../services/core/activity.ts';
import { NOW } from '../collecting.ts';

const STAMPS = ['2026-03-02T09:53:58.8338772Z', '2026-03-02T09:54:01.0000001Z'];

function normalize(body: string, job = 'build') {
  const place = { repository: 'acme/shop', run_id: '17', job };
  return githubJobLog.normalize({ source: 'github.job-log', received_at: NOW, redactions: {}, body, ...place });
}

test('a short log is one chunk, with the time of its first line', () => {
  expect(normalize(`${STAMPS[0]} ##[group]Run make\r\n${STAMPS[1]} \u001b[32mdone\u001b[0m\r\n`)).toMatchObject([
    {
      kind: 'log',
      observed_at: Date.parse('2026-03-02T09:53:58.833Z'),
      cicd: { pipeline: { run: { id: '17' }, task: { name: 'build' } } },
      vcs: { repository: { name: 'acme/shop' } },
      detail: {
        first_line: 1,
        lines: [`${STAMPS[0]} ##[group]Run make`, `${STAMPS[1]} \u001b[32mdone\u001b[0m`],
        last: true,
      },
    },
  ]);
});

test('an empty log still ends', () => {
  expect([...chunksOf('')]).toEqual([{ first_line: 1, lines: [], last: true }]);
});

test('a long log is cut at whole lines, numbered on', () => {
  const lines = Array.from({ length: CHUNK_LINES * 2 + 1 }, (_, index) => `line ${index + 1}`);
  const chunks = [...chunksOf(lines.join('\n'))];
  expect(chunks.map(({ first_line, last }) => [first_line, last])).toEqual([
    [1, false],
    [CHUNK_LINES + 1, false],
    [CHUNK_LINES * 2 + 1, true],
  ]);
  expect(chunks.flatMap((chunk) => chunk.lines)).toEqual(lines);
});

test('a line of 10 MB comes in pieces that say so, and nothing of it is lost', () => {
  const huge = `${'ab'.repeat(5 * 1024 * 1024)}end`;
  const chunks = [...chunksOf(`before\n${huge}\nafter\n`)];
  for (const { lines } of chunks) expect(lines.join('').length).toBeLessThanOrEqual(CHUNK_LENGTH);
  const text = chunks
    .flatMap(({ lines }) => lines)
    .map((line) => (line.endsWith(CONTINUED) ? line.slice(0, -CONTINUED.length) : `${line}\n`));
  expect(text.join('')).toBe(`before\n${huge}\nafter\n`);
  expect(chunks[1]?.first_line).toBe(2);
  expect(chunks.at(-1)).toMatchObject({ first_line: 2, last: true });
});

test('a cut never goes through a character', () => {
  const chunks = [...chunksOf('𝕏'.repeat(CHUNK_LENGTH))];
  for (const { lines } of chunks) expect(lines.join('')).toBe(lines.join('').toWellFormed());
});

test('the same log has the same ids; the same words in another job have others', () => {
  const ids = (job: string) => normalize('a\n'.repeat(CHUNK_LINES + 1), job).map(({ natural_id }) => natural_id);
  expect(ids('build')).toEqual(ids('build'));
  expect(new Set([...ids('build'), ...ids('test')]).size).toBe(4);
});

test('a log that grew keeps the ids of the chunks that were full', () => {
  const before = normalize('a\n'.repeat(CHUNK_LINES + 1));
  const after = normalize('a\n'.repeat(CHUNK_LINES + 9));
  expect(after[0]?.natural_id).toBe(before[0]?.natural_id);
  const first: Partial<ActivityOf<'log'>> = { kind: 'log' };
  expect(after[1]).toMatchObject(first);
  expect(after[1]?.natural_id).not.toBe(before[1]?.natural_id);
});

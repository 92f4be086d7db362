// What a log of a million lines may cost: every line of it, and little memory.
import { expect } from 'vitest';
import type { SourceRecord } from '../../../services/collector/source.ts';
import type { ReadSystem } from './reading.ts';

const COUNT = 1_000_000;
/** Bytes on the heap beside those that were there: the log has 50 MB, as activities of a whole several times that. */
const MOST = 400 * 1024 * 1024;

/** `line`: without its end, by its number. */
export function longLog(line: (index: number) => string): Buffer {
  const pieces = Array.from({ length: COUNT / 1_000 }, (_, piece) =>
    Buffer.from(Array.from({ length: 1_000 }, (_, index) => `${line(piece * 1_000 + index)}\n`).join('')),
  );
  return Buffer.concat(pieces);
}

export async function expectLongLog(read: ReadSystem, hook: SourceRecord): Promise<void> {
  const before = process.memoryUsage().heapUsed;
  let most = 0;
  const watching = setInterval(() => {
    most = Math.max(most, process.memoryUsage().heapUsed - before);
  }, 20);
  expect(await read.follow([hook])).toBe(0);
  clearInterval(watching);
  expect(most).toBeLessThan(MOST);
  const chunks = (await read.activities()).flatMap((each) => (each.kind === 'log' ? [each.detail] : []));
  expect(chunks.reduce((sum, { lines }) => sum + lines.length, 0)).toBe(COUNT);
  expect(new Set(chunks.map(({ first_line }) => first_line)).size).toBe(chunks.length);
  expect(chunks.filter(({ last }) => last)).toHaveLength(1);
}

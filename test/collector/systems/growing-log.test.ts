// A log that is read while it is written comes to the same lines, each once, wherever it is when this process ends.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SourceRecord } from '../../../services/collector/source.ts';
import { jenkinsConsole } from '../../../services/collector/sources/jenkins/console.ts';
import { growingLog, type Stretch } from '../../../services/collector/systems/logs.ts';
import type { Json } from '../../../services/core/json.ts';
import { logSurroundings } from './log-reading.ts';
import { testClock } from './reading.ts';

const surroundings = logSurroundings(testClock(0));

/** A log of which the system counts three for every byte, and knows only places behind whole lines. */
function logOf(text: string, growth: readonly number[]) {
  const bytes = Buffer.from(text);
  let looks = 0;
  return async (at: number, skip: number): Promise<Stretch> => {
    const there = growth.slice(0, ++looks).reduce((sum, more) => sum + more, 0);
    const complete = looks > growth.length;
    const stretch = bytes.subarray(at / 3 + skip, complete ? bytes.length : there);
    const isPlace = stretch.at(-1) === 0x0a;
    return {
      bytes: stretch,
      complete,
      marks: isPlace ? [{ bytes: stretch.length, at: at + 3 * (skip + stretch.length) }] : [],
    };
  };
}

const place = { source: 'jenkins.console', run_id: '7', job: 'shop' };

test('nothing is missing and nothing comes twice, whatever breaks off', async () => {
  const lines = fc.array(fc.constantFrom('', 'tick', '+ npm ci', 'über', '\u001b[31mred', 'a'.repeat(90)), {
    minLength: 1,
    maxLength: 40,
  });
  const moments = fc.array(fc.constantFrom('before', 'between', 'kept', 'kept', 'kept'), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(lines, fc.array(fc.nat(120), { maxLength: 12 }), moments, async (told, growth, breaks) => {
      const text = `${told.join('\n')}\n`;
      const read = logOf(text, growth);
      const durable = new Map<string, SourceRecord>();
      let cursor: Json | undefined;
      const left = [...breaks];
      for (let over = false; !over; ) {
        over = true;
        const { signal } = new AbortController();
        for await (const turn of growingLog(read, place, cursor, surroundings, 1, signal)) {
          const moment = left.shift() ?? 'kept';
          if (moment !== 'before') for (const record of turn.records) durable.set(keyOf(record), record);
          if (moment !== 'kept') {
            over = false;
            break;
          }
          const parts = turn.records.map((record) => (record.part?.last === false ? partAfter(record) : undefined));
          const report = { accepted: 0, activities: 0, refused: [], scanned: [], parts };
          const next = typeof turn.cursor === 'function' ? turn.cursor(report) : turn.cursor;
          cursor = JSON.parse(JSON.stringify(next));
        }
      }
      expect([...durable.values()].map(({ body }) => body).join('')).toBe(text);
    }),
    { numRuns: 300 },
  );
});

function partAfter(record: SourceRecord) {
  return jenkinsConsole.partAfter?.({ ...record, body: String(record.body), redactions: {} });
}

/** The same place with the same text has the same ids. */
function keyOf({ part, body }: SourceRecord): string {
  return JSON.stringify([part, body]);
}

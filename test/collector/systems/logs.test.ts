// Logs that are long, or that still grow: every line once, in bounded memory, no secret cut in two, whatever happens.
import { expect, test } from 'vitest';
import { finishedLog, growingLog } from '../../../services/collector/systems/logs.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { randomFrom } from '../../helpers/random.ts';
import { makeSecret } from '../../helpers/secrets.ts';
import { logReading, logSurroundings } from './log-reading.ts';

const around = logSurroundings();
const whose = { source: 'github.job-log', repository: 'acme/shop', run_id: '17', job: 'build' };
const { signal } = new AbortController();
const { collecting, store, read } = logReading();

async function* inChunks(text: string, size: () => number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    const next = at + size();
    yield bytes.subarray(at, next);
    at = next;
  }
}

async function lines(): Promise<readonly string[]> {
  const chunks = (await collecting().activities()).flatMap((each) => (each.kind === 'log' ? [each.detail] : []));
  const sorted = chunks.toSorted((a, b) => a.first_line - b.first_line);
  return sorted.flatMap((chunk) => chunk.lines);
}

test('a log of a million lines is read in bounded memory, every line once', async () => {
  const count = 1_000_000;
  async function* log(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < count; at += 1_000) {
      yield Buffer.from(
        Array.from(
          { length: 1_000 },
          (_, index) => `2026-03-02T10:00:00.0000000Z line ${at + index} of a build\n`,
        ).join(''),
      );
    }
  }
  let most = 0;
  const watching = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const before = process.memoryUsage().rss;
  await read((cursor) => finishedLog(log(), whose, cursor, around));
  clearInterval(watching);
  // The log itself has 50 MB; as activities of a whole it would be several times that.
  expect(most - before).toBeLessThan(400 * 1024 * 1024);
  const chunks = (await collecting().activities()).flatMap((each) => (each.kind === 'log' ? [each.detail] : []));
  expect(chunks.reduce((sum, chunk) => sum + chunk.lines.length, 0)).toBe(count);
  expect(new Set(chunks.map(({ first_line }) => first_line)).size).toBe(chunks.length);
  expect(chunks.filter(({ last }) => last)).toHaveLength(1);
}, 120_000);

test('cut off and begun again, a log has the same chunks, whatever pieces it comes in', async () => {
  const random = randomFrom(3);
  const text = Array.from({ length: 200_000 }, (_, index) => `line ${index} ${'x'.repeat(40)}\n`).join('');
  const size = () => 1 + Math.floor(random() * 300_000);
  let cut = 0;
  async function* unsteady(): AsyncGenerator<Uint8Array> {
    let given = 0;
    for await (const chunk of inChunks(text, size)) {
      given += chunk.length;
      if (cut < 2 && given > (cut + 1) * 5_000_000) {
        cut += 1;
        throw new PipewardenError('API_UNREACHABLE', { method: 'GET', path: '/log', problem: 'cut off' });
      }
      yield chunk;
    }
  }
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(read((cursor) => finishedLog(unsteady(), whose, cursor, around))).rejects.toThrow('cut off');
  }
  await read((cursor) => finishedLog(unsteady(), whose, cursor, around));
  expect((await lines()).join('\n')).toBe(text.trimEnd());
  const ids = (await collecting().activities()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a growing log is told while it grows, each line once, also when this process dies in between', async () => {
  const random = randomFrom(5);
  const all = Array.from({ length: 400 }, (_, index) => `line ${index}`);
  let there = 0;
  const look = async (offset: number) => {
    there = Math.min(all.length, there + Math.floor(random() * 60));
    const text = Buffer.from(
      all
        .slice(0, there)
        .map((line) => `${line}\n`)
        .join(''),
    );
    return { bytes: text.subarray(offset), complete: there === all.length };
  };
  let seen = 0;
  const dying = (turns: number) =>
    read((cursor) =>
      (async function* () {
        let count = 0;
        for await (const turn of growingLog(look, whose, cursor, around, 1, signal)) {
          // After what was given is durable, and before its place is kept.
          yield turn;
          if (++count === turns) throw new PipewardenError('INTERNAL', { problem: 'it died' });
        }
      })(),
    );
  for (const turns of [1, 2, 3, 4]) {
    await dying(turns).catch(() => undefined);
    expect((await lines()).length).toBeGreaterThanOrEqual(seen);
    seen = (await lines()).length;
  }
  await read((cursor) => growingLog(look, whose, cursor, around, 1, signal));
  expect(await lines()).toEqual(all);
});

test('a piece whose place was not kept is told again in the same words', async () => {
  const turns: { records: readonly unknown[] }[] = [];
  const grown = [Buffer.from('one\ntwo\n'), Buffer.from('one\ntwo\nthree\nfour\n')];
  const first = growingLog(
    async (offset) => ({ bytes: grown[0]?.subarray(offset) ?? Buffer.of(), complete: false }),
    whose,
    undefined,
    around,
    1,
    signal,
  );
  const { value: told } = await first.next();
  if (!told || typeof told.cursor === 'function') throw new Error('no place is told first');
  turns.push((await first.next()).value ?? { records: [] });
  // Its records were written; then it died, and meanwhile the log went on.
  const second = growingLog(
    async (offset) => ({ bytes: grown[1]?.subarray(offset) ?? Buffer.of(), complete: false }),
    whose,
    told.cursor,
    around,
    1,
    signal,
  );
  turns.push((await second.next()).value ?? { records: [] });
  const bodies = turns.map(({ records }) => records.map((record) => (record as { body: string }).body));
  expect(bodies).toEqual([['one\ntwo\n'], ['one\ntwo\n']]);
});

test('no secret is cut in two, one of several lines neither', async () => {
  const secrets = [makeSecret('private-key', 3), makeSecret('github-personal-token', 4)];
  const filler = `${'y'.repeat(99)}\n`.repeat(41_925);
  for (let shift = 0; shift < 14; shift++) {
    const text = `${'z'.repeat(shift * 150)}\n${filler}${secrets.join('\n')}\nthe end\n${filler}`;
    await read((cursor) =>
      finishedLog(
        inChunks(text, () => 65_536),
        { ...whose, run_id: String(shift) },
        cursor,
        around,
      ),
    );
    await store().remove('cursor', 'log');
  }
  const told = JSON.stringify(await collecting().activities());
  for (const secret of secrets) {
    for (const line of secret.split('\n').filter((each) => each.length > 20)) expect(told).not.toContain(line);
  }
}, 120_000);

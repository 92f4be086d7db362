// Several logs under one errand: wherever the reading breaks off, it goes on there, and no log is read again.
import { expect, test } from 'vitest';
import { finishedLog } from '../../../services/collector/systems/logs.ts';
import { severalLogs } from '../../../services/collector/systems/several-logs.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { logReading, logSurroundings } from './log-reading.ts';

const surroundings = logSurroundings();
const reading = logReading();

test('a log that breaks off is gone on with, and those before it are not read again', async () => {
  const texts = ['short', 'long', 'last'].map((name) =>
    Array.from({ length: name === 'long' ? 150_000 : 10 }, (_, index) => `${name} ${index} ${'.'.repeat(40)}\n`).join(
      '',
    ),
  );
  const read: string[] = [];
  let breaks = 1;
  async function* bytesOf(index: number): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(texts[index] ?? '');
    for (let at = 0; at < bytes.length; at += 500_000) {
      if (index === 1 && at > 5_000_000 && breaks-- > 0) {
        throw new PipewardenError('API_UNREACHABLE', { method: 'GET', path: '/log', problem: 'cut off' });
      }
      yield bytes.subarray(at, at + 500_000);
    }
  }
  async function readOn(): Promise<void> {
    const logs = texts.map((_, index) => ({
      id: String(index),
      read(cursor: Parameters<typeof severalLogs>[1]) {
        read.push(`${index}${cursor === undefined ? '' : ' again'}`);
        const whose = { source: 'bitbucket.job-log', repository: 'acme/shop', run_id: '1', job: String(index) };
        return finishedLog(bytesOf(index), whose, cursor, surroundings);
      },
    }));
    await reading.read((cursor) => severalLogs(logs, cursor));
  }
  await expect(readOn()).rejects.toThrow('cut off');
  await readOn();
  await readOn();
  expect(read).toEqual(['0', '1', '1 again', '2']);
  const activities = await reading.collecting().activities();
  for (const [index, text] of texts.entries()) {
    const lines = activities
      .flatMap((each) =>
        each.kind === 'log' && each.cicd?.pipeline?.task?.name === String(index) ? [each.detail] : [],
      )
      .sort((a, b) => a.first_line - b.first_line)
      .flatMap((chunk) => chunk.lines);
    expect(`${lines.join('\n')}\n`).toBe(text);
  }
});

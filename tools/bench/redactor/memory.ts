// A gigabyte through `pipewarden redact`: the logs again and again, made on the way and never on a disk.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { table } from '../../reference/markdown.ts';
import { benchLogs } from '../logs.ts';
import { machine } from '../machine.ts';
import { megabytes, redactCommand } from './scanners.ts';
import { runWhole } from './whole-process.ts';

const GIGABYTE = 1e9;
const PIECE = 64 * 1024;

export async function memoryTable(): Promise<string> {
  const { what, logs } = await benchLogs();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const input = Readable.from(repeated(logs), { objectMode: false, highWaterMark: 4 * PIECE });
  const { code, seconds, resident } = await runWhole(redactCommand(folder), input);
  rmSync(folder, { recursive: true });
  const row = [code === 0 ? (GIGABYTE / 1e6 / seconds).toFixed(1) : `failed: exit code ${code}`, megabytes(resident)];
  return `${what}, repeated; ${machine()}.\n\n${table(['1 GB stream: MB/s', 'resident at most'], [row])}`;
}

function* repeated(logs: readonly Buffer[]): Generator<Buffer> {
  for (let given = 0; given < GIGABYTE; ) {
    for (const log of logs) {
      for (let from = 0; from < log.length && given < GIGABYTE; from += PIECE) {
        const piece = log.subarray(from, from + PIECE);
        given += piece.length;
        yield piece;
      }
    }
  }
}

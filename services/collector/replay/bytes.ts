// The bytes of a replay file or of standard input, unpacked when they are gzip, and the lines in them.
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { messageOf, PipewardenError } from '../../core/errors.ts';

export const DAMAGED = 'the compressed data is damaged or ends early';

/** A damaged or cut-off gzip stream; what was unpacked before it has been given out. */
export class DamagedInput extends Error {}

/** Memory stays bounded: a chunk is read when it is asked for. Throws NOT_FOUND or USAGE when the file cannot be read. */
export async function* readBytes(file: string, stdin: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* unpacked(file === '-' ? stdin : createReadStream(file));
  } catch (error) {
    throw readable(file, error);
  }
}

/** Gzip is known by its first bytes. Damaged data throws what `node:zlib` does: a `code` that begins with `Z_`. */
export async function* unpacked(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = input[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const whole = Readable.from(rejoined(first.value, chunks));
  const gzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  // Errors of either stream surface in the loop that reads the second.
  yield* gzip ? pipeline(whole, createGunzip(), () => undefined) : whole;
}

async function* rejoined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function readable(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('Z_')) return new DamagedInput(messageOf(error), { cause: error });
  if (code === 'ENOENT')
    return new PipewardenError('NOT_FOUND', { what: 'file', id: file, where: 'this place' }, error);
  if (code === 'EISDIR') {
    const problem = `${file} is a folder, not a file; if it is a clone, add --source git`;
    return new PipewardenError('USAGE', { problem }, error);
  }
  if (code === '') return error;
  return new PipewardenError('USAGE', { problem: `cannot read ${file}: ${messageOf(error)}` }, error);
}

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its line feed; undefined when it is longer than the limit. */
  readonly bytes: Buffer | undefined;
  /** False for a last line without a line feed. */
  readonly ended: boolean;
}

const LF = 0x0a;

/** Of an overlong line nothing is kept. */
export async function* readLines(input: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Line> {
  let number = 1;
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    let from = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
      add(chunk.subarray(from, end));
      yield take(true);
      from = end + 1;
    }
    add(chunk.subarray(from));
  }
  if (size > 0) yield take(false);

  function add(part: Buffer): void {
    size += part.length;
    if (size > limit) parts = [];
    else if (part.length > 0) parts.push(part);
  }

  function take(ended: boolean): Line {
    const bytes = size > limit ? undefined : Buffer.concat(parts);
    const line = { number, bytes, ended };
    number += 1;
    parts = [];
    size = 0;
    return line;
  }
}

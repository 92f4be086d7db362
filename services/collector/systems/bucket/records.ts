// The records in one object, as they come: a list within one JSON value, or a line each. Memory stays bounded whatever the
// object is: by what it unpacks to, and by the length of a record.
import { readLines, unpacked } from '../../replay/bytes.ts';
import { rowsAsJson } from '../../replay/csv.ts';
import type { TextLine } from '../../replay/text-lines.ts';
import { DamagedObject } from './damaged.ts';
import { elementsOf } from './elements.ts';
import type { BUCKET_SOURCES } from './settings.ts';

export interface RecordFound {
  /** JSON; text where it is none. */
  readonly body: unknown;
  /** Bytes. */
  readonly size: number;
}

/** A log in JSON becomes ten to fifty times smaller. */
const MOST_TIMES = 200;
const ALWAYS_FINE = 64 * 1024 * 1024;
const MOST_UNPACKED = 8 * 1024 * 1024 * 1024;
/** An event of CloudTrail has 256 KB at most: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
const LONGEST_RECORD = 4 * 1024 * 1024;
/** In a row: they cost time, and a few bytes hold millions of them. */
const MOST_EMPTY_LINES = 10_000;

/** Throws DamagedObject, and what `input` throws. `size`: of the object as it is stored. */
export async function* recordsOf(
  input: AsyncIterable<Uint8Array>,
  size: number,
  source: (typeof BUCKET_SOURCES)[number],
): AsyncGenerator<RecordFound> {
  const bytes = within(input, size);
  const { head, whole } = await peek(bytes);
  if (source === 'aws.cloudtrail' || head === '[') {
    for await (const element of elementsOf(whole, LONGEST_RECORD)) yield found(element);
    return;
  }
  const lines: AsyncIterable<TextLine> = readLines(whole, LONGEST_RECORD);
  let empty = 0;
  for await (const line of source === 'circleci.audit' ? rowsAsJson(lines) : lines) {
    const { bytes: text, number, damage = `the line is longer than ${LONGEST_RECORD} bytes` } = line;
    const isEmpty = line.damage === undefined && text !== undefined && text.toString('latin1').trim() === '';
    empty = isEmpty ? empty + 1 : 0;
    if (empty > MOST_EMPTY_LINES) throw new DamagedObject(`more than ${MOST_EMPTY_LINES} of its lines are empty`);
    if (text === undefined || line.damage !== undefined) yield { body: { line: number, problem: damage }, size: 0 };
    else if (!isEmpty) yield found(text);
  }
}

function found(bytes: Buffer): RecordFound {
  const text = bytes.toString('utf8');
  try {
    return { body: JSON.parse(text), size: bytes.length };
  } catch {
    return { body: text, size: bytes.length };
  }
}

/** Unpacked, as far as no bomb unpacks. */
async function* within(input: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  const most = Math.min(MOST_UNPACKED, Math.max(ALWAYS_FINE, MOST_TIMES * size));
  let sum = 0;
  try {
    for await (const chunk of unpacked(buffers(input))) {
      sum += chunk.length;
      if (sum > most) throw new DamagedObject(`it unpacks to more than ${most} bytes`);
      yield chunk;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw code.startsWith('Z_') ? new DamagedObject('its compressed data is damaged or ends early') : error;
  }
}

async function* buffers(input: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of input) yield Buffer.from(piece.buffer, piece.byteOffset, piece.length);
}

/** The first character that is no space. */
async function peek(bytes: AsyncGenerator<Buffer>) {
  const first: Buffer[] = [];
  let head = '';
  while (head === '') {
    const next = await bytes.next();
    if (next.done) break;
    head = next.value.toString('latin1').trimStart().charAt(0);
    // Spaces before the first record say nothing, and might not end.
    if (head !== '') first.push(next.value);
  }
  async function* whole(): AsyncGenerator<Buffer> {
    try {
      yield* first;
      yield* bytes;
    } finally {
      await bytes.return(undefined);
    }
  }
  return { head, whole: whole() };
}

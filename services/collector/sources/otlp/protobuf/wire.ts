// Reads the wire format of protocol buffers as the JSON that the same message would be.
// https://protobuf.dev/programming-guides/encoding/, https://protobuf.dev/programming-guides/json/
import { PipewardenError } from '../../../../core/errors.ts';

const SCALARS = {
  uint32: 0,
  int64: 0,
  bool: 0,
  fixed64: 1,
  double: 1,
  string: 2,
  base64: 2,
  /** Bytes that OTLP writes in hexadecimal: ids. */
  hex: 2,
  fixed32: 5,
} as const;
type Scalar = keyof typeof SCALARS;

/** Name in JSON; a scalar, or the name of a message; whether there may be several. */
export type Field = readonly [name: string, type: string, repeated?: 'repeated'];
/** By name, and by number of the field. */
export type Messages = Readonly<Record<string, Readonly<Record<number, Field>>>>;

/** Deeper than any real message: recursion must end. */
const DEEPEST = 40;
/** An empty message is two bytes on the wire and a hundred in memory. */
const MOST_MESSAGES = 1_000_000;

interface Reader {
  readonly bytes: Buffer;
  readonly source: string;
  readonly messages: Messages;
  at: number;
  /** Messages that were begun. */
  begun: number;
}

/**
 * Fields that the schema does not know, or knows as another type, are left out; of a field that may be there once, the last
 * counts. Text that is no UTF-8 is read with replacement characters. Throws RECORD_INVALID for what is cut off, nested too
 * deep, or of too many messages.
 */
export function decodeMessage(
  input: Uint8Array,
  messages: Messages,
  root: string,
  source: string,
): Record<string, unknown> {
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  return readMessage({ bytes, source, messages, at: 0, begun: 0 }, root, bytes.length, 0);
}

function readMessage(reader: Reader, type: string, end: number, depth: number): Record<string, unknown> {
  if (depth > DEEPEST) throw invalid(reader, 'the message is nested too deep');
  if (++reader.begun > MOST_MESSAGES) throw invalid(reader, `there are more than ${MOST_MESSAGES} messages in it`);
  const fields = reader.messages[type] ?? {};
  const found: Record<string, unknown> = {};
  while (reader.at < end) {
    const tag = readNumber(reader, end);
    const wire = tag % 8;
    const field = fields[Math.floor(tag / 8)];
    if (!field || wireOf(field[1]) !== wire) {
      skip(reader, wire, end);
      continue;
    }
    const [name, kind, repeated] = field;
    const value = isScalar(kind) ? readScalar(reader, kind, end) : readInner(reader, kind, end, depth);
    if (!repeated) found[name] = value;
    else {
      const list = found[name];
      if (Array.isArray(list)) list.push(value);
      else found[name] = [value];
    }
  }
  return found;
}

function readInner(reader: Reader, type: string, end: number, depth: number): Record<string, unknown> {
  const size = readNumber(reader, end);
  return readMessage(reader, type, advance(reader, size, end, false), depth + 1);
}

function readScalar(reader: Reader, type: Scalar, end: number): unknown {
  const { bytes } = reader;
  const from = reader.at;
  switch (type) {
    case 'uint32':
      return readNumber(reader, end);
    case 'bool':
      return readNumber(reader, end) !== 0;
    case 'int64':
      return readInt64(reader, end);
    case 'fixed64':
      advance(reader, 8, end);
      return bytes.readBigUInt64LE(from).toString();
    case 'double':
      advance(reader, 8, end);
      return bytes.readDoubleLE(from);
    case 'fixed32':
      advance(reader, 4, end);
      return bytes.readUInt32LE(from);
    case 'string':
      return readBytes(reader, end).toString('utf8');
    case 'base64':
    case 'hex':
      return readBytes(reader, end).toString(type);
  }
}

function readBytes(reader: Reader, end: number): Buffer {
  const size = readNumber(reader, end);
  const from = reader.at;
  return reader.bytes.subarray(from, advance(reader, size, end));
}

/** Up to 53 bits are exact: more than a tag, a length or an enumeration has. */
function readNumber(reader: Reader, end: number): number {
  const from = reader.at;
  passNumber(reader, end);
  let value = 0;
  // From the last byte, which holds the highest bits.
  for (let at = reader.at - 1; at >= from; at--) value = value * 128 + ((reader.bytes[at] ?? 0) & 0x7f);
  return value;
}

/** In decimal, as JSON has it. */
function readInt64(reader: Reader, end: number): string {
  const from = reader.at;
  passNumber(reader, end);
  let value = 0n;
  for (let at = reader.at - 1; at >= from; at--) value = (value << 7n) | BigInt((reader.bytes[at] ?? 0) & 0x7f);
  return BigInt.asIntN(64, value).toString();
}

/** A number of variable length: all bytes but the last have the highest bit set, and there are ten at most. */
function passNumber(reader: Reader, end: number): void {
  const last = Math.min(end, reader.at + 10);
  for (let at = reader.at; at < last; at++) {
    if ((reader.bytes[at] ?? 0) < 0x80) {
      reader.at = at + 1;
      return;
    }
  }
  throw invalid(reader, 'a number in it does not end');
}

function skip(reader: Reader, wire: number, end: number): void {
  switch (wire) {
    case 0:
      passNumber(reader, end);
      return;
    case 1:
      advance(reader, 8, end);
      return;
    case 2:
      readBytes(reader, end);
      return;
    case 5:
      advance(reader, 4, end);
      return;
    default:
      throw invalid(reader, 'it is not in the wire format of protocol buffers');
  }
}

/** Where so many bytes end; the reader stands there, unless what is in them is to be read. */
function advance(reader: Reader, size: number, end: number, moves = true): number {
  const next = reader.at + size;
  if (next > end) throw invalid(reader, 'it is cut off');
  if (moves) reader.at = next;
  return next;
}

function isScalar(type: string): type is Scalar {
  return Object.hasOwn(SCALARS, type);
}

function wireOf(type: string): number {
  return isScalar(type) ? SCALARS[type] : 2;
}

function invalid({ source }: Reader, problem: string): PipewardenError {
  return new PipewardenError('RECORD_INVALID', { source, problem });
}

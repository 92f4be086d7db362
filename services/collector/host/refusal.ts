// A record that nothing can be made of: what is kept of it, and what the sender is told.
import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { PipewardenError } from '../../core/errors.ts';
import { contentId, type Json } from '../../core/json.ts';
import type { DeadLetter } from '../../core/messages.ts';
import { formatInstant } from '../../core/time.ts';
import type { RedactedRecord, SourceRecord } from '../source.ts';

/** A dead letter keeps at most so much of its payload, in characters of JSON. */
const MAX_PAYLOAD = 256 * 1024;

/**
 * `redacted` is the record after the redactor, undefined when it did not get that far: then, and when the body is too
 * large, the letter tells size and hash instead.
 */
export function deadLetter(
  record: SourceRecord,
  error: PipewardenError,
  redacted: RedactedRecord | undefined,
  clock: Clock,
): DeadLetter {
  const text = redacted && serialized(redacted.body);
  const payload = redacted && text !== undefined && text.length <= MAX_PAYLOAD ? redacted.body : trace(record);
  const origin = record.input ?? '';
  return {
    id: contentId('dead-letter', redacted?.source ?? '', redacted?.event ?? '', origin, serialized(payload) ?? ''),
    time: formatInstant(clock.now()),
    component: 'collector',
    error: error.code,
    reason: error.message,
    payload,
    ...(origin === '' ? {} : { origin }),
  };
}

/** Enough to recognize the record by, too little to test a guess of its secrets against. */
function trace(record: SourceRecord): Json {
  const text = typeof record.body === 'string' ? record.body : serialized(record.body);
  if (text === undefined) return { unreadable: true };
  return {
    bytes: Buffer.byteLength(text),
    sha256_prefix: createHash('sha256').update(text).digest('hex').slice(0, 8),
  };
}

/** Undefined for what JSON cannot hold: nested too deep, or no JSON at all. */
function serialized(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Any failure as an error of the table. The text of a foreign exception may quote the record, so it is left out. */
export function refusal(thrown: unknown, redacted: RedactedRecord | undefined): PipewardenError {
  if (thrown instanceof PipewardenError) return thrown;
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  const source = redacted?.source ?? 'any source';
  return new PipewardenError('RECORD_INVALID', { source, problem: `it cannot be read (${name})` }, thrown);
}

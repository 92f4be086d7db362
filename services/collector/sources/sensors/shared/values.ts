// Numbers and times as sensors write them: protocol buffers put large numbers into text and times into objects.
import { isObject, type Json } from '../../../../core/json.ts';
import type { Instant } from '../../../../core/time.ts';
import { at, identifier, instant } from '../../../fields.ts';

/**
 * A count, port or process id: a number, its digits as text, or a protocol buffer's wrapper around either
 * (`{"value":7}`). Zero is a number here. Text may go on after the digits (`443(https)`).
 */
export function count(value: Json | undefined, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  if (typeof found === 'number') return found;
  if (isObject(found)) return count(found, 'value');
  const digits = /^\d{1,16}/.exec(identifier(value, ...path) ?? '');
  return digits ? Number(digits[0]) : undefined;
}

/** A time: what `instant` reads, or a protocol buffer's Timestamp (`{"seconds":"1637339716","nanos":490784795}`). */
export function moment(value: Json | undefined, ...path: readonly string[]): Instant | undefined {
  const found = at(value, ...path);
  if (!isObject(found)) return instant(value, ...path);
  const seconds = count(found, 'seconds');
  if (seconds === undefined) return undefined;
  return Math.trunc(seconds * 1_000 + (count(found, 'nanos') ?? 0) / 1e6);
}

// By which texts a registered value is known: itself, and what a log shows of it.
import { refusalOf } from './refusal.ts';

/** Lines that stand in many files: the frame of a key, a tag. */
const FRAME = /^(?:-----(?:BEGIN|END) [A-Z0-9 ]+-----|<\/?[\w.:-]+>)$/;
/** What a line gives a value to. */
const NAME = /^["']?[\w.-]+["']?[ \t]*[:=][ \t]*/;

/** The texts, or the reason why the value cannot be registered. */
export function textsOf(value: string): readonly string[] | string {
  const reason = refusalOf(value);
  if (reason !== undefined) return reason;
  // A line break behind a value belongs to the file that it stood in; a log shows line after line, with a prefix before.
  const trimmed = value.trim();
  const lines = trimmed.split(/\s*[\r\n]\s*/);
  if (lines.length === 1) return [value, ...(refusalOf(trimmed) === undefined ? [trimmed] : [])];
  const telling = lines.filter(isTelling);
  return telling.length > 0
    ? [value, trimmed, ...telling]
    : 'no line of it is long enough, and a log shows line after line';
}

export function isRegistrable(value: string): boolean {
  return typeof textsOf(value) !== 'string';
}

/** The line, and what it gives to a name (`"port": 5432,`), must be worth redacting. */
function isTelling(line: string): boolean {
  const value = line.replace(NAME, '').replace(/^["']|["',;]+$/g, '');
  return !FRAME.test(line) && refusalOf(line) === undefined && refusalOf(value) === undefined;
}

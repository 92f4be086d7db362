// A line of the Audit Trail plugin: a date in one of its forms, a separator, and what it says.
import { type Instant, parseTime } from '../../../../core/time.ts';
import { monthNumber } from '../shared/month.ts';

export interface AuditLine {
  readonly at: Instant | undefined;
  readonly message: string;
}

/** The log file's: `Mar 9, 2026 2:39:26,461 PM`. */
const FILE = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d{2}):(\d{2})[,.](\d{3})\s([AP])M/;
/** The console's, unless it was set to something else: `2026-03-09 14:39:26:461`. */
const CONSOLE = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})[:,.](\d{3})(Z|[+-]\d{2}:?\d{2})?/;
/** A blank, unless it was set to something else; the console has ` - `. */
const SEPARATOR = /^[\s|;,:–-]+/;

/** Dates carry no zone: they are taken for UTC, and held near the time of arrival by the host. */
export function lineOf(text: string): AuditLine {
  const file = FILE.exec(text);
  const own = file ?? CONSOLE.exec(text);
  if (own === null) return { at: undefined, message: text };
  const message = text.slice(own[0].length).replace(SEPARATOR, '');
  return { at: file ? fileTime(file) : consoleTime(own), message };
}

function fileTime([, name, day = '', year, hour, minute, second, fraction, half]: RegExpExecArray) {
  const month = monthNumber(name);
  if (month === undefined) return undefined;
  const hours = String((Number(hour) % 12) + (half === 'P' ? 12 : 0)).padStart(2, '0');
  return parseTime(`${year}-${month}-${day.padStart(2, '0')}T${hours}:${minute}:${second}.${fraction}Z`)?.at;
}

function consoleTime([, date, time, fraction, zone = 'Z']: RegExpExecArray) {
  return parseTime(`${date}T${time}.${fraction}${zone}`)?.at;
}

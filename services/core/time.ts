// Instants and their claims. Every time inside Pipewarden is an Instant; text appears only at the borders.

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A time as somebody claims it (a commit's author date): the instant, and the offset from UTC that was written with it. */
export interface ClaimedTime {
  readonly at: Instant;
  /** Minutes east of UTC; absent where the text carried no offset of its own (`Z` counts as none). */
  readonly offset_minutes?: number;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The same instant as RFC 3339 text in UTC, with milliseconds: `2026-03-01T10:00:00.000Z`. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString();
}

const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?\d*(?:([Zz])|([+-])(\d{2}):?(\d{2}))$/;

/**
 * Reads an RFC 3339 date-time with its offset. Also takes a space instead of `T` and `+0100` for `+01:00`,
 * as git and several CI systems write them. Undefined for anything else, so for text without an offset too.
 */
export function parseTime(text: unknown): ClaimedTime | undefined {
  if (typeof text !== 'string') return undefined;
  const match = RFC3339.exec(text);
  if (!match) return undefined;
  const [, date, time, fraction = '', zulu, sign, hours, minutes] = match;
  const local = Date.parse(`${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  if (Number.isNaN(local)) return undefined;
  if (zulu) return { at: local };
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return Math.abs(offset) > 26 * 60 ? undefined : { at: local - offset * MINUTE, offset_minutes: offset };
}

// Hours of the week on the clock of a place: maintenance windows, nights, weekends. Pure.
import { DAY, type Instant } from '../core/time.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface Hours {
  /** On which it begins. */
  readonly days: readonly Weekday[];
  /** `22:00`; where `to` is not later, it ends on the next day. */
  readonly from: string;
  readonly to: string;
  /** IANA name: `Europe/Berlin`. */
  readonly zone: string;
}

export function isWithin({ days, from, to, zone }: Hours, at: Instant): boolean {
  const { day, time } = localTime(at, zone);
  if (from < to) return days.includes(day) && time >= from && time < to;
  if (time >= from) return days.includes(day);
  return time < to && days.includes(localTime(at - DAY, zone).day);
}

function localTime(at: Instant, timeZone: string): { readonly day: Weekday; readonly time: string } {
  const clock = { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const parts = new Intl.DateTimeFormat('en-US', clock).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const day = WEEKDAYS.find((each) => each === part('weekday').toLowerCase()) ?? 'mon';
  return { day, time: `${part('hour')}:${part('minute')}` };
}

/** Whether this machine knows the time zone. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

// Offsets from UTC and local clock times as people read them.
import { type Instant, MINUTE } from './time.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** `UTC+08:00`. */
export function formatZone(offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes);
  return `UTC${offsetMinutes < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** `Thursday 03:52`, on the clock that many minutes east of UTC. */
export function weekdayAndHour(at: Instant, offsetMinutes: number): string {
  const local = new Date(at + offsetMinutes * MINUTE);
  return `${DAYS[local.getUTCDay()] ?? ''} ${pad(local.getUTCHours())}:${pad(local.getUTCMinutes())}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

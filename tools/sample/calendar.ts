// The month of the recording, and the wall clocks of the people in it. Day 0 is Monday 2026-03-02.
import { DAY, type Instant, MINUTE } from '../../services/core/time.ts';

/** The first midnight, and the end: nothing is done after it. */
export const FIRST = Date.UTC(2026, 2, 2);
export const LAST = Date.UTC(2026, 3, 1, 20, 5);
/** Days 0 to 29 are ordinary; day 30 is Wednesday 2026-04-01. */
export const DAYS = 31;

/** Offsets from UTC in minutes, each from an instant on: daylight time of 2026 where the zone has it. */
export const ZONES = {
  singapore: [{ from: 0, offset: 8 * 60 }],
  berlin: [
    { from: 0, offset: 60 },
    { from: Date.UTC(2026, 2, 29, 1), offset: 2 * 60 },
  ],
  'new-york': [
    { from: 0, offset: -5 * 60 },
    { from: Date.UTC(2026, 2, 8, 7), offset: -4 * 60 },
  ],
  lisbon: [{ from: 0, offset: 0 }],
  utc: [{ from: 0, offset: 0 }],
} as const;
export type Zone = keyof typeof ZONES;

function offsetAt(zone: Zone, at: Instant): number {
  return ZONES[zone].findLast((rule) => rule.from <= at)?.offset ?? 0;
}

/** The instant at which the zone's clock shows `minute` of a day; 24:30 is 1470. */
export function atLocal(zone: Zone, day: number, minute: number): Instant {
  const wall = FIRST + day * DAY + minute * MINUTE;
  return wall - offsetAt(zone, wall - offsetAt(zone, wall) * MINUTE) * MINUTE;
}

/** Number of the day that the zone's calendar shows. */
export function localDay(zone: Zone, at: Instant): number {
  return Math.floor((at + offsetAt(zone, at) * MINUTE - FIRST) / DAY);
}

/** 0 is Monday. */
export function weekday(day: number): number {
  return ((day % 7) + 7) % 7;
}

/** As git and GitHub write it: `2026-03-04T17:12:09+08:00`. */
export function withOffset(at: Instant, zone: Zone): string {
  const offset = offsetAt(zone, at);
  const minutes = Math.abs(offset) % 60;
  const sign = offset < 0 ? '-' : '+';
  const two = (value: number) => String(value).padStart(2, '0');
  const wall = new Date(at + offset * MINUTE).toISOString().slice(0, 19);
  return `${wall}${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(minutes)}`;
}

/** As GitHub writes its own times: UTC, whole seconds. */
export function utcSeconds(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

// Where a person is, and when at work.
import { HOUR, type Instant, MINUTE, SECOND } from '../../services/core/time.ts';
import { atLocal, localDay, weekday } from './calendar.ts';
import type { Person, Place } from './people.ts';
import type { Random } from './random.ts';

export function placeOn(one: Person, day: number): Place {
  if (one.travel?.days.includes(day)) return one.travel.place;
  const inOffice = one.office !== undefined && weekday(day) >= 1 && weekday(day) <= 3;
  return { address: inOffice && one.office ? one.office : one.home, country: one.country, zone: one.zone };
}

/** Where the person is at an instant; what is done after midnight belongs to the day before. */
export function placeAt(one: Person, at: Instant): Place {
  return placeOn(one, localDay(one.zone, at - 2 * HOUR));
}

/** The person's working time on a day; undefined on a day off. */
export function windowOn(one: Person, day: number): { readonly from: Instant; readonly to: Instant } | undefined {
  if (weekday(day) > 4 && !one.extraDays?.includes(day)) return undefined;
  const { zone } = placeOn(one, day);
  return { from: atLocal(zone, day, one.hours[0]), to: atLocal(zone, day, one.hours[1]) };
}

/** The next time, a little after `after`, at which the person is at work. */
export function nextMoment(one: Person, after: Instant, random: Random): Instant {
  for (let day = localDay(one.zone, after) - 1; ; day += 1) {
    const window = windowOn(one, day);
    if (!window || after >= window.to) continue;
    const earliest = after > window.from ? after : window.from + random.int(3, 50) * MINUTE;
    return Math.min(earliest + random.int(90, 1500) * SECOND, window.to);
  }
}

// Which places of a text deserve a look: everything that no line can hold a secret without.
import { nextEncoded } from '../encoded/signs.ts';
import type { FindRegistered, SearchOptions } from './search.ts';
import { ESCAPE, NEWLINE, RETURN, withoutControls } from './view.ts';

export interface Signs {
  /** The first place at or after `at` where a line deserves a look; -1: there is none. Asked in ascending order. */
  next(at: number): number;
}

/** Each prefilter is asked again only when its last answer has been passed. */
export function createSigns(bytes: Uint8Array, options: SearchOptions): Signs {
  const to = bytes.length;
  const { matcher, registered, deeper } = options;
  const finders = [(at: number) => matcher.next(bytes, at, to)];
  if (deeper) finders.push((at) => nextEncoded(bytes, at, to));
  if (registered) {
    const places = registeredPlaces(bytes, registered);
    let index = 0;
    finders.push((at) => {
      while ((places[index] ?? to) < at) index++;
      return places[index] ?? -1;
    });
  }
  const known = finders.map((find) => find(0));
  return {
    next(at) {
      let first = -1;
      for (const [index, find] of finders.entries()) {
        let place = known[index] ?? -1;
        if (place !== -1 && place < at) {
          place = find(at);
          known[index] = place;
        }
        if (place >= 0 && (first < 0 || place < first)) first = place;
      }
      return first;
    },
  };
}

/** Where registered values begin, as they stand and without control sequences; ascending. */
function registeredPlaces(bytes: Uint8Array, registered: FindRegistered): readonly number[] {
  const places: number[] = [];
  registered(bytes, 0, bytes.length, (start) => places.push(start));
  const view = hasControls(bytes) ? withoutControls(bytes, 0, bytes.length) : undefined;
  if (view) registered(view.bytes, 0, view.bytes.length, (start, end) => places.push(view.original(start, end).start));
  return places.sort((a, b) => a - b);
}

/** An escape character, or a carriage return that is not part of a line break. */
function hasControls(bytes: Uint8Array): boolean {
  if (bytes.includes(ESCAPE)) return true;
  for (let at = bytes.indexOf(RETURN); at >= 0; at = bytes.indexOf(RETURN, at + 1)) {
    if (bytes[at + 1] !== NEWLINE) return true;
  }
  return false;
}

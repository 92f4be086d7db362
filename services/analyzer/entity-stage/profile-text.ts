// A profile as text: four lines, `5 times at week day`, the shares of the day, what waits, and the state as its baseline writes it.
import type { Baseline } from '../../core/baseline.ts';
import { isObject, type Json, parsedJson } from '../../core/json.ts';
import type { Instant } from '../../core/time.ts';
import { emptyProfile, type Profile } from './profile.ts';

/** Grows when the lines change. */
const FORMAT = '5';

export type AnyBaseline = Baseline<unknown, Json, unknown>;

export interface StoredProfile {
  readonly profile: Profile;
  readonly baseline: AnyBaseline;
  /** How often it changed, when last, and in which week since 1970. */
  readonly times: number;
  readonly at: Instant;
  readonly week: number;
}

export function isCurrent(text: string): boolean {
  return text.startsWith(`${FORMAT} `);
}

/** Written by an earlier version. */
export function isOutdated(text: string): boolean {
  return /^(?:\d+ |\{"format":)/.test(text);
}

export function textOf({ profile, baseline, times, at, week }: StoredProfile): string {
  const { state, waiting, day, shares } = profile;
  const head = [FORMAT, times, at, week, day].join(' ');
  const lists = [
    Object.keys(shares).length > 0 ? JSON.stringify(shares) : '',
    waiting.length > 0 ? JSON.stringify(waiting) : '',
  ];
  return [head, ...lists, baseline.serialize(state)].join('\n');
}

export function headOf(text: string): { readonly times: number; readonly at: Instant } {
  const [, times = '0', at = '0'] = text.split(' ', 3);
  return { times: Number(times), at: Number(at) };
}

/** Undefined for what `textOf` did not write. */
export function readText(text: string, baseline: AnyBaseline): StoredProfile | undefined {
  const ends: number[] = [];
  for (let from = 0; ends.length < 3; ) {
    const end = text.indexOf('\n', from);
    if (end < 0) return undefined;
    ends.push(end);
    from = end + 1;
  }
  const [first = 0, second = 0, third = 0] = ends;
  const [format, ...numbers] = text.slice(0, first).split(' ');
  const [times = NaN, at = NaN, week = NaN, day = NaN] = numbers.map(Number);
  if (format !== FORMAT || ![times, at, week, day].every(Number.isFinite)) return undefined;
  const shares = listOf(text.slice(first + 1, second));
  const waiting = listOf(text.slice(second + 1, third));
  const state = baseline.parse(text.slice(third + 1));
  if (state === undefined || shares === undefined || waiting === undefined) return undefined;
  const profile = {
    ...emptyProfile(baseline),
    state,
    day,
    ...(isObject(shares) && { shares: shares as Profile['shares'] }),
    ...(Array.isArray(waiting) && { waiting: waiting as Profile['waiting'] }),
  };
  return { profile, baseline, times, at, week };
}

/** Null for an empty line, undefined for what is no JSON. */
function listOf(line: string): unknown {
  return line === '' ? null : parsedJson(line);
}

// Whether an oddity has been told: once in a week, unless it comes again worse, or turns out to have begun earlier than was told.
import type { Impact } from '../../core/run-facts.ts';
import { compareSeverity, moreSevere, SEVERITIES, type Severity } from '../../core/severity.ts';
import { DAY, type Instant, MINUTE } from '../../core/time.ts';

/** An oddity as it comes. */
export interface Telling {
  readonly at: Instant;
  /** Before the budget had its say, so that what found no room does not ask for it again and again. */
  readonly severity: Severity;
  readonly impact: Impact;
  /** By a profile, which says the same with more confidence the more it has seen. */
  readonly learned: boolean;
}

/** `at`: of the earliest that was told. `again`: how often it was told because an earlier one came late. */
export type Told = readonly [finding: string, at: Instant, severity: Severity, impact: Impact, again: number];

/** The same oddity of the same entity is told once in so long. */
const TOLD_FOR = 7 * DAY;
/** Feeds' clocks differ by so much; within it no time is earlier. */
const EARLIER = MINUTE;
/** Bounds what a feed that is read backwards can tell. */
const AGAIN = 4;
const IMPACTS: readonly unknown[] = ['low', 'medium', 'high'] satisfies readonly Impact[];

/** Whether it is no news. */
export function isRepeat(told: Told, telling: Telling): boolean {
  return isRecent(told, telling) && !isWorse(told, telling) && !isEarlier(told, telling);
}

function isRecent([, at]: Told, telling: Telling): boolean {
  return Math.abs(telling.at - at) <= TOLD_FOR;
}

/** More severe because more was done, or could be lost; a profile that only became surer of itself has no news. */
function isWorse([, , most, stake]: Told, { severity, impact, learned }: Telling): boolean {
  return compareSeverity(severity, most) > 0 && (!learned || isMore(impact, stake));
}

/** An alert already before the one that was told. */
function isEarlier([, at, , , again]: Told, telling: Telling): boolean {
  return again < AGAIN && at - telling.at > EARLIER && compareSeverity(telling.severity, 'medium') >= 0;
}

function isMore(a: Impact, b: Impact): boolean {
  return IMPACTS.indexOf(a) > IMPACTS.indexOf(b);
}

/** What is remembered once it has been told. */
export function toldNow(finding: string, telling: Telling, before: unknown): Told {
  const { at, severity, impact } = telling;
  if (!isTold(before) || !isRecent(before, telling)) return [finding, at, severity, impact, 0];
  const [, first, most, stake, again] = before;
  return [
    finding,
    Math.min(at, first),
    moreSevere(severity, most),
    isMore(impact, stake) ? impact : stake,
    again + (at < first ? 1 : 0),
  ];
}

export function isTold(value: unknown): value is Told {
  if (!Array.isArray(value)) return false;
  const [finding, at, severity, impact, again] = value;
  return (
    typeof finding === 'string' &&
    typeof at === 'number' &&
    SEVERITIES.some((each) => each === severity) &&
    IMPACTS.includes(impact) &&
    typeof again === 'number'
  );
}

// How an author's commits look: signed or not, and what their clock says. Bound: 60 authors of 5 zones each.
import type { ActivityOf } from '../../services/core/activity.ts';
import type { Severity } from '../../services/core/severity.ts';
import { HOUR, type Instant, MINUTE } from '../../services/core/time.ts';
import { formatZone } from '../../services/core/zone.ts';

const AUTHORS = 60;
const ZONES = 5;
/** So many signed commits, and none without, make a habit. */
const ALWAYS = 30;
const NEVER_BEFORE = 60;
/** Zones so far apart cannot be reached in that time. */
const APART = 3 * 60;
const TRAVEL = 5 * HOUR;

/** `zones`: minutes east of UTC, the latest last. */
export type Author = readonly [
  author: string,
  commits: number,
  signed: number,
  unsigned: number,
  zones: readonly number[],
  last: Instant,
];
export type Authors = readonly Author[];

export interface Oddity {
  readonly severity: Severity;
  readonly observed: string;
  readonly expected: string;
  readonly oddity: string;
}

export function authorOf(authors: Authors, author: string): Author | undefined {
  return authors.find(([other]) => other === author);
}

export function authorAfter(authors: Authors, author: string, { detail, observed_at }: ActivityOf<'commit'>): Authors {
  const [, commits, signed, unsigned, zones, last] = authorOf(authors, author) ?? [author, 0, 0, 0, [], 0];
  const { signature } = detail;
  const zone = zoneOf(detail.author.time?.offset_minutes);
  const next: Author = [
    author,
    commits + 1,
    signed + (signature === 'good' ? 1 : 0),
    unsigned + (signature === 'none' ? 1 : 0),
    zone === undefined ? zones : [...zones.filter((each) => each !== zone), zone].slice(-ZONES),
    Math.max(last, detail.author.time?.at ?? observed_at),
  ];
  return [...authors.filter(([other]) => other !== author), next].slice(-AUTHORS);
}

/** UTC is what servers and pages claim, wherever somebody sits. */
function zoneOf(offset: number | undefined): number | undefined {
  return offset === undefined || offset === 0 ? undefined : offset;
}

export function signatureOddity(known: Author | undefined, { detail }: ActivityOf<'commit'>): Oddity | undefined {
  const [, , signed, unsigned] = known ?? ['', 0, 0, 0];
  const { signature } = detail;
  if ((signature !== 'none' && signature !== 'bad') || signed < ALWAYS || unsigned > 0) return undefined;
  const name = detail.author.name ?? detail.author.email ?? 'The author';
  return {
    severity: 'low',
    observed: `${detail.sha.slice(0, 8)} of ${name} ${signature === 'none' ? 'is not signed' : 'has a signature that does not hold'}.`,
    expected: `All ${signed} commits of ${name} that are known here were signed.`,
    oddity: `signature ${signature}`,
  };
}

/** Two zones within hours of each other that nobody can travel between, of which one was never claimed before. */
export function clockOddity(
  known: Author | undefined,
  { detail }: ActivityOf<'commit'>,
  at: Instant,
): Oddity | undefined {
  const time = detail.author.time;
  const zone = zoneOf(time?.offset_minutes);
  if (!known || !time || zone === undefined) return undefined;
  const [, commits, , , zones, last] = known;
  const before = zones.at(-1);
  if (before === undefined || commits < NEVER_BEFORE || zones.length >= ZONES || zones.includes(zone)) return undefined;
  const apart = Math.abs(zone - before);
  const gap = Math.abs(time.at - last);
  // An old commit, rebased or brought by a merge, says nothing of where its author is.
  if (apart < APART || gap > TRAVEL || Math.abs(at - time.at) > TRAVEL) return undefined;
  const name = detail.author.name ?? detail.author.email ?? 'The author';
  return {
    severity: 'low',
    observed: `${detail.sha.slice(0, 8)} of ${name} claims ${formatZone(zone)}, ${Math.round(gap / MINUTE)} minutes from one that claimed ${formatZone(before)}.`,
    expected: `${name} was never seen to commit in that zone, and nobody travels so fast.`,
    oddity: `zone ${zone}`,
  };
}

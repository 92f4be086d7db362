// What an incident tells: its findings as lines of a story, and how severe they are together.
import type { FindingRecord } from '../../core/finding.ts';
import type { Incident } from '../../core/incident.ts';
import { compareSeverity, moreSevere, type Severity, shiftSeverity } from '../../core/severity.ts';
import { formatInstant, type Instant, MINUTE } from '../../core/time.ts';
import { oddityIn } from '../judge/finding.ts';
import { meetsOf } from './meetings.ts';
import { patternsEndingIn } from './patterns.ts';

/** Two feeds of one system tell of a deed within this time of each other. */
const SAME_DEED = 10 * MINUTE;

/** A finding, as far as story and severity need it. */
export interface Telling {
  readonly finding: string;
  readonly at: Instant;
  readonly text: string;
  /** Of an incident that it is the worst of. */
  readonly title: string;
  readonly severity: Severity;
  readonly multiplier?: true;
  readonly facets?: readonly string[];
  readonly detector: string;
  readonly tactics: readonly string[];
  /** The run, people and credentials that it is about. */
  readonly principals: readonly string[];
  readonly activity: string;
  /** Detector, entity, actor and severity: tellings of one deed have it in common. */
  readonly deed: string;
  /** The feed that it rests on. */
  readonly source: string;
  /** Where the same may be told again. */
  readonly oddity?: string;
  /** What an open weakness would have in common with it. */
  readonly meets?: readonly string[];
}

/** Known courses of attacks that the deeds show, each once, in the order of their completion. */
export function coursesOf(deeds: readonly Telling[]): NonNullable<Incident['courses']> {
  const found = new Map<string, NonNullable<Incident['courses']>[number]>();
  for (const [index, { at }] of deeds.entries()) {
    for (const { id, title } of patternsEndingIn(deeds, index)) {
      if (!found.has(id)) found.set(id, { id, title, time: formatInstant(at) });
    }
  }
  return [...found.values()];
}

/** What the worst of them says, the earliest of several: whichever came in first. */
export function titleOf(tellings: readonly Telling[]): string {
  const [worst] = tellings.toSorted(
    (a, b) => compareSeverity(b.severity, a.severity) || a.at - b.at || (a.finding < b.finding ? -1 : 1),
  );
  return worst?.title ?? '';
}

const PRINCIPALS = /^(?:run|job-run|actor|credential|address|runner|commit):/;

export function tellingOf(record: FindingRecord): Telling {
  const { finding, observed_at, multiplier, facets, activities, links, tactics } = record;
  const { id, detector, entity, actor, severity, evidence } = finding;
  const oddity = oddityIn(links);
  const meets = meetsOf(record);
  return {
    finding: id,
    at: observed_at,
    text: evidence.observed,
    title: `${finding.title}: ${finding.repository ?? entity.id}`,
    severity,
    ...(multiplier ? { multiplier } : {}),
    ...(facets ? { facets } : {}),
    detector,
    tactics,
    principals: links.flatMap(({ key }) => (PRINCIPALS.test(key) ? [key] : [])),
    activity: activities[0]?.id ?? '',
    deed: JSON.stringify([detector, entity.type, entity.id, actor, severity]),
    source: activities[0]?.source ?? '',
    ...(oddity !== undefined && { oddity }),
    ...(meets.length > 0 && { meets }),
  };
}

/**
 * Tellings without those that repeat a deed, in order of time. A feed never tells a deed twice, but a webhook and an audit
 * log may both tell it: so a telling repeats an earlier one of the same deed, within ten minutes, that its own feed has
 * not told yet. Two branches whose protection goes are two deeds, and stay two when both feeds tell both. An oddity that is told
 * again, because it goes on or because what came late was earlier, is one deed too.
 */
export function deedsOf(tellings: readonly Telling[]): readonly Telling[] {
  const told: { readonly telling: Telling; readonly sources: Set<string> }[] = [];
  for (const telling of tellings.toSorted(byTime)) {
    const same = told.find(
      (each) =>
        // A sensor's event may be told of its pool first, and of its job when that is known.
        (each.telling.detector === telling.detector && each.telling.activity === telling.activity) ||
        isToldAgain(each.telling, telling) ||
        (each.telling.deed === telling.deed &&
          telling.at - each.telling.at <= SAME_DEED &&
          !each.sources.has(telling.source)),
    );
    if (same) same.sources.add(telling.source);
    else told.push({ telling, sources: new Set([telling.source]) });
  }
  return told.map(({ telling }) => telling);
}

function isToldAgain(a: Telling, b: Telling): boolean {
  return a.oddity !== undefined && a.oddity === b.oddity && a.severity === b.severity;
}

export function storyOf(deeds: readonly Telling[]): Incident['story'] {
  return deeds.map(({ at, text, finding, severity }) => ({ time: formatInstant(at), text, finding, severity }));
}

/** Signals of so many tactics tell of an attack, not of an accident. */
const TACTICS = 3;
/** Two signals of one run, person or credential that come so close belong together. */
const TOGETHER = 10 * MINUTE;

/**
 * When the incident reached each severity: that of its worst deed, and more where deeds agree. Three deeds or more, of which
 * two at least are medium and rest on two activities, make it one step worse, and so do such medium ones that span three
 * tactics: several independent signals are what an attack looks like, and a multiplier is one of them. Two detectors that are medium on one run, person or
 * credential within ten minutes are high. What is known as the course of an attack (`patterns.ts`) is what that says.
 * Multipliers alone stay low. `weights`: what deeds are for the weaknesses that they meet.
 */
export function climb(
  deeds: readonly Telling[],
  weights: readonly { readonly severity: Severity; readonly at: Instant }[] = [],
): Incident['severities'] {
  const reached: { severity: Severity; time: string }[] = [];
  const waiting = weights.toSorted((a, b) => a.at - b.at);
  let most: Severity = 'informational';
  let floor: Severity = 'informational';
  const solid: Telling[] = [];
  function reach(now: Severity, at: Instant): void {
    const last = reached.at(-1);
    if (!last || compareSeverity(now, last.severity) > 0) reached.push({ severity: now, time: formatInstant(at) });
  }
  for (const [index, deed] of deeds.entries()) {
    const { severity, at, multiplier } = deed;
    for (const weight of taken(waiting, (other) => other.at < at)) reach(weight.severity, weight.at);
    for (const weight of taken(waiting, (other) => other.at === at)) floor = moreSevere(floor, weight.severity);
    const own = multiplier && compareSeverity(severity, 'low') > 0 ? 'low' : severity;
    most = moreSevere(most, own);
    if (compareSeverity(own, 'medium') >= 0) {
      if (solid.some((other) => isTogether(other, deed))) floor = moreSevere(floor, 'high');
      solid.push(deed);
    }
    for (const pattern of patternsEndingIn(deeds, index)) floor = moreSevere(floor, pattern.severity);
    const tactics = new Set(solid.flatMap((each) => each.tactics));
    // Two words on one deed are one signal.
    const signals = new Set(solid.map(({ activity }) => activity)).size;
    const agree = signals >= 2 && (index >= 2 || tactics.size >= TACTICS);
    reach(moreSevere(floor, agree ? shiftSeverity(most, 1) : most), at);
  }
  for (const weight of waiting) reach(weight.severity, weight.at);
  return reached;
}

/** Those at the beginning that are so, taken out. */
function taken<Item>(items: Item[], isSo: (item: Item) => boolean): readonly Item[] {
  return items.splice(0, items.filter(isSo).length);
}

function isTogether(a: Telling, b: Telling): boolean {
  return (
    a.detector !== b.detector &&
    // Two words on one deed are one piece of evidence.
    a.activity !== b.activity &&
    Math.abs(a.at - b.at) <= TOGETHER &&
    a.principals.some((key) => b.principals.includes(key))
  );
}

function byTime(a: Telling, b: Telling): number {
  return a.at - b.at || (a.finding < b.finding ? -1 : 1);
}

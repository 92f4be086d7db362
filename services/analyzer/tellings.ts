// What an incident tells: its findings as lines of a story, and how severe they are together.
import type { FindingRecord } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import { compareSeverity, moreSevere, type Severity, shiftSeverity } from '../core/severity.ts';
import { formatInstant, type Instant, MINUTE } from '../core/time.ts';

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
  /** Detector, entity, actor and severity: tellings of one deed have it in common. */
  readonly deed: string;
  /** The feed that it rests on. */
  readonly source: string;
}

/** What the worst of them says, the earliest of several: whichever came in first. */
export function titleOf(tellings: readonly Telling[]): string {
  const [worst] = tellings.toSorted(
    (a, b) => compareSeverity(b.severity, a.severity) || a.at - b.at || (a.finding < b.finding ? -1 : 1),
  );
  return worst?.title ?? '';
}

export function tellingOf({ finding, observed_at, multiplier, activities }: FindingRecord): Telling {
  const { id, detector, entity, actor, severity, evidence } = finding;
  return {
    finding: id,
    at: observed_at,
    text: evidence.observed,
    title: `${finding.title}: ${finding.repository ?? entity.id}`,
    severity,
    ...(multiplier ? { multiplier } : {}),
    deed: JSON.stringify([detector, entity.type, entity.id, actor, severity]),
    source: activities[0]?.source ?? '',
  };
}

/**
 * Tellings without those that repeat a deed, in order of time. A feed never tells a deed twice, but a webhook and an audit
 * log may both tell it: so a telling repeats an earlier one of the same deed, within ten minutes, that its own feed has
 * not told yet. Two branches whose protection goes are two deeds, and stay two when both feeds tell both.
 */
export function deedsOf(tellings: readonly Telling[]): readonly Telling[] {
  const told: { readonly telling: Telling; readonly sources: Set<string> }[] = [];
  for (const telling of tellings.toSorted(byTime)) {
    const same = told.find(
      (each) =>
        each.telling.deed === telling.deed &&
        telling.at - each.telling.at <= SAME_DEED &&
        !each.sources.has(telling.source),
    );
    if (same) same.sources.add(telling.source);
    else told.push({ telling, sources: new Set([telling.source]) });
  }
  return told.map(({ telling }) => telling);
}

export function storyOf(deeds: readonly Telling[]): Incident['story'] {
  return deeds.map(({ at, text, finding, severity }) => ({ time: formatInstant(at), text, finding, severity }));
}

/**
 * When the incident reached each severity. It has that of its worst deed; three deeds or more, of which two at least are
 * medium, make it one step worse: several independent signals are what an attack looks like, and a multiplier is one of
 * them. Multipliers alone stay low.
 */
export function climb(deeds: readonly Telling[]): Incident['severities'] {
  const reached: { severity: Severity; time: string }[] = [];
  let most: Severity = 'informational';
  let solid = 0;
  for (const [index, { severity, at, multiplier }] of deeds.entries()) {
    const own = multiplier && compareSeverity(severity, 'low') > 0 ? 'low' : severity;
    most = moreSevere(most, own);
    if (compareSeverity(own, 'medium') >= 0) solid += 1;
    const now = index >= 2 && solid >= 2 ? shiftSeverity(most, 1) : most;
    const last = reached.at(-1);
    if (!last || compareSeverity(now, last.severity) > 0) reached.push({ severity: now, time: formatInstant(at) });
  }
  return reached;
}

function byTime(a: Telling, b: Telling): number {
  return a.at - b.at || (a.finding < b.finding ? -1 : 1);
}

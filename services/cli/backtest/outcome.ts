// What would have been raised: findings and alerts by detector and by week, for one budget or configuration.
import type { Found } from '../../analyzer/engine.ts';
import type { FindingRecord } from '../../core/finding.ts';
import type { Incident } from '../../core/incident.ts';
import { compareSeverity, type Severity, WORST_FIRST } from '../../core/severity.ts';
import { DAY, type Instant, parseTime } from '../../core/time.ts';

const WEEK = 7 * DAY;

export interface DetectorOutcome {
  readonly detector: string;
  readonly findings: Readonly<Record<Severity, number>>;
  /** Alerts that it has a part in. */
  readonly alerts: number;
}

/** An alert is an incident, from when it reached medium. */
export interface Alert {
  readonly incident: Incident;
  readonly at: Instant;
}

export interface Outcome {
  /** The budget, or the configuration's file. */
  readonly name: string;
  readonly weeks: number;
  readonly alerts: readonly Alert[];
  /** By week since the first activity. */
  readonly weekly: readonly number[];
  readonly detectors: readonly DetectorOutcome[];
  /** Of the alerts' findings, for the pictures of a report. */
  readonly records: ReadonlyMap<string, FindingRecord>;
}

export interface Tally {
  add(found: Found): void;
  /** `from`, `to`: the first and the last time that was looked at. */
  outcome(from: Instant, to: Instant): Outcome;
}

export function createTally(name: string): Tally {
  const records = new Map<string, FindingRecord>();
  const incidents = new Map<string, Incident>();
  return {
    add({ findings, incidents: changed }) {
      for (const record of findings) records.set(record.finding.id, record);
      for (const incident of changed) incidents.set(incident.id, incident);
    },
    outcome(from, to) {
      const weeks = Math.max((to - from) / WEEK, 1 / 7);
      const alerts = [...incidents.values()].flatMap(alertOf).sort((a, b) => a.at - b.at);
      const weekly = new Array<number>(Math.ceil(weeks)).fill(0);
      for (const { at } of alerts) {
        const week = Math.min(Math.max(Math.floor((at - from) / WEEK), 0), weekly.length - 1);
        weekly[week] = (weekly[week] ?? 0) + 1;
      }
      return { name, weeks, alerts, weekly, detectors: byDetector([...records.values()], alerts), records };
    },
  };
}

function alertOf(incident: Incident): readonly Alert[] {
  if (incident.status === 'merged') return [];
  const reached = incident.severities.find(({ severity }) => compareSeverity(severity, 'medium') >= 0);
  const at = reached && parseTime(reached.time)?.at;
  return at === undefined ? [] : [{ incident, at }];
}

function byDetector(records: readonly FindingRecord[], alerts: readonly Alert[]): readonly DetectorOutcome[] {
  const groups = Map.groupBy(records, ({ finding }) => finding.detector);
  return [...groups]
    .map(([detector, found]) => ({
      detector,
      findings: countsOf(found),
      alerts: alerts.filter(({ incident }) => incident.detectors.includes(detector)).length,
    }))
    .sort((a, b) => b.alerts - a.alerts || (a.detector < b.detector ? -1 : 1));
}

function countsOf(found: readonly FindingRecord[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 };
  for (const { finding } of found) counts[finding.severity] += 1;
  return counts;
}

/** `2 high, 5 medium`; empty for none. */
export function describeCounts(counts: Readonly<Record<Severity, number>>): string {
  return WORST_FIRST.filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}`)
    .join(', ');
}

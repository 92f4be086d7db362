// The three stages in one process and one thread, without a log between them: a replay, a backtest, a detector's cases. The
// same input in the same order gives the same output, byte for byte.
import type { Activity } from '../core/activity.ts';
import type { AlertBudget } from '../core/alert-budget.ts';
import type { Detector } from '../core/detector.ts';
import type { FindingRecord } from '../core/finding.ts';
import type { Incident, VerdictRecord } from '../core/incident.ts';
import type { ActivityEntry, FindingEntry, SignalEntry } from '../core/messages.ts';
import { createRouting } from '../core/routing.ts';
import type { Instant } from '../core/time.ts';
import { createCorrelation } from './correlation/correlation.ts';
import { createEntityStage } from './entity-stage/stage.ts';
import { createJudge } from './judge/stage.ts';
import { createBook, weighsIn } from './weaknesses/book.ts';

export interface EngineOptions {
  readonly detectors: readonly Detector[];
  readonly learnUntil?: Instant;
  readonly budget?: AlertBudget;
  onFault(detector: Detector, activity: Activity, error: unknown): void;
}

export interface Found {
  readonly findings: readonly FindingRecord[];
  /** Those that changed, in their newest state. */
  readonly incidents: readonly Incident[];
}

/** Activities between two cleanings of what only a log would want to know. */
const SETTLE = 1_000;

export interface Engine {
  take(activity: Activity): Found;
  decide(verdict: VerdictRecord): Found;
}

export function createEngine(options: EngineOptions): Engine {
  const { detectors } = options;
  const keysOf = createRouting(detectors);
  const stage = createEntityStage(options);
  const judge = createJudge({ detectors, ...(options.budget && { budget: options.budget }) });
  const correlation = createCorrelation();
  const book = createBook();
  let taken = 0;

  function examine(key: string, entry: ActivityEntry): readonly SignalEntry[] {
    const { signals, joined } = stage.take(key, entry);
    return joined.length === 0 ? signals : [...signals, ...joined.flatMap((next) => examine(next.key, next.entry))];
  }

  function correlate(entries: readonly FindingEntry[]): Found {
    if (entries.length === 0) return { findings: [], incidents: [] };
    for (const entry of entries) correlation.take(entry);
    const { incidents, words } = correlation.flush();
    for (const { entry } of words) stage.hear(entry);
    return { findings: entries.filter((entry) => entry.type === 'finding'), incidents };
  }

  /** What scanners tell, and what that makes of incidents. */
  function track(activity: Activity): readonly Incident[] {
    if (!weighsIn(activity)) return [];
    book.take(activity);
    return correlate(book.flush().words.map((word) => ({ type: 'weakness', ...word }))).incidents;
  }

  return {
    take(activity) {
      taken += 1;
      if (taken % SETTLE === 0) {
        stage.settle();
        judge.settle();
      }
      const signals = keysOf(activity).flatMap((key, index) => examine(key, { primary: index === 0, activity }));
      const { findings, incidents } = correlate(signals.flatMap((signal) => judge.take(signal)));
      return { findings, incidents: [...incidents, ...track(activity)] };
    },
    decide: (verdict) => correlate([{ type: 'verdict', ...verdict }]),
  };
}

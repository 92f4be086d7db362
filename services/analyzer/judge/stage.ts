// The judge: signals in, findings out. It sees the signals of all partitions, so it knows what none of them can: what the rest
// of the organization does, how often a detector says such a thing, and how many alerts its readers have room for. One
// partition; signals are few.
import { type AlertBudget, DEFAULT_BUDGET } from '../../core/alert-budget.ts';
import type { Detector } from '../../core/detector.ts';
import { entityKey } from '../../core/entity.ts';
import { contentId } from '../../core/json.ts';
import type { FindingEntry, SignalEntry } from '../../core/messages.ts';
import { surpriseOf } from '../../core/odds.ts';
import type { StateChange, StateEntry } from '../../core/ports/event-log.ts';
import { compareSeverity, type Severity, shiftSeverity } from '../../core/severity.ts';
import { severityBy } from '../../core/severity-table.ts';
import type { Signal } from '../../core/signal.ts';
import { Store } from '../entity-stage/store.ts';
import { makeFinding, oddityKey } from './finding.ts';
import { createOrganization, type Organization } from './organization.ts';
import { createRoom } from './room.ts';
import { isRepeat, isTold, toldNow } from './told.ts';

export interface JudgeOptions {
  readonly detectors: readonly Detector[];
  readonly budget?: AlertBudget;
  onCorrupt?(key: string): void;
}

export interface Judge {
  take(entry: SignalEntry): readonly FindingEntry[];
  restore(entry: StateEntry): boolean;
  flush(): readonly StateChange[];
  /** As `flush` where nobody stores what changed. */
  settle(): void;
}

export function createJudge({ detectors, budget = DEFAULT_BUDGET, onCorrupt }: JudgeOptions): Judge {
  const byId = new Map(detectors.map((detector) => [detector.id, detector]));
  const told = new Store({ prefix: 'told/', limit: 50_000, ...(onCorrupt && { onCorrupt }) });
  const known = new Store({ prefix: 'known/', limit: 200_000, ...(onCorrupt && { onCorrupt }) });
  const organization = createOrganization(known);
  const room = createRoom(budget);

  function judge(signal: Signal): readonly FindingEntry[] {
    const detector = byId.get(signal.detector);
    if (!detector) return [];
    const weighed = weigh(signal, organization);
    if (weighed.severity === undefined) return [];
    const { surprise } = weighed;
    const { oddity } = signal.raise;
    const at = signal.activity.observed_at;
    const name = contentId(signal.detector, entityKey(signal.entity), oddity ?? signal.activity.id);
    const before = told.get(name);
    const telling = { at, severity: weighed.severity, impact: signal.impact, learned: signal.reading !== undefined };
    if (oddity !== undefined && isTold(before) && isRepeat(before, telling)) {
      const { detector: id, key, profiles } = signal;
      return [{ type: 'repeat', finding: before[0], activity: signal.activity.id, detector: id, key, profiles }];
    }
    const severity = detector.multiplier ? weighed.severity : room.within(signal, weighed.severity, surprise);
    const record = makeFinding(detector, signal, severity, surprise);
    if (oddity === undefined) return [{ type: 'finding', ...record }];
    told.set(name, toldNow(record.finding.id, telling, before), at);
    // What is told again belongs to the same story.
    return [{ type: 'finding', ...record, links: [...record.links, { key: oddityKey(name) }] }];
  }

  return {
    take(entry) {
      if (entry.type === 'signal') return judge(entry);
      organization.note(entry);
      return [];
    },
    restore: (entry) => [told, known, room].some((each) => each.restore(entry)),
    flush: () => [...told.flush(), ...known.flush(), ...room.flush()],
    settle() {
      told.settle();
      known.settle();
    },
  };
}

interface Weighed {
  readonly severity: Severity | undefined;
  /** Bits; absent for what has no probability. */
  readonly surprise: number | undefined;
}

/** Surprise by the profile, and by the organization; severity from it, and from what could be lost. */
function weigh(
  { raise, reading, detector, place, impact, activity, explanation }: Signal,
  organization: Organization,
): Weighed {
  const novel = raise.novel ?? [];
  const isNew = novel.some((value) => !organization.knows(detector, value, place, activity.observed_at));
  // Known elsewhere: it says no more than that this place is at its own pace.
  const factor = novel.length > 0 && isNew ? organization.novelty(detector) : 1;
  const probability = reading && (raise.probability ?? reading.probability) * factor;
  const surprise = probability === undefined ? undefined : surpriseOf(probability);
  const own =
    raise.severity ??
    (reading && surprise !== undefined ? severityBy(surprise, impact, reading.observations) : undefined);
  const known = own && novel.length > 0 && !isNew ? capped(own, 'low') : own;
  const severity = known && explanation ? shiftSeverity(known, -1) : known;
  return { severity: severity && raise.atMost ? capped(severity, raise.atMost) : severity, surprise };
}

function capped(severity: Severity, most: Severity): Severity {
  return compareSeverity(severity, most) > 0 ? most : severity;
}

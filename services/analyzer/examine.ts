// One activity through the detectors: judge by the profile as it was, then learn. Pure but for the profiles it is given.
import type { Activity } from '../core/activity.ts';
import type { Detector } from '../core/detector.ts';
import { type Entity, entityKey } from '../core/entity.ts';
import type { FindingRecord } from '../core/finding.ts';
import type { ActivityEntry } from '../core/messages.ts';
import type { Instant } from '../core/time.ts';
import { makeFinding } from './finding.ts';
import type { Profiles } from './profiles.ts';

export interface ExamineOptions {
  readonly detectors: readonly Detector[];
  /** Before this time activities are learned from and nothing is raised (`replay --learn-until`). */
  readonly learnUntil?: Instant;
  /** A detector that threw: a fault of ours, which must not stop the others. */
  onFault(detector: Detector, error: unknown): void;
}

/** What the entry's key leads to: rules look at the primary copy, learned detectors at the copy of their own entity. */
export function examine(
  key: string,
  entry: ActivityEntry,
  profiles: Profiles,
  options: ExamineOptions,
): FindingRecord[] {
  const { activity, primary } = entry;
  const raised: FindingRecord[] = [];
  for (const detector of options.detectors) {
    if (!detector.watches.includes(activity.kind)) continue;
    try {
      const finding = detector.learned
        ? judgeAndLearn(key, activity, detector, detector.learned, profiles)
        : primary && detector.examine
          ? applyRule(activity, detector, detector.examine)
          : undefined;
      if (finding && activity.observed_at >= (options.learnUntil ?? 0)) raised.push(finding);
    } catch (error) {
      options.onFault(detector, error);
    }
  }
  return raised;
}

function judgeAndLearn(
  key: string,
  activity: Activity,
  detector: Detector,
  learned: NonNullable<Detector['learned']>,
  profiles: Profiles,
): FindingRecord | undefined {
  const entity = learned.entity(activity);
  if (!entity || entityKey(entity) !== key) return undefined;
  const observation = learned.observe(activity);
  if (observation === undefined) return undefined;
  const { baseline } = learned;
  const state = profiles.read(detector, key) ?? baseline.empty();
  const reading = baseline.read(state, observation, activity.observed_at);
  const raise = learned.judge(activity, observation, reading);
  const next = baseline.observe(state, observation, activity.observed_at);
  if (next !== state) profiles.write(detector, key, next, activity.observed_at);
  return raise && makeFinding(detector, activity, raise.entity ?? entity, raise, reading);
}

function applyRule(
  activity: Activity,
  detector: Detector,
  rule: NonNullable<Detector['examine']>,
): FindingRecord | undefined {
  const raise = rule(activity);
  return raise && makeFinding(detector, activity, raise.entity ?? fallbackEntity(activity), raise, undefined);
}

function fallbackEntity(activity: Activity): Entity {
  return { type: 'organization', id: activity.organization ?? activity.source };
}

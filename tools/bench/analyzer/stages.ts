// The entity stages of all partitions in one process, without a log between them.
import { detectors } from '../../../detectors/index.ts';
import { partitionOf } from '../../../services/adapters/event-log/sqlite-partition.ts';
import { createEntityStage, type EntityStage } from '../../../services/analyzer/entity-stage/stage.ts';
import type { Activity } from '../../../services/core/activity.ts';
import type { ActivityEntry } from '../../../services/core/messages.ts';
import { createRouting } from '../../../services/core/routing.ts';
import { TOPICS } from '../../../services/core/topics.ts';

export const PARTITIONS = TOPICS.activity.partitions;

export const keysOf = createRouting(detectors);

export function createStages(): readonly EntityStage[] {
  return Array.from({ length: PARTITIONS }, () =>
    createEntityStage({
      detectors,
      onFault(_detector, _activity, error): never {
        throw error;
      },
    }),
  );
}

/** Under all of its keys. */
export function takeAll(stages: readonly EntityStage[], activity: Activity): void {
  for (const [index, key] of keysOf(activity).entries()) take(stages, key, { primary: index === 0, activity });
}

export function take(stages: readonly EntityStage[], key: string, entry: ActivityEntry): void {
  const taken = stages[partitionOf(key, PARTITIONS)]?.take(key, entry);
  for (const next of taken?.joined ?? []) take(stages, next.key, next.entry);
}

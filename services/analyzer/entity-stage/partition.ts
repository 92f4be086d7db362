// The entity stage of one partition of the activity topic: a batch in; signals, changed states and the offset out, as one.
import { isInstant, unreadable } from '../../core/dead-letter.ts';
import type { Detector } from '../../core/detector.ts';
import { messageOf } from '../../core/errors.ts';
import { isObject, parsedJson } from '../../core/json.ts';
import type { ActivityEntry, ReplaceEntry, WordEntry } from '../../core/messages.ts';
import { ownActivity } from '../../core/own-activity.ts';
import type { Assignment, Entry, Outcome, PartitionProcessor } from '../../core/ports/event-log.ts';
import type { Instant } from '../../core/time.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { createEntityStage } from './stage.ts';

export interface PartitionOptions {
  readonly detectors: readonly Detector[];
  readonly telemetry: Telemetry;
  readonly learnUntil?: Instant;
}

type Produced = NonNullable<Outcome['produce']>[number][];

export async function openPartition(assignment: Assignment, options: PartitionOptions): Promise<PartitionProcessor> {
  const { detectors, telemetry, learnUntil } = options;
  const log = telemetry.log.child({ component: 'analyzer', partition: assignment.partition });
  /** What is to be told of the stage itself, as soon as there is a time to tell it at. */
  const ailments: [rule: string, title: string][] = [];
  let outdated = 0;
  const stage = createEntityStage({
    detectors,
    ...(learnUntil === undefined ? {} : { learnUntil }),
    onFault: (detector, activity, error) =>
      log.error('A detector failed on an activity; the others went on.', {
        detector: detector.id,
        activity: activity.id,
        error: messageOf(error),
      }),
    onCorrupt(key) {
      log.error('A stored profile cannot be read, is set aside and learned anew.', { key });
      ailments.push(['profile-corrupt', `The profile ${key} cannot be read and is learned anew`]);
    },
    onOutdated: () => {
      outdated += 1;
    },
    onFull(dropped) {
      telemetry.metrics.profilesDropped.inc(dropped);
      log.warn('There are more profiles than are kept; the least used gave way.', { dropped });
      ailments.push(['profiles-full', `${dropped.toLocaleString('en-US')} of the least used profiles gave way`]);
    },
  });
  for await (const entry of assignment.state) stage.restore(entry);
  if (outdated > 0) log.warn('Profiles of an earlier version are learned anew.', { profiles: outdated });

  function take(key: string, entry: ActivityEntry, produce: Produced): void {
    const { repeated, signals, joined } = stage.take(key, entry);
    if (repeated) telemetry.metrics.activitiesRepeated.inc();
    for (const signal of signals) produce.push({ topic: 'signal', key: 'signal', value: JSON.stringify(signal) });
    for (const next of joined) {
      // What stays here is examined at once, as without a log: through the log it would come behind what came later.
      if (assignment.owns(next.key)) take(next.key, next.entry, produce);
      else produce.push({ topic: 'activity', key: next.key, value: JSON.stringify(next.entry) });
    }
  }

  function process(batch: readonly Entry[]): Outcome {
    // What is unreadable has no time of its own.
    let newest: Instant = 0;
    const produce: Produced = [];
    for (const raw of batch) {
      const entry = parsedJson(raw.value);
      if (isWord(entry)) {
        stage.hear(entry);
        continue;
      }
      if (isReplacement(entry)) {
        stage.replace(entry);
        continue;
      }
      if (!isActivityEntry(entry)) {
        produce.push(unreadable('analyzer', 'activity', raw, newest));
        telemetry.metrics.deadLetters.inc({ component: 'analyzer' });
        continue;
      }
      newest = Math.max(newest, entry.activity.observed_at);
      take(raw.key, entry, produce);
    }
    const state = stage.flush();
    if (newest > 0) {
      for (const [rule, title] of ailments.splice(0)) {
        const activity = ownActivity(newest, rule, title);
        const entry: ActivityEntry = { primary: true, activity };
        produce.push({ topic: 'activity', key: `system:${activity.source}`, value: JSON.stringify(entry) });
      }
    }
    return { state, produce };
  }

  return { process };
}

function isWord(value: unknown): value is WordEntry {
  return isObject(value) && typeof value.word === 'string' && Array.isArray(value.activities);
}

function isReplacement(value: unknown): value is ReplaceEntry {
  if (!isObject(value) || !isObject(value.replace)) return false;
  return Object.values(value.replace).every((text) => text === null || typeof text === 'string');
}

/** Our own collectors wrote it: enough to tell an entry from garbage. */
function isActivityEntry(value: unknown): value is ActivityEntry {
  if (!isObject(value) || !isObject(value.activity)) return false;
  const { id, kind, detail, observed_at } = value.activity;
  return typeof id === 'string' && typeof kind === 'string' && isObject(detail) && isInstant(observed_at);
}

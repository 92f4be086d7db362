// The analyzer of one partition of the activity topic: a batch in; findings, changed profiles and the offset out, as one.
import { isInstant, parsed, unreadable } from '../core/dead-letter.ts';
import type { Detector } from '../core/detector.ts';
import { messageOf } from '../core/errors.ts';
import { contentId, isObject } from '../core/json.ts';
import type { ActivityEntry, FindingEntry } from '../core/messages.ts';
import type { Assignment, Entry, Outcome, PartitionProcessor } from '../core/ports/event-log.ts';
import { SeenWindow } from '../core/seen-window.ts';
import type { Instant } from '../core/time.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { examine } from './examine.ts';
import { Profiles } from './profiles.ts';

/** Repeats come minutes to hours later; this many activities of a partition are remembered. */
const REMEMBERED = 50_000;

export interface PartitionOptions {
  readonly detectors: readonly Detector[];
  readonly telemetry: Telemetry;
  readonly learnUntil?: Instant;
}

export async function openPartition(assignment: Assignment, options: PartitionOptions): Promise<PartitionProcessor> {
  const { detectors, telemetry } = options;
  const log = telemetry.log.child({ component: 'analyzer', partition: assignment.partition });
  const profiles = new Profiles();
  const seen = new SeenWindow(REMEMBERED);
  for await (const entry of assignment.state) {
    if (seen.restore(entry)) continue;
    profiles.restore(entry, (key) => log.error('A stored profile cannot be read and is learned anew.', { key }));
  }

  function process(batch: readonly Entry[]): Outcome {
    // What is unreadable has no time of its own.
    let newest: Instant = 0;
    const produce: NonNullable<Outcome['produce']>[number][] = [];
    for (const raw of batch) {
      const entry = parsed(raw.value);
      if (!isActivityEntry(entry)) {
        produce.push(unreadable('analyzer', 'activity', raw, newest));
        telemetry.metrics.deadLetters.inc({ component: 'analyzer' });
        continue;
      }
      const { key } = raw;
      newest = Math.max(newest, entry.activity.observed_at);
      // An activity comes once per entity key, and two keys may share this partition.
      if (!seen.add(contentId(entry.activity.id, key))) {
        telemetry.metrics.activitiesRepeated.inc();
        continue;
      }
      const findings = examine(key, entry, profiles, {
        detectors,
        ...(options.learnUntil === undefined ? {} : { learnUntil: options.learnUntil }),
        onFault: (detector, error) =>
          log.error('A detector failed on an activity; the others went on.', {
            detector: detector.id,
            activity: entry.activity.id,
            error: messageOf(error),
          }),
      });
      for (const record of findings) {
        const finding: FindingEntry = { type: 'finding', ...record };
        produce.push({ topic: 'finding', key: 'finding', value: JSON.stringify(finding) });
        telemetry.metrics.findings.inc({ detector: record.finding.detector, severity: record.finding.severity });
      }
    }
    return { state: [...seen.flush(), ...profiles.flush()], produce };
  }

  return { process };
}

/** Our own collectors wrote it: enough to tell an entry from garbage. */
function isActivityEntry(value: unknown): value is ActivityEntry {
  if (!isObject(value) || !isObject(value.activity)) return false;
  const { id, kind, detail, observed_at } = value.activity;
  return typeof id === 'string' && typeof kind === 'string' && isObject(detail) && isInstant(observed_at);
}

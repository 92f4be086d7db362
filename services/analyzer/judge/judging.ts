// The judge as a consumer of the signal topic: signals in; findings, its state and the offset out, as one.

import type { AlertBudget } from '../../core/alert-budget.ts';
import { isInstant, unreadable } from '../../core/dead-letter.ts';
import type { Detector } from '../../core/detector.ts';
import { isObject, parsedJson } from '../../core/json.ts';
import type { SignalEntry } from '../../core/messages.ts';
import type { Assignment, Entry, Outcome, PartitionProcessor } from '../../core/ports/event-log.ts';
import type { Instant } from '../../core/time.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { createJudge } from './stage.ts';

export async function openJudge(
  assignment: Assignment,
  options: {
    readonly detectors: readonly Detector[];
    readonly telemetry: Telemetry;
    readonly budget?: AlertBudget;
  },
): Promise<PartitionProcessor> {
  const { detectors, telemetry, budget } = options;
  const log = telemetry.log.child({ component: 'judge' });
  const judge = createJudge({
    detectors,
    ...(budget && { budget }),
    onCorrupt: (key) => log.error('A stored state of the judge cannot be read and begins anew.', { key }),
  });
  for await (const entry of assignment.state) judge.restore(entry);

  function process(batch: readonly Entry[]): Outcome {
    let newest: Instant = 0;
    const produce: NonNullable<Outcome['produce']>[number][] = [];
    for (const raw of batch) {
      const entry = parsedJson(raw.value);
      if (!isSignalEntry(entry)) {
        produce.push(unreadable('analyzer', 'signal', raw, newest));
        telemetry.metrics.deadLetters.inc({ component: 'analyzer' });
        continue;
      }
      newest = Math.max(newest, entry.type === 'signal' ? entry.activity.observed_at : entry.at);
      for (const finding of judge.take(entry)) {
        produce.push({ topic: 'finding', key: 'finding', value: JSON.stringify(finding) });
        if (finding.type !== 'finding') continue;
        const { detector, severity } = finding.finding;
        telemetry.metrics.findings.inc({ detector, severity });
      }
    }
    return { state: judge.flush(), produce };
  }

  return { process };
}

/** The entity stage wrote it: enough to tell an entry from garbage. */
function isSignalEntry(value: unknown): value is SignalEntry {
  if (!isObject(value) || typeof value.detector !== 'string') return false;
  if (value.type === 'note') return Array.isArray(value.values) && isInstant(value.at);
  const { raise, entity, activity } = value;
  return (
    value.type === 'signal' &&
    isObject(raise) &&
    isObject(entity) &&
    isObject(activity) &&
    isInstant(activity.observed_at)
  );
}

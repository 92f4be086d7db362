// Consumes the activity topic, keeps the weaknesses that scanners tell of as its state, and writes each change of one; what could
// weigh in an incident, for correlation too.
import type { Activity } from '../../core/activity.ts';
import { isObject, parsedJson } from '../../core/json.ts';
import type { FindingEntry } from '../../core/messages.ts';
import type { Assignment, Entry, Outcome, PartitionProcessor } from '../../core/ports/event-log.ts';
import type { WeaknessWord } from '../../core/weakness-word.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { createCounters, mayCount } from '../measures/counters.ts';
import { createBook } from './book.ts';

export async function openTracker(assignment: Assignment, telemetry: Telemetry): Promise<PartitionProcessor> {
  const log = telemetry.log.child({ component: 'weaknesses' });
  const book = createBook();
  const counters = createCounters();
  for await (const entry of assignment.state) {
    try {
      if (!counters.restore(entry)) book.restore(entry);
    } catch {
      log.error('A stored weakness cannot be read and begins anew.', { key: entry.key });
    }
  }

  function process(batch: readonly Entry[]): Outcome {
    for (const { value } of batch) {
      const activity = tellsOf(value) ? activityIn(value) : undefined;
      if (!activity) continue;
      // What is read for its count alone says nothing of weaknesses.
      if (activity.kind !== 'run' && activity.kind !== 'job') book.take(activity);
      counters.take(activity);
    }
    const counted = counters.flush();
    const { state, weaknesses, words, dropped, forgotten } = book.flush();
    telemetry.metrics.weaknessesDropped.inc(dropped);
    telemetry.metrics.ticketsForgotten.inc(forgotten);
    for (const { state: now } of weaknesses) telemetry.metrics.weaknesses.inc({ state: now });
    return {
      state: [...state, ...counted.state],
      produce: [
        ...weaknesses.map((weakness) => ({
          topic: 'weakness' as const,
          key: weakness.id,
          value: JSON.stringify(weakness),
        })),
        ...counted.days.map((day) => ({ topic: 'measure' as const, key: day.id, value: JSON.stringify(day) })),
        ...words.map((word) => ({ topic: 'finding' as const, key: 'finding', value: JSON.stringify(entryOf(word)) })),
      ],
    };
  }

  return { process };
}

function entryOf(word: WeaknessWord): FindingEntry {
  return { type: 'weakness', ...word };
}

/** Most entries are of nothing that matters here, and reading them would cost what the analyzer pays already. */
function tellsOf(value: string): boolean {
  // Tickets come to every partition, beside the primary entry.
  if (value.includes('"kind":"ticket"')) return true;
  return (
    value.startsWith('{"primary":true') &&
    (value.includes('"kind":"alert"') ||
      value.includes('"kind":"deployment"') ||
      mayCount(value) ||
      (value.includes('"visibility":"p') && (value.includes('"kind":"push"') || value.includes('"kind":"repository"'))))
  );
}

/** The collector wrote it; what is damaged is on the dead-letter list of the analyzer, which reads all of the topic. */
function activityIn(value: string): Activity | undefined {
  const entry = parsedJson(value);
  return isObject(entry) && isActivity(entry.activity) ? entry.activity : undefined;
}

function isActivity(value: unknown): value is Activity {
  return (
    isObject(value) &&
    typeof value.kind === 'string' &&
    typeof value.id === 'string' &&
    typeof value.observed_at === 'number' &&
    isObject(value.detail) &&
    (value.kind !== 'alert' || typeof value.detail.action === 'string') &&
    (value.kind !== 'ticket' || (typeof value.source === 'string' && typeof value.detail.key === 'string'))
  );
}

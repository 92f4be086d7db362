// The correlator: consumes the finding topic, keeps open incidents as its state, and writes each change of an incident.
import { isInstant, unreadable } from '../../core/dead-letter.ts';
import { isObject, parsedJson } from '../../core/json.ts';
import type { FindingEntry } from '../../core/messages.ts';
import type { Assignment, Entry, Outcome, PartitionProcessor } from '../../core/ports/event-log.ts';
import type { Instant } from '../../core/time.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { createCorrelation } from './correlation.ts';
import { isWord } from './known-weaknesses.ts';

export async function openCorrelator(assignment: Assignment, telemetry: Telemetry): Promise<PartitionProcessor> {
  const log = telemetry.log.child({ component: 'correlator' });
  const correlation = createCorrelation({
    onChange: (change) => telemetry.metrics.incidents.inc({ change }),
    onCorrupt: (key) => log.error('A stored incident cannot be read and takes no more findings.', { key }),
    onLateVerdict: (incident) =>
      log.warn('A verdict came for an incident that is not open, and changes nothing.', { incident }),
  });
  for await (const entry of assignment.state) correlation.restore(entry);

  function process(batch: readonly Entry[]): Outcome {
    let newest: Instant = 0;
    const produce: NonNullable<Outcome['produce']>[number][] = [];
    const entries: FindingEntry[] = [];
    for (const entry of batch) {
      const read = parsedJson(entry.value);
      if (isFindingEntry(read)) {
        entries.push(read);
        if (read.type === 'finding') newest = Math.max(newest, read.observed_at);
      } else {
        produce.push(unreadable('analyzer', 'finding', entry, newest));
        telemetry.metrics.deadLetters.inc({ component: 'analyzer' });
      }
    }
    for (const entry of inTime(entries)) correlation.take(entry);
    const { incidents, words, state } = correlation.flush();
    for (const incident of incidents) {
      produce.push({ topic: 'incident', key: incident.id, value: JSON.stringify(incident) });
    }
    for (const { key, entry } of words) produce.push({ topic: 'activity', key, value: JSON.stringify(entry) });
    return { state, produce };
  }

  return { process };
}

/**
 * Findings in event time, so that what came together is named after what happened first. All else keeps its place: what
 * was found after a verdict does not belong to what it closed.
 */
function inTime(entries: readonly FindingEntry[]): readonly FindingEntry[] {
  const ordered: FindingEntry[] = [];
  let stretch: Extract<FindingEntry, { type: 'finding' }>[] = [];
  function tell(): void {
    ordered.push(...stretch.sort((a, b) => a.observed_at - b.observed_at || (a.finding.id < b.finding.id ? -1 : 1)));
    stretch = [];
  }
  for (const entry of entries) {
    if (entry.type === 'finding') stretch.push(entry);
    // When it comes says nothing.
    else if (entry.type === 'weakness') ordered.push(entry);
    else {
      tell();
      ordered.push(entry);
    }
  }
  tell();
  return ordered;
}

/** The judge and the command write this topic: enough to tell an entry from garbage. */
function isFindingEntry(value: unknown): value is FindingEntry {
  if (!isObject(value)) return false;
  if (value.type === 'verdict') return typeof value.incident === 'string';
  if (value.type === 'weakness') return isWord(value);
  if (value.type === 'repeat') return typeof value.finding === 'string' && Array.isArray(value.profiles);
  const { finding, links, tactics, activities, observed_at } = value;
  return (
    value.type === 'finding' &&
    isObject(finding) &&
    typeof finding.id === 'string' &&
    isObject(finding.entity) &&
    isObject(finding.evidence) &&
    [links, tactics, activities].every(Array.isArray) &&
    isInstant(observed_at)
  );
}

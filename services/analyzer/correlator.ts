// The correlator: consumes the finding topic, keeps open incidents as its state, and writes each change of an incident.
import { isInstant, parsed, unreadable } from '../core/dead-letter.ts';
import type { FindingRecord } from '../core/finding.ts';
import type { Incident, VerdictRecord } from '../core/incident.ts';
import { isObject } from '../core/json.ts';
import type { FindingEntry } from '../core/messages.ts';
import type { Assignment, Entry, Outcome, PartitionProcessor, StateChange } from '../core/ports/event-log.ts';
import { DAY, type Instant } from '../core/time.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { close, merge, type OpenIncident, openIncident, pointTo, related, WINDOW } from './correlate.ts';
import { IncidentIndex } from './incident-index.ts';

const PREFIX = 'incident/';

/** An incident can be given a verdict for so long after its last finding. */
const KEPT = 90 * DAY;
/** At most so many are kept; the oldest give way. */
const LIMIT = 10_000;

export async function openCorrelator(assignment: Assignment, telemetry: Telemetry): Promise<PartitionProcessor> {
  const log = telemetry.log.child({ component: 'correlator' });
  const index = new IncidentIndex();
  for await (const { key, value } of assignment.state) {
    const restored = parsed(value);
    if (!isOpenIncident(restored)) {
      log.error('A stored incident cannot be read and takes no more findings.', { key });
      continue;
    }
    index.add(restored);
  }

  function process(batch: readonly Entry[]): Outcome {
    // Of this batch alone: a replay may go back in time with its next file.
    let newest: Instant = 0;
    const produce: NonNullable<Outcome['produce']>[number][] = [];
    const changed = new Map<string, Incident>();

    function correlate(record: FindingRecord): void {
      newest = Math.max(newest, record.observed_at);
      let whole = openIncident(record);
      // One that has no link is known by its own name alone.
      if (index.called(record.finding.id)) return;
      if (index.sharing(whole).some(({ incident }) => incident.findings.includes(record.finding.id))) return;
      let known = false;
      for (let other = nextOf(whole); other; other = nextOf(whole)) {
        index.remove(other);
        if (!known) whole = merge(other, whole);
        else {
          // Both have a name already: that of the older stays.
          const [survivor, gone] = inAge(whole, other) < 0 ? [whole, other] : [other, whole];
          const pointer = pointTo(survivor.incident.id, gone);
          const merged = merge(survivor, gone);
          whole = { ...merged, absorbed: [...merged.absorbed, pointer.id] };
          changed.set(pointer.id, pointer);
          telemetry.metrics.incidents.inc({ change: 'merged' });
        }
        known = true;
      }
      index.add(whole);
      changed.set(whole.incident.id, whole.incident);
      telemetry.metrics.incidents.inc({ change: known ? 'updated' : 'opened' });
    }

    /** The oldest of the incidents that belong to this one. */
    function nextOf(whole: OpenIncident): OpenIncident | undefined {
      return index
        .sharing(whole)
        .filter((other) => related(whole, other))
        .sort(inAge)[0];
    }

    function decide(verdict: VerdictRecord): void {
      const open = index.called(verdict.incident);
      if (open?.incident.status !== 'open') {
        log.warn('A verdict came for an incident that is not open, and changes nothing.', {
          incident: verdict.incident,
        });
        return;
      }
      const closed = { ...open, incident: close(open.incident, verdict) };
      index.add(closed);
      changed.set(closed.incident.id, closed.incident);
      telemetry.metrics.incidents.inc({ change: 'closed' });
    }

    const entries: FindingEntry[] = [];
    for (const entry of batch) {
      const read = parsed(entry.value);
      if (isFindingEntry(read)) entries.push(read);
      else {
        produce.push(unreadable('analyzer', 'finding', entry, newest));
        telemetry.metrics.deadLetters.inc({ component: 'analyzer' });
      }
    }
    for (const entry of inTime(entries)) {
      if (entry.type === 'finding') correlate(entry);
      else decide(entry);
    }
    const expired = index.expired(newest - KEPT - WINDOW, LIMIT);
    for (const open of expired) index.remove(open);

    const gone = new Set(expired.map(({ incident }) => incident.id));
    const state: StateChange[] = [...new Set([...changed.keys(), ...gone])].map((id) => {
      const open = index.get(id);
      return { key: `${PREFIX}${id}`, value: open ? JSON.stringify(open) : null };
    });
    for (const incident of changed.values()) {
      produce.push({ topic: 'incident', key: incident.id, value: JSON.stringify(incident) });
    }
    return { state, produce };
  }

  return { process };
}

function inAge(a: OpenIncident, b: OpenIncident): number {
  return a.firstAt - b.firstAt || (a.incident.id < b.incident.id ? -1 : 1);
}

/**
 * Findings in event time, so that what came together is named after what happened first. A verdict keeps its place: what
 * was found after it does not belong to what it closed.
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
    else {
      tell();
      ordered.push(entry);
    }
  }
  tell();
  return ordered;
}

/** The analyzer and the command write this topic: enough to tell an entry from garbage. */
function isFindingEntry(value: unknown): value is FindingEntry {
  if (!isObject(value)) return false;
  if (value.type === 'verdict') return typeof value.incident === 'string';
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

function isOpenIncident(value: unknown): value is OpenIncident {
  return isObject(value) && isObject(value.incident) && Array.isArray(value.tellings) && isInstant(value.lastAt);
}

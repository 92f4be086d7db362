// The correlator: consumes the finding topic, keeps open incidents as its state, and writes each change of an incident.
import type { FindingRecord } from '../core/finding.ts';
import type { Incident, VerdictRecord } from '../core/incident.ts';
import { isObject } from '../core/json.ts';
import type { FindingEntry } from '../core/messages.ts';
import type { Assignment, Entry, Outcome, PartitionProcessor, StateChange } from '../core/ports/event-log.ts';
import { DAY, type Instant } from '../core/time.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { close, join, matches, merge, type OpenIncident, openIncident, WINDOW } from './correlate.ts';

const PREFIX = 'incident/';

/** An incident can be given a verdict for so long after its last finding. */
const KEPT = 90 * DAY;
/** At most so many are kept; the oldest give way. */
const LIMIT = 10_000;

export async function openCorrelator(assignment: Assignment, telemetry: Telemetry): Promise<PartitionProcessor> {
  const incidents = new Map<string, OpenIncident>();
  const byLink = new Map<string, Set<string>>();
  for await (const { key, value } of assignment.state) {
    if (!key.startsWith(PREFIX)) continue;
    const restored: OpenIncident = JSON.parse(value);
    remember(restored);
  }
  let newest: Instant = Math.max(0, ...[...incidents.values()].map(({ lastAt }) => lastAt));

  function remember(open: OpenIncident): void {
    incidents.set(open.incident.id, open);
    for (const key of Object.keys(open.links)) {
      const ids = byLink.get(key) ?? new Set();
      byLink.set(key, ids.add(open.incident.id));
    }
  }

  function forget(open: OpenIncident): void {
    incidents.delete(open.incident.id);
    for (const key of Object.keys(open.links)) {
      const ids = byLink.get(key);
      ids?.delete(open.incident.id);
      if (ids?.size === 0) byLink.delete(key);
    }
  }

  function candidates(record: FindingRecord): OpenIncident[] {
    const ids = new Set(record.links.flatMap(({ key }) => [...(byLink.get(key) ?? [])]));
    return [...ids].flatMap((id) => incidents.get(id) ?? []);
  }

  function process(batch: readonly Entry[]): Outcome {
    const changed = new Map<string, Incident>();
    const gone = new Set<string>();

    function correlate(record: FindingRecord): void {
      newest = Math.max(newest, record.observed_at);
      const [first, ...others] = matches(record, candidates(record));
      let open = first ? join(first, record) : openIncident(record);
      if (open === first && others.length === 0) return;
      telemetry.metrics.incidents.inc({ change: first ? 'updated' : 'opened' });
      for (const other of others) {
        const { merged, gone: pointer } = merge(open, other);
        open = merged;
        forget(other);
        gone.add(other.incident.id);
        changed.set(pointer.id, pointer);
        telemetry.metrics.incidents.inc({ change: 'merged' });
      }
      remember(open);
      changed.set(open.incident.id, open.incident);
    }

    function decide(verdict: VerdictRecord): void {
      const open = incidents.get(verdict.incident);
      if (open?.incident.status !== 'open') return;
      const closed = { ...open, incident: close(open.incident, verdict) };
      remember(closed);
      changed.set(verdict.incident, closed.incident);
      telemetry.metrics.incidents.inc({ change: 'closed' });
    }

    for (const entry of inTime(batch)) {
      if (entry.type === 'finding') correlate(entry);
      else decide(entry);
    }
    for (const open of expired()) {
      forget(open);
      gone.add(open.incident.id);
    }
    const state: StateChange[] = [...changed.keys()]
      .flatMap((id) => incidents.get(id) ?? [])
      .map((open) => ({ key: `${PREFIX}${open.incident.id}`, value: JSON.stringify(open) }));
    for (const id of gone) state.push({ key: `${PREFIX}${id}`, value: null });
    return {
      state,
      produce: [...changed.values()].map((incident) => ({
        topic: 'incident',
        key: incident.id,
        value: JSON.stringify(incident),
      })),
    };
  }

  function expired(): OpenIncident[] {
    const old = [...incidents.values()].filter(({ lastAt }) => newest - lastAt > KEPT + WINDOW);
    const left = incidents.size - old.length;
    if (left <= LIMIT) return old;
    const byAge = [...incidents.values()].toSorted((a, b) => a.lastAt - b.lastAt);
    return byAge.slice(0, incidents.size - LIMIT);
  }

  return { process };
}

/** A batch in event time, so that what came together is told in the order in which it happened; verdicts come last. */
function inTime(batch: readonly Entry[]): readonly FindingEntry[] {
  const entries = batch.flatMap(({ value }) => {
    const parsed: unknown = JSON.parse(value);
    return isFindingEntry(parsed) ? [parsed] : [];
  });
  const at = (entry: FindingEntry) => (entry.type === 'finding' ? entry.observed_at : Number.POSITIVE_INFINITY);
  const id = (entry: FindingEntry) => (entry.type === 'finding' ? entry.finding.id : entry.incident);
  return entries.toSorted((a, b) => at(a) - at(b) || (id(a) < id(b) ? -1 : 1));
}

/** Only the analyzer and the command write this topic. */
function isFindingEntry(value: unknown): value is FindingEntry {
  return isObject(value) && (value.type === 'finding' || value.type === 'verdict');
}

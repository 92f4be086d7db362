// Correlation as a machine: findings, repeats, verdicts and weaknesses in; changed incidents out, and what profiles have to be told.
import { isInstant } from '../../core/dead-letter.ts';
import type { FindingRecord } from '../../core/finding.ts';
import type { Incident, VerdictRecord } from '../../core/incident.ts';
import { isObject, parsedJson } from '../../core/json.ts';
import type { FindingEntry, WordEntry } from '../../core/messages.ts';
import type { StateChange, StateEntry } from '../../core/ports/event-log.ts';
import { compareSeverity } from '../../core/severity.ts';
import { DAY, type Instant } from '../../core/time.ts';
import type { WeaknessWord } from '../../core/weakness-word.ts';
import {
  close,
  meeting,
  merge,
  type OpenIncident,
  openIncident,
  pointTo,
  related,
  reopen,
  WINDOW,
  withLesson,
} from './correlate.ts';
import { IncidentIndex } from './incident-index.ts';
import { createKnownWeaknesses } from './known-weaknesses.ts';

const PREFIX = 'incident/';

/** An incident can be given a verdict for so long after its last finding. */
const KEPT = 90 * DAY;
/** At most so many are kept; the oldest give way. */
const LIMIT = 10_000;

export type IncidentChange = 'opened' | 'updated' | 'merged' | 'closed' | 'reopened';

export interface CorrelationOptions {
  onChange?(change: IncidentChange): void;
  /** A verdict on an incident that is not open. */
  onLateVerdict?(incident: string): void;
  onCorrupt?(key: string): void;
}

export interface Changed {
  /** Each incident that changed since the last call, in its newest state. */
  readonly incidents: readonly Incident[];
  /** By partition key of the profiles. */
  readonly words: readonly { readonly key: string; readonly entry: WordEntry }[];
  readonly state: readonly StateChange[];
}

export interface Correlation {
  take(entry: FindingEntry): void;
  restore(entry: StateEntry): boolean;
  flush(): Changed;
}

export function createCorrelation(options: CorrelationOptions = {}): Correlation {
  const index = new IncidentIndex();
  const weaknesses = createKnownWeaknesses(options.onCorrupt);
  const changed = new Map<string, Incident>();
  const touched = new Set<string>();
  const words: { readonly key: string; readonly entry: WordEntry }[] = [];
  // Since the last flush: a replay may go back in time with its next file.
  let newest: Instant = 0;

  function keep(open: OpenIncident): void {
    const held = holding(open);
    index.add(held);
    touched.add(held.incident.id);
  }

  function correlate(record: FindingRecord): void {
    newest = Math.max(newest, record.observed_at);
    let whole = weighed(openIncident(record));
    // One that has no link is known by its own name alone.
    if (index.called(record.finding.id)) return;
    if (index.sharing(whole).some(({ incident }) => incident.findings.includes(record.finding.id))) return;
    let isKnown = false;
    for (let other = nextOf(whole); other; other = nextOf(whole)) {
      index.remove(other);
      if (!isKnown) whole = merge(other, whole);
      else {
        // Both have a name already: that of the older stays.
        const [survivor, gone] = inAge(whole, other) < 0 ? [whole, other] : [other, whole];
        const pointer = pointTo(survivor.incident.id, gone);
        const merged = merge(survivor, gone);
        whole = { ...merged, absorbed: [...merged.absorbed, pointer.id] };
        changed.set(pointer.id, pointer);
        touched.add(pointer.id);
        options.onChange?.('merged');
      }
      isKnown = true;
    }
    keep(whole);
    changed.set(whole.incident.id, whole.incident);
    options.onChange?.(isKnown ? 'updated' : 'opened');
  }

  /** With the weaknesses that its findings meet. */
  function weighed(open: OpenIncident): OpenIncident {
    const keys = open.tellings.flatMap(({ meets = [] }) => meets);
    return weaknesses.meeting(keys).reduce(meeting, open);
  }

  /** What a scanner told may meet what happened before. */
  function learn(word: WeaknessWord): void {
    weaknesses.put(word);
    for (const open of index.meeting(word.meets)) {
      const after = meeting(open, word);
      if (after === open) continue;
      const { incident } = after;
      const now = { ...after, incident: { ...incident, revision: incident.revision + 1 } };
      keep(now);
      changed.set(incident.id, now.incident);
      options.onChange?.('updated');
    }
  }

  /** The oldest of the incidents that belong to this one. */
  function nextOf(whole: OpenIncident): OpenIncident | undefined {
    return index
      .sharing(whole)
      .filter((other) => related(whole, other))
      .sort(inAge)[0];
  }

  function repeat({ finding, activity, detector, key, profiles }: Extract<FindingEntry, { type: 'repeat' }>): void {
    const open = index.holding(finding);
    if (open?.incident.status === 'open') keep(withLesson(open, { activity, detector, key, profiles }));
  }

  function decide(verdict: VerdictRecord): void {
    const open = index.called(verdict.incident);
    const isBack = verdict.verdict === 'taken-back';
    if (open?.incident.status !== (isBack ? 'closed' : 'open')) {
      options.onLateVerdict?.(verdict.incident);
      return;
    }
    const decided = { ...open, incident: isBack ? reopen(open.incident, verdict) : close(open.incident, verdict) };
    index.add(decided);
    touched.add(decided.incident.id);
    changed.set(decided.incident.id, decided.incident);
    options.onChange?.(isBack ? 'reopened' : 'closed');
    tell(isBack || verdict.verdict === 'malicious' ? 'hold' : 'teach', open.lessons);
  }

  /** Nothing is learned from what is part of an incident that a person should look at. */
  function holding(open: OpenIncident): OpenIncident {
    if (compareSeverity(open.incident.severity, 'medium') < 0) return open;
    const fresh = open.lessons.filter(({ held }) => !held);
    if (fresh.length === 0) return open;
    tell('hold', fresh);
    return { ...open, lessons: open.lessons.map((lesson) => ({ ...lesson, held: true as const })) };
  }

  function tell(word: WordEntry['word'], lessons: OpenIncident['lessons']): void {
    for (const { detector, key, profiles, activity } of lessons) {
      words.push({ key, entry: { word, detector, key, profiles, activities: [activity] } });
    }
  }

  return {
    take(entry) {
      if (entry.type === 'finding') correlate(entry);
      else if (entry.type === 'repeat') repeat(entry);
      else if (entry.type === 'weakness') learn(entry);
      else decide(entry);
    },
    restore(entry) {
      const { key, value } = entry;
      if (weaknesses.restore(entry)) return true;
      if (!key.startsWith(PREFIX)) return false;
      const restored = parsedJson(value);
      if (isOpenIncident(restored)) index.add({ ...restored, lessons: restored.lessons ?? [] });
      else options.onCorrupt?.(key);
      return true;
    },
    flush() {
      const expired = index.expired(newest - KEPT - WINDOW, LIMIT);
      for (const open of expired) {
        index.remove(open);
        touched.add(open.incident.id);
      }
      const state = [...touched].map((id) => {
        const open = index.get(id);
        return { key: `${PREFIX}${id}`, value: open ? JSON.stringify(open) : null };
      });
      const result = {
        incidents: [...changed.values()],
        words: [...words],
        state: [...state, ...weaknesses.flush()],
      };
      changed.clear();
      touched.clear();
      words.length = 0;
      newest = 0;
      return result;
    },
  };
}

function inAge(a: OpenIncident, b: OpenIncident): number {
  return a.firstAt - b.firstAt || (a.incident.id < b.incident.id ? -1 : 1);
}

function isOpenIncident(value: unknown): value is OpenIncident {
  return isObject(value) && isObject(value.incident) && Array.isArray(value.tellings) && isInstant(value.lastAt);
}

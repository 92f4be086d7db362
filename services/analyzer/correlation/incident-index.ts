// The incidents that the correlator keeps, found by id, by the ids they took in, and by link.
import type { Instant } from '../../core/time.ts';
import type { OpenIncident } from './correlate.ts';

export class IncidentIndex {
  readonly #incidents = new Map<string, OpenIncident>();
  /** Ids of merged incidents, and of what they are part of. */
  readonly #absorbed = new Map<string, string>();
  readonly #byLink = new Map<string, Set<string>>();
  readonly #byFinding = new Map<string, string>();
  /** By what a weakness would have in common with them. */
  readonly #byMeeting = new Map<string, Set<string>>();

  /** Adds it, in place of an earlier state of the same one. */
  add(open: OpenIncident): void {
    const { id } = open.incident;
    this.#incidents.set(id, open);
    for (const absorbed of open.absorbed) this.#absorbed.set(absorbed, id);
    for (const finding of open.incident.findings) this.#byFinding.set(finding, id);
    for (const key of Object.keys(open.links)) file(this.#byLink, key, id);
    for (const key of meetsIn(open)) file(this.#byMeeting, key, id);
  }

  remove(open: OpenIncident): void {
    const { id } = open.incident;
    this.#incidents.delete(id);
    for (const absorbed of open.absorbed) this.#absorbed.delete(absorbed);
    for (const finding of open.incident.findings) this.#byFinding.delete(finding);
    for (const key of Object.keys(open.links)) unfile(this.#byLink, key, id);
    for (const key of meetsIn(open)) unfile(this.#byMeeting, key, id);
  }

  get(id: string): OpenIncident | undefined {
    return this.#incidents.get(id);
  }

  /** By its id, or by that of an incident that became part of it. */
  called(id: string): OpenIncident | undefined {
    return this.#incidents.get(id) ?? this.#incidents.get(this.#absorbed.get(id) ?? '');
  }

  /** That a finding is in. */
  holding(finding: string): OpenIncident | undefined {
    return this.#incidents.get(this.#byFinding.get(finding) ?? '');
  }

  /** All that have a link in common with it, whatever their status. */
  sharing({ links }: OpenIncident): readonly OpenIncident[] {
    const ids = new Set<string>();
    for (const key of Object.keys(links)) for (const id of this.#byLink.get(key) ?? []) ids.add(id);
    return [...ids].flatMap((id) => this.#incidents.get(id) ?? []);
  }

  /** That one of these would meet. */
  meeting(keys: readonly string[]): readonly OpenIncident[] {
    const ids = new Set(keys.flatMap((key) => [...(this.#byMeeting.get(key) ?? [])]));
    return [...ids].flatMap((id) => this.#incidents.get(id) ?? []);
  }

  /** Those whose last finding is older than `before`, and the oldest beyond `limit`. */
  expired(before: Instant, limit: number): readonly OpenIncident[] {
    const old = [...this.#incidents.values()].filter(({ lastAt }) => lastAt < before);
    const over = this.#incidents.size - limit;
    if (over <= old.length) return old;
    return [...this.#incidents.values()].sort((a, b) => a.lastAt - b.lastAt).slice(0, over);
  }
}

function meetsIn({ tellings }: OpenIncident): ReadonlySet<string> {
  return new Set(tellings.flatMap(({ meets = [] }) => meets));
}

function file(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids) ids.add(id);
  else index.set(key, new Set([id]));
}

function unfile(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(key);
}

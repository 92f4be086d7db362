// What the pages need from the document store, gathered.
import type { ChainedAuditEntry } from '../core/audit.ts';
import type { FindingRecord } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import type { DeadLetter } from '../core/messages.ts';
import type { PlaybookRun } from '../core/playbook.ts';
import type { Condition, DocumentStore } from '../core/ports/document-store.ts';
import type { DeadJob } from '../core/ports/job-queue.ts';
import type { Severity } from '../core/severity.ts';

/** What a document may be called in an address. */
export const ID = /^[\w.:-]{1,128}$/;
const PAGE = 50;
/** Findings that one page draws; the rest are links. */
export const MOST_FINDINGS = 50;
const MOST_RUNS = 20;
const MOST_ENTRIES = 500;

export interface Filter {
  readonly status?: Incident['status'];
  readonly severity?: Severity;
  readonly after?: string;
}

export interface IncidentList {
  readonly incidents: readonly Incident[];
  readonly runs: ReadonlyMap<string, readonly PlaybookRun[]>;
  readonly total: number;
  readonly next?: string;
  readonly byStatus: ReadonlyMap<string, number>;
  /** Within the chosen status. */
  readonly bySeverity: ReadonlyMap<string, number>;
}

/** Newest change first. */
export async function loadIncidents(store: DocumentStore, filter: Filter): Promise<IncidentList> {
  const inStatus: Condition[] = filter.status ? [{ field: 'status', is: filter.status }] : [];
  const where: Condition[] = filter.severity ? [...inStatus, { field: 'severity', is: filter.severity }] : inStatus;
  const [page, statuses, severities] = await Promise.all([
    store.search<Incident>('incident', {
      where,
      sort: { field: 'updated', order: 'desc' },
      limit: PAGE,
      ...(filter.after ? { after: filter.after } : {}),
    }),
    store.count('incident', 'status'),
    store.count('incident', 'severity', inStatus),
  ]);
  const incidents = page.documents.map((document) => document.body);
  return {
    incidents,
    runs: await runsOf(
      store,
      incidents.map((incident) => incident.id),
    ),
    total: page.total,
    ...(page.next ? { next: page.next } : {}),
    byStatus: new Map(statuses.map(({ value, count }) => [String(value), count])),
    bySeverity: new Map(severities.map(({ value, count }) => [String(value), count])),
  };
}

async function runsOf(store: DocumentStore, ids: readonly string[]): Promise<Map<string, PlaybookRun[]>> {
  const runs = new Map<string, PlaybookRun[]>();
  if (ids.length === 0) return runs;
  const page = await store.search<PlaybookRun>('run', { where: [{ field: 'incident', in: ids }], limit: 1000 });
  for (const { body } of page.documents) runs.set(body.incident, [...(runs.get(body.incident) ?? []), body]);
  return runs;
}

export interface IncidentView {
  readonly incident: Incident;
  /** Oldest first, at most `MOST_FINDINGS`. */
  readonly findings: readonly FindingRecord[];
  readonly runs: readonly PlaybookRun[];
  readonly chained: ReadonlyMap<string, ChainedAuditEntry>;
}

export async function loadIncident(store: DocumentStore, id: string): Promise<IncidentView | undefined> {
  const incident = (await store.get<Incident>('incident', id))?.body;
  if (!incident) return undefined;
  const [findings, page] = await Promise.all([
    Promise.all(incident.findings.slice(0, MOST_FINDINGS).map((finding) => loadFinding(store, finding))),
    store.search<PlaybookRun>('run', {
      where: [{ field: 'incident', is: id }],
      sort: { field: 'created', order: 'asc' },
      limit: MOST_RUNS,
    }),
  ]);
  const runs = page.documents.map((document) => document.body);
  return {
    incident,
    findings: findings.filter((finding) => finding !== undefined).sort((a, b) => a.observed_at - b.observed_at),
    runs,
    chained: await chainedEntries(store, runs),
  };
}

export interface RunView {
  readonly run: PlaybookRun;
  readonly incident: Incident | undefined;
  readonly chained: ReadonlyMap<string, ChainedAuditEntry>;
}

export async function loadRun(store: DocumentStore, id: string): Promise<RunView | undefined> {
  const run = ID.test(id) ? (await store.get<PlaybookRun>('run', id))?.body : undefined;
  if (!run) return undefined;
  const incident = (await store.get<Incident>('incident', run.incident))?.body;
  return { run, incident, chained: await chainedEntries(store, [run]) };
}

export async function loadFinding(store: DocumentStore, id: string): Promise<FindingRecord | undefined> {
  return (await store.get<FindingRecord>('finding', id))?.body;
}

export interface DeadList {
  /** The last to die first; undefined when the queue does not answer. */
  readonly jobs: readonly DeadJob[] | undefined;
  /** Newest first. */
  readonly letters: readonly DeadLetter[];
  readonly total: number;
  readonly next?: string;
}

/** `deadJobs` may fail: what the store knows is shown in any case. */
export async function loadDead(
  store: DocumentStore,
  deadJobs: (limit: number) => Promise<readonly DeadJob[]>,
  after: string | undefined,
): Promise<DeadList> {
  const [jobs, { documents, total, next }] = await Promise.all([
    deadJobs(PAGE).catch(() => undefined),
    store.search<DeadLetter>('dead-letter', {
      sort: { field: 'time', order: 'desc' },
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    }),
  ]);
  return { jobs, letters: documents.map(({ body }) => body), total, ...(next === undefined ? {} : { next }) };
}

async function chainedEntries(
  store: DocumentStore,
  runs: readonly PlaybookRun[],
): Promise<Map<string, ChainedAuditEntry>> {
  const ids = runs.flatMap((run) => run.audit.map((entry) => entry.id)).slice(0, MOST_ENTRIES);
  if (ids.length === 0) return new Map();
  const page = await store.search<ChainedAuditEntry>('audit', {
    where: [{ field: 'entry.id', in: ids }],
    limit: MOST_ENTRIES,
  });
  return new Map(page.documents.map(({ body }) => [body.entry.id, body]));
}

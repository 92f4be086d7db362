// Findings into incidents: union over shared links within a window, in event time. Pure over the state it is given.
import type { Entity } from '../core/entity.ts';
import type { FindingRecord } from '../core/finding.ts';
import type { Incident, VerdictRecord } from '../core/incident.ts';
import { compareSeverity, moreSevere, type Severity, shiftSeverity } from '../core/severity.ts';
import { DAY, formatInstant, type Instant } from '../core/time.ts';

/** Findings further apart than this are two stories, unless something between them joins them. */
export const WINDOW = DAY;

/** An incident that has so many findings takes no more; the next finding opens another. Bounds what a flood can cost. */
export const FULL = 500;

/** An incident with what correlation has to know beside what is shown. */
export interface OpenIncident {
  readonly incident: Incident;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly links: Readonly<Record<string, { readonly last: Instant; readonly weak?: true }>>;
  readonly worst: readonly { readonly severity: Severity; readonly at: Instant; readonly multiplier: boolean }[];
}

/** The open incidents that a finding belongs to: one strong link in common, or two weak ones. Oldest first. */
export function matches(record: FindingRecord, open: Iterable<OpenIncident>): readonly OpenIncident[] {
  const found: OpenIncident[] = [];
  for (const candidate of open) {
    if (candidate.incident.status !== 'open' || candidate.incident.findings.length >= FULL) continue;
    let weak = 0;
    let strong = false;
    for (const link of record.links) {
      const known = candidate.links[link.key];
      if (!known || Math.abs(record.observed_at - known.last) > WINDOW) continue;
      if (link.weak || known.weak) weak += 1;
      else strong = true;
    }
    if (strong || weak >= 2) found.push(candidate);
  }
  return found.sort((a, b) => a.firstAt - b.firstAt || (a.incident.id < b.incident.id ? -1 : 1));
}

export function openIncident(record: FindingRecord): OpenIncident {
  return build(record.finding.id, 0, undefined, [record]);
}

/** The incident with one finding more; the same object when it already has it. */
export function join(open: OpenIncident, record: FindingRecord): OpenIncident {
  return open.incident.findings.includes(record.finding.id)
    ? open
    : build(open.incident.id, open.incident.revision, open, [record]);
}

/** `survivor` takes in all of `other`, which from then on only points to it. */
export function merge(survivor: OpenIncident, other: OpenIncident): { merged: OpenIncident; gone: Incident } {
  const a = survivor.incident;
  const b = other.incident;
  const merged = finish({
    id: a.id,
    revision: a.revision,
    sample: a.sample,
    findings: [...a.findings, ...b.findings.filter((id) => !a.findings.includes(id))],
    story: [...a.story, ...b.story.filter(({ finding }) => !a.findings.includes(finding))],
    entities: [...a.entities, ...b.entities],
    detectors: [...a.detectors, ...b.detectors],
    tactics: [...a.tactics, ...b.tactics],
    surprise: a.surprise + b.surprise,
    inputs: [...(a.inputs ?? []), ...(b.inputs ?? [])],
    firstAt: Math.min(survivor.firstAt, other.firstAt),
    lastAt: Math.max(survivor.lastAt, other.lastAt),
    links: latest(survivor.links, other.links),
    worst: [...survivor.worst, ...other.worst],
    titles: [a, b].map(({ title, severity }) => ({ title, severity })),
  });
  return { merged, gone: { ...b, status: 'merged', merged_into: a.id, revision: b.revision + 1 } };
}

/** What a person said: the incident is closed with it. */
export function close(incident: Incident, record: VerdictRecord): Incident {
  const { verdict, by, reason, time } = record;
  return {
    ...incident,
    status: 'closed',
    verdict: { verdict, by, reason, time },
    updated: time,
    revision: incident.revision + 1,
  };
}

function build(
  id: string,
  revision: number,
  open: OpenIncident | undefined,
  records: readonly FindingRecord[],
): OpenIncident {
  const before = open?.incident;
  const links: Record<string, { last: Instant; weak?: true }> = {};
  for (const { links: own, observed_at } of records) {
    for (const link of own) links[link.key] = { last: observed_at, ...(link.weak ? { weak: true as const } : {}) };
  }
  return finish({
    id,
    revision,
    sample: before?.sample ?? records[0]?.finding.sample,
    findings: [...(before?.findings ?? []), ...records.map(({ finding }) => finding.id)],
    story: [
      ...(before?.story ?? []),
      ...records.map(({ finding }) => ({
        time: finding.time,
        text: finding.evidence.observed,
        finding: finding.id,
        severity: finding.severity,
      })),
    ],
    entities: [...(before?.entities ?? []), ...records.flatMap(entitiesOf)],
    detectors: [...(before?.detectors ?? []), ...records.map(({ finding }) => finding.detector)],
    tactics: [...(before?.tactics ?? []), ...records.flatMap(({ tactics }) => tactics)],
    surprise: (before?.surprise ?? 0) + records.reduce((sum, { finding }) => sum + (finding.surprise ?? 0), 0),
    inputs: [...(before?.inputs ?? []), ...records.flatMap(({ finding }) => finding.inputs ?? [])],
    firstAt: Math.min(open?.firstAt ?? Number.POSITIVE_INFINITY, ...records.map((record) => record.observed_at)),
    lastAt: Math.max(open?.lastAt ?? 0, ...records.map((record) => record.observed_at)),
    links: latest(open?.links ?? {}, links),
    worst: [
      ...(open?.worst ?? []),
      ...records.map(({ finding, observed_at, multiplier }) => ({
        severity: finding.severity,
        at: observed_at,
        multiplier: multiplier === true,
      })),
    ],
    titles: [
      ...(before ? [{ title: before.title, severity: before.severity }] : []),
      ...records.map(({ finding }) => ({ title: titleOf(finding), severity: finding.severity })),
    ],
  });
}

interface Parts {
  readonly id: string;
  readonly revision: number;
  readonly sample: true | undefined;
  readonly findings: readonly string[];
  readonly story: Incident['story'];
  readonly entities: readonly Entity[];
  readonly detectors: readonly string[];
  readonly tactics: readonly string[];
  readonly surprise: number;
  readonly inputs: readonly string[];
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly links: OpenIncident['links'];
  readonly worst: OpenIncident['worst'];
  /** Candidates for the title; the first of the most severe wins, so that a title stays when nothing worse comes. */
  readonly titles: readonly { readonly title: string; readonly severity: Severity }[];
}

function finish(parts: Parts): OpenIncident {
  const worst = parts.worst.toSorted((a, b) => a.at - b.at);
  const severities = climb(worst);
  const severity = severities.at(-1)?.severity ?? 'informational';
  const title = parts.titles.reduce((best, next) =>
    compareSeverity(next.severity, best.severity) > 0 ? next : best,
  ).title;
  return {
    incident: {
      id: parts.id,
      title,
      status: 'open',
      severity,
      severities,
      opened: formatInstant(parts.firstAt),
      updated: formatInstant(parts.lastAt),
      surprise: Math.round(parts.surprise * 100) / 100,
      findings: parts.findings,
      entities: unique(parts.entities, ({ type, id }) => `${type}:${id}`),
      detectors: unique(parts.detectors, (id) => id).toSorted(),
      tactics: unique(parts.tactics, (tactic) => tactic).toSorted(),
      story: parts.story.toSorted((a, b) =>
        a.time < b.time ? -1 : a.time > b.time ? 1 : a.finding < b.finding ? -1 : 1,
      ),
      ...(parts.inputs.length > 0 ? { inputs: unique(parts.inputs, (input) => input) } : {}),
      revision: parts.revision + 1,
      ...(parts.sample ? { sample: true as const } : {}),
    },
    firstAt: parts.firstAt,
    lastAt: parts.lastAt,
    links: parts.links,
    worst,
  };
}

/**
 * When the incident reached each severity. It has that of its worst finding; three findings or more, of which two at
 * least are medium, make it one step worse: several independent signals are what an attack looks like, and a multiplier
 * is one of them. A multiplier alone stays low.
 */
function climb(worst: OpenIncident['worst']): Incident['severities'] {
  const reached: { severity: Severity; time: string }[] = [];
  let most: Severity = 'informational';
  let solid = 0;
  for (const [index, { severity, at, multiplier }] of worst.entries()) {
    most = moreSevere(most, multiplier ? 'low' : severity);
    if (compareSeverity(severity, 'medium') >= 0) solid += 1;
    const now = index >= 2 && solid >= 2 ? shiftSeverity(most, 1) : most;
    const last = reached.at(-1);
    if (!last || compareSeverity(now, last.severity) > 0) reached.push({ severity: now, time: formatInstant(at) });
  }
  return reached;
}

function titleOf({ title, repository, entity }: FindingRecord['finding']): string {
  return `${title}: ${repository ?? entity.id}`;
}

function entitiesOf({ finding, activities }: FindingRecord): readonly Entity[] {
  const { entity, actor, repository, run } = finding;
  const definition = activities[0]?.cicd?.pipeline?.definition;
  return [
    entity,
    ...(actor ? [{ type: 'actor' as const, id: actor }] : []),
    ...(repository ? [{ type: 'repository' as const, id: repository }] : []),
    ...(repository && run ? [{ type: 'run' as const, id: `${repository}/${run}` }] : []),
    ...(repository && definition ? [{ type: 'pipeline' as const, id: `${repository}:${definition}` }] : []),
  ];
}

function latest(a: OpenIncident['links'], b: OpenIncident['links']): OpenIncident['links'] {
  const all: Record<string, { last: Instant; weak?: true }> = { ...a };
  for (const [key, link] of Object.entries(b)) {
    const known = all[key];
    if (!known || known.last < link.last) all[key] = link;
  }
  return all;
}

function unique<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

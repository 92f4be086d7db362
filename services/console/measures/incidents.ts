// Pipewarden's own: what it raised, what people said of it, and how long detecting and containing took.
import { sum } from 'simple-statistics';
import type { ActionKind } from '../../core/action.ts';
import type { Incident } from '../../core/incident.ts';
import { isObject } from '../../core/json.ts';
import type { PlaybookRun } from '../../core/playbook.ts';
import type { DocumentStore } from '../../core/ports/document-store.ts';
import { compareSeverity, SEVERITIES, WORST_FIRST } from '../../core/severity.ts';
import { MINUTE } from '../../core/time.ts';
import { plural } from '../format.ts';
import { type Measure, mean, median, rounded, share, type Window } from './measure.ts';
import { countsOf, eachDocument, restsOn } from './reading.ts';

const MOST_READ = 10_000;
/** What contains nothing. */
const TELLING: ReadonlySet<ActionKind> = new Set(['notify', 'ask-two-people', 'capture-evidence']);
const VERDICTS = ['malicious', 'expected', 'false-positive'] as const;
const SAMM = 'OWASP SAMM, incident management, https://owaspsamm.org/model/operations/incident-management/';

export async function incidentMeasures(store: DocumentStore, window: Window): Promise<readonly Measure[]> {
  return [await raised(store, window), await times(store, window)];
}

async function raised(store: DocumentStore, { from, to }: Window): Promise<Measure> {
  const rows = await Promise.all(
    WORST_FIRST.map(async (severity) => {
      const where = [
        { field: 'opened', from, below: to },
        { field: 'severity', is: severity },
      ];
      const states = await countsOf(store, 'incident', 'status', where);
      const verdicts = await countsOf(store, 'incident', 'verdict.verdict', where);
      const said = VERDICTS.map((verdict) => verdicts.get(verdict) ?? 0);
      const judged = sum(said);
      const all = (states.get('open') ?? 0) + (states.get('closed') ?? 0);
      return [severity, all, states.get('open') ?? 0, ...said, share(verdicts.get('false-positive') ?? 0, judged)];
    }),
  );
  return {
    id: 'incidents',
    title: 'Incidents',
    definition:
      'Opened in this time, by the severity that they have now; what became part of another is not counted. False: the share of false alarms in those that somebody gave a verdict. Medium and more is an alert.',
    practice: `${SAMM}; NIST SP 800-61r3, https://doi.org/10.6028/NIST.SP.800-61r3`,
    columns: ['severity', 'opened', 'still open', ...VERDICTS, 'false, %'],
    rows,
    notes: [],
  };
}

async function times(store: DocumentStore, window: Window): Promise<Measure> {
  const detecting: number[] = [];
  const closing: number[] = [];
  const opened = new Map<string, number>();
  const where = [
    { field: 'status', in: ['open', 'closed'] },
    { field: 'severity', in: SEVERITIES.filter((severity) => compareSeverity(severity, 'medium') >= 0) },
  ];
  const read = await eachDocument<Incident>(
    store,
    { collection: 'incident', field: 'opened', where },
    window,
    MOST_READ,
    (incident) => {
      const at = Date.parse(incident.opened);
      opened.set(incident.id, at);
      const alert = incident.severities.find(({ severity }) => compareSeverity(severity, 'medium') >= 0);
      if (alert) detecting.push((Date.parse(alert.time) - at) / MINUTE);
      if (incident.verdict) closing.push((Date.parse(incident.verdict.time) - at) / MINUTE);
    },
  );
  const { contained, dry, runs } = await containment(store, window, opened);
  const row = (name: string, minutes: readonly number[]) => {
    const real = minutes.filter((value) => value >= 0);
    return [name, real.length, rounded(median(real)), rounded(mean(real))];
  };
  return {
    id: 'incident-times',
    title: 'Time to detect and to contain',
    definition:
      'Of alerts, in minutes from the first deed that belongs to them. Alert: by the times of the deeds themselves, without what feeds take to tell of them. Contained: until the first action that contains took effect, by its entry in the audit trail. Verdict: until somebody said what it was.',
    practice: `${SAMM}; NIST SP 800-61r3, https://doi.org/10.6028/NIST.SP.800-61r3`,
    columns: ['until', 'alerts', 'median, minutes', 'mean, minutes'],
    rows: [row('alert', detecting), row('contained', contained), row('verdict', closing)],
    notes: [
      ...restsOn(read, 'alerts'),
      ...restsOn(runs, 'playbook runs'),
      ...(dry > 0 ? [`Dry, so that nothing was contained: ${plural(dry, 'playbook run')}.`] : []),
    ],
  };
}

/** Minutes until the first action of an incident took effect. */
async function containment(store: DocumentStore, window: Window, opened: ReadonlyMap<string, number>) {
  const first = new Map<string, number>();
  let dry = 0;
  const runs = await eachDocument<PlaybookRun>(
    store,
    { collection: 'run', field: 'created' },
    window,
    MOST_READ,
    ({ incident, mode, audit, steps }) => {
      const began = opened.get(incident);
      if (began === undefined) return;
      if (mode === 'dry') dry += 1;
      const done = audit.find(
        ({ action, detail }) =>
          action === 'action.executed' &&
          isObject(detail) &&
          !TELLING.has(steps[Number(detail.step)]?.kind ?? 'notify'),
      );
      if (!done || mode === 'dry') return;
      const took = (Date.parse(done.time) - began) / MINUTE;
      first.set(incident, Math.min(first.get(incident) ?? took, took));
    },
  );
  return { contained: [...first.values()], dry, runs };
}

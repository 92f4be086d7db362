// A finding and an incident as a person reads them in a terminal.
import { type Evidence, evidenceLine } from '../../core/evidence.ts';
import type { Finding } from '../../core/finding.ts';
import type { Incident } from '../../core/incident.ts';
import { describeOdds } from '../../core/odds.ts';
import type { Severity } from '../../core/severity.ts';
import { visible } from '../../core/visible.ts';
import type { Io, Style } from '../io.ts';

const STYLES: Readonly<Record<Severity, Style>> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  informational: 'dim',
};

export function severityWord(severity: Severity, io: Io): string {
  return io.style(STYLES[severity], severity.toUpperCase().padEnd(8));
}

/** `2026-04-01 19:40`, in UTC. */
export function shortTime(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}

export function renderFinding(finding: Finding, io: Io): string {
  const { observed, expected, history } = finding.evidence;
  const odds =
    finding.surprise === null ? 'a plain rule' : `${describeOdds(2 ** -finding.surprise)} (${finding.surprise} bits)`;
  const where = finding.inputs ? ` · ${finding.inputs.join(', ')}` : '';
  return [
    `${severityWord(finding.severity, io)} ${io.style('bold', finding.title)} [${finding.detector}]`,
    `  ${visible(observed)}`,
    `  usually  ${visible(expected)}`,
    `  history  ${visible(history)}`,
    io.style('dim', `  ${shortTime(finding.time)} UTC · ${odds} · ${finding.id}${visible(where)}`),
    '',
    '',
  ].join('\n');
}

/** `evidence`: what its runs kept. */
export function renderIncident(incident: Incident, io: Io, evidence: readonly Evidence[] = []): string {
  const story = incident.story.map(
    ({ time, text, severity }) => `  ${shortTime(time)}  ${severityWord(severity, io)} ${visible(text)}`,
  );
  const courses = (incident.courses ?? []).map(({ title }) => `  ${io.style('bold', visible(title))}`);
  const met = (incident.weaknesses ?? []).map(({ text }) => `  ${visible(text)}`);
  const planned = (incident.playbooks ?? []).flatMap(({ id, actions }) => [
    `  ${id} (dry)`,
    ...actions.map(
      ({ action, target, reversible, approval }) =>
        `    ${action} ${visible(target)} · ${reversible ? 'can be undone' : 'cannot be undone'}${approval ? ` · asks ${approval.people}` : ''}`,
    ),
  ]);
  const closed = incident.verdict
    ? `, ${incident.verdict.verdict} says ${incident.verdict.by}: ${incident.verdict.reason}`
    : '';
  return [
    `${severityWord(incident.severity, io)} ${io.style('bold', visible(incident.title))}`,
    ...courses,
    ...story,
    ...met,
    ...(planned.length > 0 ? ['  What would be done:', ...planned] : []),
    ...evidence.map((kept) => `  ${visible(evidenceLine(kept))}`),
    io.style('dim', `  ${visible(incident.status + closed)} · ${incident.findings.length} findings · ${incident.id}`),
    '',
    '',
  ].join('\n');
}

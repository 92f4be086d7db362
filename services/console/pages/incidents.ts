// The first page: incidents as a table, newest change first, with filters that are plain links.
import type { Incident } from '../../core/incident.ts';
import type { PlaybookRun } from '../../core/playbook.ts';
import { SEVERITIES } from '../../core/severity.ts';
import type { Instant } from '../../core/time.ts';
import { incidentStatus, severityBadge } from '../badges.ts';
import { ago, count, plural } from '../format.ts';
import { type Html, html } from '../html.ts';
import { type Frame, page } from '../layout.ts';
import type { Filter, IncidentList } from '../load.ts';
import { name } from '../text.ts';

const STATUSES = ['open', 'closed', 'merged', 'all'] as const;
/** While there is nothing, the page looks again by itself: the sample is still being replayed. */
const WAITING_REFRESH_SECONDS = 5;

export function incidentsPage(frame: Frame, list: IncidentList, filter: Filter): Html {
  const nothingAtAll = [...list.byStatus.values()].every((amount) => amount === 0);
  return page(
    frame,
    { title: 'Incidents', ...(nothingAtAll ? { refresh: WAITING_REFRESH_SECONDS } : {}) },
    html`<h1>Incidents</h1>
${nothingAtAll ? nothingYet(frame.sample) : listing(list, filter, frame.now)}`,
  );
}

function listing(list: IncidentList, filter: Filter, now: Instant): Html {
  return html`${filters(list, filter)}
${list.incidents.length > 0 ? table(list, now) : nothingFits()}
${paging(list, filter)}`;
}

/** The address of the list under a filter; open incidents need no word. */
function address(filter: Filter): string {
  const query = new URLSearchParams();
  if (filter.status !== 'open') query.set('status', filter.status ?? 'all');
  if (filter.severity) query.set('severity', filter.severity);
  if (filter.after) query.set('after', filter.after);
  return query.size > 0 ? `/?${query}` : '/';
}

function filters(list: IncidentList, { status, severity }: Filter): Html {
  const all = [...list.byStatus.values()].reduce((sum, amount) => sum + amount, 0);
  const kept = status ? { status } : {};
  const statusLinks = STATUSES.map((one) => {
    const target = { ...(one === 'all' ? {} : { status: one }), ...(severity ? { severity } : {}) };
    const current = one === (status ?? 'all');
    const amount = one === 'all' ? all : (list.byStatus.get(one) ?? 0);
    return link(address(target), current, html`${one} <span class="amount">${count(amount)}</span>`);
  });
  const severityLinks = SEVERITIES.toReversed().map((one) => {
    const current = one === severity;
    const target = current ? kept : { ...kept, severity: one };
    const amount = list.bySeverity.get(one) ?? 0;
    return link(address(target), current, html`${severityBadge(one)} <span class="amount">${count(amount)}</span>`);
  });
  return html`<nav class="filters" aria-label="Filter">
<ul class="tabs" aria-label="Status">${statusLinks}</ul>
<ul class="chips" aria-label="Severity">${severityLinks}${severity ? link(address(kept), false, html`any severity`) : ''}</ul>
</nav>`;
}

function link(href: string, current: boolean, content: Html): Html {
  return html`<li><a href="${href}"${current ? html` aria-current="true"` : ''}>${content}</a></li>`;
}

const COLUMNS = ['Severity', 'Incident', 'Findings', 'Containment', 'Opened', 'Updated', 'Status'] as const;

function table(list: IncidentList, now: Instant): Html {
  return html`<table class="incidents">
<thead><tr>${COLUMNS.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${list.incidents.map((incident) => row(incident, list.runs.get(incident.id) ?? [], now))}</tbody>
</table>`;
}

function row(incident: Incident, runs: readonly PlaybookRun[], now: Instant): Html {
  return html`<tr class="${incident.severity}">
<td class="cell-severity">${severityBadge(incident.severity)}</td>
<td class="cell-title"><a href="/incidents/${incident.id}">${name(incident.title, 200)}</a><div class="touches">${touches(incident)}</div></td>
<td class="cell-number"><span class="cell-name">Findings </span>${count(incident.findings.length)}</td>
<td class="cell-containment"><span class="cell-name">Containment </span>${containment(runs)}</td>
<td class="cell-time"><span class="cell-name">Opened </span>${ago(incident.opened, now)}</td>
<td class="cell-time"><span class="cell-name">Updated </span>${ago(incident.updated, now)}</td>
<td class="cell-status">${incidentStatus(incident.status)}</td>
</tr>`;
}

const TOUCHED = 4;
/** What a person knows an incident by; the others stand on its page. */
const TELLING: readonly string[] = ['repository', 'pipeline', 'actor', 'runner', 'credential', 'run'];

function touches(incident: Incident): Html {
  const telling = incident.entities
    .filter((entity) => TELLING.includes(entity.type))
    .sort((a, b) => TELLING.indexOf(a.type) - TELLING.indexOf(b.type));
  const listed = telling.slice(0, TOUCHED);
  const rest = incident.entities.length - listed.length;
  return html`${listed.map(
    ({ type, id }) => html`<span class="entity"><span class="entity-type">${type}</span> ${name(id, 48)}</span> `,
  )}${rest > 0 ? html`<span class="muted">+${count(rest)}</span>` : ''}`;
}

function containment(runs: readonly PlaybookRun[]): Html {
  if (runs.length === 0) return html`<span class="muted">none</span>`;
  const steps = runs.reduce((sum, run) => sum + run.steps.length, 0);
  const waiting = runs.flatMap((run) => run.steps).filter((step) => step.status === 'waiting').length;
  if (waiting > 0) return html`<strong>${plural(waiting, 'step')} waiting for approval</strong>`;
  if (runs.some((run) => run.status === 'failed')) return html`<strong>failed: look at it</strong>`;
  return runs.every((run) => run.mode === 'dry')
    ? html`dry run: ${plural(steps, 'step')}`
    : html`${plural(steps, 'step')}`;
}

function paging(list: IncidentList, filter: Filter): Html {
  const { after, ...first } = filter;
  return html`<nav class="paging" aria-label="Pages">
<span class="muted">${plural(list.total, 'incident')}</span>
${after ? html`<a href="${address(first)}" rel="first">First page</a>` : ''}
${list.next ? html`<a href="${address({ ...first, after: list.next })}" rel="next">Next page</a>` : ''}
</nav>`;
}

function nothingYet(sample: boolean): Html {
  return html`<section class="empty">
<h2>Nothing unusual so far</h2>
${sample ? SAMPLE_COMES : HOW_TO_FILL}
<p class="muted">This page looks again every few seconds.</p>
</section>`;
}

const SAMPLE_COMES = html`<p>The sample recording is being replayed; its incident appears here within seconds.</p>`;

const HOW_TO_FILL = html`<p>An incident appears here when a detector finds something that is not normal for its author,
credential, repository or pipeline.</p>
<ul>
<li>Is anything received? <code>pipewarden doctor</code> checks the sources and says the mend for each.</li>
<li>Try it on history: <code>pipewarden replay --source git PATH</code> on a clone needs no token and no server.</li>
</ul>`;

function nothingFits(): Html {
  return html`<section class="empty"><h2>No incident fits this filter</h2>
<p><a href="/?status=all">Show all incidents</a></p></section>`;
}

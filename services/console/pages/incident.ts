// One incident: what happened, why it is unusual, what is contained, what to do.
import type { DetectorInfo } from '../../core/detector.ts';
import type { Entity } from '../../core/entity.ts';
import type { FindingRecord } from '../../core/finding.ts';
import type { Incident, MetWeakness } from '../../core/incident.ts';
import type { PlaybookRun } from '../../core/playbook.ts';
import { compareSeverity } from '../../core/severity.ts';
import type { Instant } from '../../core/time.ts';
import { incidentStatus, severityBadge, stepStatus } from '../badges.ts';
import { tacticNames } from '../catalogues.ts';
import { ago, moment, plural } from '../format.ts';
import { type Html, html } from '../html.ts';
import { type Frame, page } from '../layout.ts';
import type { IncidentView } from '../load.ts';
import { type Voice, waitingBanner } from '../parts/decision.ts';
import { findingCard, PAGE_ROOM } from '../parts/finding.ts';
import { type ActionInfo, plannedCard, type RunContext, runCard } from '../parts/run.ts';
import { long, name } from '../text.ts';

/** Links to findings that are not drawn, and entities of one type. */
const MOST_LINKS = 200;
const MOST_OF_A_TYPE = 20;

export interface Catalogue {
  readonly detectors: ReadonlyMap<string, DetectorInfo>;
  readonly actions: ReadonlyMap<string, ActionInfo>;
}

export function incidentPage(
  frame: Frame,
  view: IncidentView,
  catalogue: Catalogue,
  voice: (run: PlaybookRun) => Voice,
): Html {
  const { incident, findings } = view;
  const { now } = frame;
  const room = Math.floor(PAGE_ROOM / Math.max(findings.length, 1));
  const notDrawn = incident.findings.filter((id) => !findings.some(({ finding }) => finding.id === id));
  return page(
    frame,
    { title: `${incident.severity}: ${incident.title}` },
    html`<nav class="crumbs" aria-label="Breadcrumb"><a href="/">Incidents</a></nav>
<header class="subject">
<h1>${name(incident.title, 240)}</h1>
<p class="summary">${severityBadge(incident.severity)} ${incidentStatus(incident.status)}
<span>${plural(incident.findings.length, 'finding')}</span>
<span>opened ${ago(incident.opened, now)}</span> <span>updated ${ago(incident.updated, now)}</span>
<code>${incident.id}</code></p>
${(incident.courses ?? []).map(({ title, time }) => html`<p class="course"><strong>${name(title, 240)}</strong>, since ${moment(time, now)}.</p>`)}
</header>
${resolution(incident, now)}${waitingBanner(view.runs, now)}
<div class="columns">
<div class="lead">${story(incident, now)}</div>
<div class="side-column">
${atAGlance(view)}${nextSteps(findings, catalogue)}${touched(incident)}${severityHistory(incident, now)}
</div>
<div class="rest-column">
<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
${findings.map((record) => findingCard(record, catalogue.detectors.get(record.finding.detector), now, room))}
${notDrawn.length > 0 ? html`<p class="muted">Not shown here: ${notDrawn.slice(0, MOST_LINKS).map(findingLink)}</p>` : ''}
</section>
${containment(view, { actions: catalogue.actions, chained: view.chained, now, voice })}
</div>
</div>`,
  );
}

function findingLink(id: string): Html {
  return html`<a href="/findings/${id}">${id}</a> `;
}

function resolution(incident: Incident, now: Instant): Html {
  const { verdict, merged_into: into } = incident;
  if (into) {
    return html`<aside class="banner merged" aria-label="Merged"><strong>Merged.</strong>
This incident turned out to be part of another: <a href="/incidents/${into}">go to ${into}</a>.</aside>`;
  }
  if (!verdict) return html``;
  return html`<aside class="banner verdict" aria-label="Verdict">
<strong>${verdict.verdict}</strong>, says ${name(verdict.by)}, ${moment(verdict.time, now)}.
<div>${long(verdict.reason)}</div></aside>`;
}

function story(incident: Incident, now: Instant): Html {
  return html`<section aria-labelledby="story"><h2 id="story">What happened</h2>
<ol class="story card">${incident.story.map((line) => storyLine(line, now))}</ol>
${(incident.weaknesses ?? []).map((met) => weaknessLine(met, now))}</section>`;
}

function storyLine(line: Incident['story'][number], now: Instant): Html {
  return html`<li class="${line.severity}">
<div class="story-head"><span class="when">${moment(line.time, now)}</span> ${severityBadge(line.severity)}</div>
<div class="story-text">${long(line.text)} <a href="#finding-${line.finding}">evidence</a></div>
</li>`;
}

function weaknessLine({ text, time, finding, weakness }: MetWeakness, now: Instant): Html {
  return html`<div class="course">${long(text)} <span class="when">${moment(time, now)}</span>
<a href="#finding-${finding}">what meets it</a> <code>${weakness}</code></div>`;
}

function containment(view: IncidentView, context: RunContext): Html {
  const ran = new Set(view.runs.flatMap((run) => run.playbooks));
  const planned = (view.incident.playbooks ?? []).filter((playbook) => !ran.has(playbook.id));
  return html`<section aria-labelledby="containment"><h2 id="containment">Containment</h2>
${view.runs.map((run) => runCard(run, context))}${planned.map(plannedCard)}
${view.runs.length + planned.length === 0 ? html`<p class="card muted">No playbook fits this incident.</p>` : ''}
</section>`;
}

/** What is contained already: the steps of all runs, in a few lines. */
function atAGlance(view: IncidentView): Html {
  if (view.runs.length === 0) return html``;
  const dry = view.runs.every((run) => run.mode === 'dry');
  const steps = view.runs.flatMap((run) => run.steps);
  return html`<section class="card side" aria-labelledby="glance">
<h2 id="glance">${dry ? 'Containment, as a dry run' : 'Containment'}</h2>
<ul class="plain glance">${steps.map(
    ({ action, status, target }) =>
      html`<li>${stepStatus(status)} <span><code>${name(action)}</code> ${name(target.id, 60)}</span></li>`,
  )}</ul>
<p><a href="#containment">Exact requests, and how to undo them</a></p></section>`;
}

/** Of the worst finding's detector; the others have theirs beside their evidence. */
function nextSteps(findings: readonly FindingRecord[], catalogue: Catalogue): Html {
  const worst = findings.toSorted((a, b) => compareSeverity(b.finding.severity, a.finding.severity))[0];
  const detector = worst ? catalogue.detectors.get(worst.finding.detector) : undefined;
  if (!detector) return html``;
  return html`<section class="card side" aria-labelledby="next"><h2 id="next">What to do next</h2>
<ol>${detector.next.map((step) => html`<li>${step}</li>`)}</ol></section>`;
}

function touched(incident: Incident): Html {
  const byType = Object.entries(Object.groupBy(incident.entities, (entity) => entity.type));
  const tactics = tacticNames(incident.tactics);
  return html`<section class="card side" aria-labelledby="touched"><h2 id="touched">What it touches</h2>
<dl class="stacked">${byType.map(([type, entities = []]) => entityGroup(type, entities))}</dl>
${tactics.length > 0 ? html`<h3>Tactics it spans</h3><ol class="tactics">${tactics.map((tactic) => html`<li>${name(tactic)}</li>`)}</ol>` : ''}
</section>`;
}

function entityGroup(type: string, entities: readonly Entity[]): Html {
  const rest = entities.length - MOST_OF_A_TYPE;
  return html`<div><dt>${type}</dt>
${entities.slice(0, MOST_OF_A_TYPE).map((entity) => html`<dd>${name(entity.id, 120)}</dd>`)}
${rest > 0 ? html`<dd class="muted">+${rest}</dd>` : ''}</div>`;
}

function severityHistory(incident: Incident, now: Instant): Html {
  const steps = incident.severities.map(
    ({ severity, time }) => html`<li>${severityBadge(severity)} <span class="when">${moment(time, now)}</span></li>`,
  );
  return html`<section class="card side" aria-labelledby="history"><h2 id="history">How severe, since when</h2>
<ol class="plain history">${steps}</ol>
<p class="muted">Surprise of its findings, added up: ${incident.surprise.toFixed(1)} bits.</p></section>`;
}

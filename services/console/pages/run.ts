// One run of a playbook on a page of its own: for somebody who was woken up to decide.
import type { Incident } from '../../core/incident.ts';
import type { Instant } from '../../core/time.ts';
import { severityBadge } from '../badges.ts';
import { moment } from '../format.ts';
import { type Html, html } from '../html.ts';
import { type Frame, page } from '../layout.ts';
import type { RunView } from '../load.ts';
import type { Voice } from '../parts/decision.ts';
import { type ActionInfo, runCard } from '../parts/run.ts';
import { long, name } from '../text.ts';

/** Lines of the story; the rest is on the incident's page. */
const MOST_LINES = 5;

export interface Speaking {
  readonly actions: ReadonlyMap<string, ActionInfo>;
  readonly voice: Voice;
}

export function runPage(frame: Frame, view: RunView, { actions, voice }: Speaking): Html {
  const { run, incident, chained } = view;
  return page(
    frame,
    { title: run.title },
    html`${runCrumbs(view)}
<header class="subject"><h1>${name(run.title, 160)}</h1></header>
${incident ? background(incident, frame.now) : ''}
<section aria-labelledby="containment"><h2 id="containment">Containment</h2>
${runCard(run, { actions, chained, now: frame.now, voice: () => voice })}</section>`,
  );
}

export function runCrumbs({ run }: RunView): Html {
  return html`<nav class="crumbs" aria-label="Breadcrumb"><a href="/">Incidents</a>
<span aria-hidden="true">›</span> <a href="/incidents/${run.incident}">its incident</a></nav>`;
}

/** Why it is asked at all. */
export function background(incident: Incident, now: Instant): Html {
  const lines = incident.story.slice(-MOST_LINES);
  return html`<section class="card background" aria-labelledby="background"><h2 id="background">Why</h2>
<p>${severityBadge(incident.severity)} <a href="/incidents/${incident.id}">${name(incident.title, 240)}</a></p>
<ul class="plain">${lines.map(({ time, text }) => html`<li><span class="when">${moment(time, now)}</span> ${long(text)}</li>`)}</ul>
</section>`;
}

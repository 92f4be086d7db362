// Containment: one run of a playbook, step by step, with the exact requests, what they touch, and the way back.
import type { Action, ApiRequest } from '../../core/action.ts';
import type { AuditEntry, ChainedAuditEntry } from '../../core/audit.ts';
import { evidenceLine } from '../../core/evidence.ts';
import type { PlannedPlaybook } from '../../core/incident.ts';
import { isAwaited, isUndoable } from '../../core/order.ts';
import type { Approval, PlaybookRun } from '../../core/playbook.ts';
import { stepAnchor } from '../../core/step-anchor.ts';
import type { Instant } from '../../core/time.ts';
import { runStatus, stepStatus } from '../badges.ts';
import { moment, plural } from '../format.ts';
import { type Html, html } from '../html.ts';
import { block, long, name } from '../text.ts';
import { decision, type StepPlace, type Voice, voiceNote } from './decision.ts';

/** What the console says about an action; every `Action` is one. */
export type ActionInfo = Pick<Action, 'id' | 'title' | 'permissions' | 'undoing' | 'reference'>;

export interface RunContext {
  readonly actions: ReadonlyMap<string, ActionInfo>;
  /** By the id of the entry; what is missing has not entered the chain yet. */
  readonly chained: ReadonlyMap<string, ChainedAuditEntry>;
  readonly now: Instant;
  readonly voice: (run: PlaybookRun) => Voice;
}

const DRY = html`<strong>Dry run: nothing was sent.</strong> These are the exact requests that it would send.`;
const ACTING = html`<strong>Acting.</strong> Requests are sent as the steps below say.`;

export function runCard(run: PlaybookRun, context: RunContext): Html {
  const voice = context.voice(run);
  return html`<article class="card run ${run.mode}" aria-labelledby="run-${run.id}">
<header>
<h3 id="run-${run.id}"><a href="/runs/${run.id}">${name(run.title, 160)}</a></h3>
${runStatus(run)}
<span class="when">${moment(run.created, context.now)}</span>
</header>
<p class="outcome">${run.mode === 'dry' ? DRY : ACTING}
<span class="muted">${run.playbooks.length === 1 ? 'Playbook' : 'Playbooks'} <code>${long(run.playbooks.join(', '))}</code>.</span></p>
${run.steps.some((step) => isAwaited(step, context.now) || isUndoable(step)) ? voiceNote(voice) : ''}
<ol class="steps">${run.steps.map((step, index) => html`<li id="${stepAnchor(run.id, index)}">${stepPart({ run: run.id, index, step }, { ...context, voice })}</li>`)}</ol>
${auditList(run, context)}
</article>`;
}

/** What would be run, where no run exists yet. */
export function plannedCard(playbook: PlannedPlaybook): Html {
  return html`<article class="card run">
<header>
<h3>${name(playbook.id)}</h3>
<span class="status planned"><span aria-hidden="true">◇</span> would run</span>
</header>
<ol class="steps">${playbook.actions.map(
    (action) =>
      html`<li>
<div class="step-head"><span class="step-title"><code>${name(action.action)}</code> ${name(action.target)}</span></div>
<p class="step-meta">${reversal(action.reversible)} · ${approvalText(action.approval)}</p>
</li>`,
  )}</ol>
</article>`;
}

export interface StepContext {
  readonly actions: ReadonlyMap<string, ActionInfo>;
  readonly now: Instant;
  readonly voice: Voice;
  /** Where what is said is sent to, if not to the step's own address. */
  readonly to?: string;
}

/** One step: what it does to whom, by which requests, how one gets back, and what can be said of it. */
export function stepPart(place: StepPlace, { actions, voice, now, to }: StepContext): Html {
  const { step } = place;
  const { plan } = step;
  const action = actions.get(step.action);
  const title = plan ? name(plan.summary, 200) : html`${name(action?.title ?? step.action)}: ${name(step.target.id)}`;
  return html`<div class="step-head"><span class="step-title">${title}</span>${stepStatus(step.status)}</div>
<p class="step-meta"><code>${name(step.action)}</code> · ${reversal(step.reversible)} · ${approvalText(step.approval)}</p>
${step.problem ? html`<div class="problem">${long(step.problem)}</div>` : ''}
${step.evidence ? html`<div class="muted">${long(evidenceLine(step.evidence))}</div>` : ''}
${plan?.already_done ? html`<div class="muted">${long(plan.already_done)}</div>` : ''}
${plan?.requests.map(requestBlock)}
<dl class="facts">
${plan && plan.blast_radius.length > 0 ? fact('Touches', touches(plan.blast_radius)) : ''}
${action ? fact(step.reversible ? 'To undo' : 'No way back', html`${action.undoing}`) : ''}
${action ? fact('Needs', html`${action.permissions.join(', ')}`) : ''}
</dl>
${decision(place, voice, now, to)}`;
}

function fact(term: string, value: Html): Html {
  return html`<div><dt>${term}</dt><dd>${value}</dd></div>`;
}

function touches(blastRadius: readonly string[]): Html {
  return html`<ul class="plain">${blastRadius.map((line) => html`<li>${long(line)}</li>`)}</ul>`;
}

function requestBlock(request: ApiRequest): Html {
  return html`<div class="request">
<div class="request-line"><span class="method">${name(request.method)}</span> ${long(request.path)}</div>
${request.body === undefined ? '' : block(JSON.stringify(request.body, null, 2))}
</div>`;
}

function reversal(reversible: boolean): Html {
  return reversible
    ? html`<span class="reversible"><span aria-hidden="true">↺</span> reversible</span>`
    : html`<span class="irreversible"><span aria-hidden="true">⚠</span> cannot be undone</span>`;
}

function approvalText(approval: Approval): string {
  return approval === null
    ? 'no approval needed'
    : `needs the approval of ${plural(approval.people, 'person', 'people')}`;
}

function auditList(run: PlaybookRun, context: RunContext): Html {
  if (run.audit.length === 0) return html``;
  return html`<details class="audit"><summary>Audit trail: ${plural(run.audit.length, 'entry', 'entries')}</summary>
<div class="scroll" tabindex="0"><table>
<thead><tr>${['No.', 'Time', 'Who', 'What', 'Outcome', 'Hash'].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${run.audit.map((entry) => auditRow(entry, context))}</tbody>
</table></div></details>`;
}

function auditRow(entry: AuditEntry, { chained, now }: RunContext): Html {
  const link = chained.get(entry.id);
  return html`<tr>
<td>${link ? link.number : '–'}</td>
<td>${moment(entry.time, now)}</td>
<td>${name(entry.actor)}</td>
<td><code>${name(entry.action)}</code></td>
<td>${entry.outcome}</td>
<td>${link ? html`<code>${name(link.hash, 12)}</code>` : html`<span class="muted">not chained yet</span>`}</td>
</tr>`;
}

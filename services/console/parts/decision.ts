// What somebody can say of a step, as forms: agree, refuse, undo; and what was said of it before.
import { isAwaited, isUndoable, LONGEST_REASON, type OrderKind, planDigest } from '../../core/order.ts';
import type { PlaybookRun, RunStep, Say } from '../../core/playbook.ts';
import { stepAnchor } from '../../core/step-anchor.ts';
import type { Instant } from '../../core/time.ts';
import { ago, moment, plural } from '../format.ts';
import { type Html, html } from '../html.ts';
import { block, long, name } from '../text.ts';

/** In whose name a page speaks about a run. */
export interface Voice {
  /** Absent: nobody's; they may look. */
  readonly person?: string;
  readonly formToken: string;
  /** Why they may not decide about the run. */
  readonly objection?: string;
  readonly refused?: Refused;
}

/** What was not taken a moment ago, so that nobody has to type it again. */
export interface Refused {
  /** From 0. */
  readonly step: number;
  readonly kind: OrderKind;
  readonly problem: string;
  readonly reason: string;
}

/** A step in its run. */
export interface StepPlace {
  readonly run: string;
  /** From 0. */
  readonly index: number;
  readonly step: RunStep;
}

/** That people are waited for, where nobody can overlook it. */
export function waitingBanner(runs: readonly PlaybookRun[], now: Instant): Html {
  const waits = runs.flatMap(({ id, steps }) =>
    [...steps.entries()].filter(([, step]) => isAwaited(step, now)).map(([index]) => stepAnchor(id, index)),
  );
  const [first] = waits;
  if (first === undefined) return html``;
  return html`<aside class="banner waiting" aria-label="Waiting"><strong>${plural(waits.length, 'step waits', 'steps wait')} for people.</strong>
<a href="#${first}">Look at what would be done, and decide</a></aside>`;
}

/** Why there is no form, once for a whole run. */
export function voiceNote({ person, objection }: Voice): Html {
  if (person === undefined) {
    return html`<p class="voice"><strong>You may look, and not decide</strong>: nobody knows who you are. Whoever runs Pipewarden
prints a login link of your own with <code>pipewarden start --login NAME</code>.</p>`;
  }
  return objection === undefined
    ? html``
    : html`<div class="voice"><strong>You may not decide here:</strong> ${long(objection)}</div>`;
}

/** What was said of the step, and the forms for what can be. `action`: where they are sent to, if not to the step's address. */
export function decision(place: StepPlace, voice: Voice, now: Instant, action?: string): Html {
  const { step, run, index } = place;
  const to = action ?? `/runs/${run}/steps/${index + 1}`;
  const maySay = voice.person !== undefined && voice.objection === undefined;
  return html`${saidBefore(step, now)}
${voice.refused?.step === index ? html`<div class="problem" role="alert"><strong>Not taken:</strong> ${long(voice.refused.problem)}</div>` : ''}
${step.status === 'waiting' ? waiting(step, now) : ''}
${isUnderWay(step) ? html`<p class="deadline">It is being done: <a href="/runs/${run}">look again</a> in a moment.</p>` : ''}
${maySay && isAwaited(step, now) ? wordForm(place, voice, to) : ''}
${maySay && isUndoable(step) ? undoForm(place, voice, to) : ''}`;
}

/** Somebody has just decided, and a responder takes it up. */
function isUnderWay({ status, approvals = [] }: RunStep): boolean {
  return status === 'undoing' || (status === 'pending' && approvals.length > 0);
}

function saidBefore({ approvals = [] }: RunStep, now: Instant): Html {
  if (approvals.length === 0) return html``;
  return html`<ul class="plain said">${approvals.map((say) => said(say, now))}</ul>`;
}

function said({ by, channel, time, reason }: Say, now: Instant): Html {
  return html`<li><span aria-hidden="true">✓</span> <strong>${name(by)}</strong> agreed, ${moment(time, now)}, by ${name(channel)}:
<span class="reason">${long(reason)}</span></li>`;
}

function waiting(step: RunStep, now: Instant): Html {
  const { expires, approval, approvals = [] } = step;
  if (!isAwaited(step, now)) return html`<p class="deadline">The time to agree is over: nothing will be done.</p>`;
  const missing = (approval?.people ?? 1) - approvals.length;
  const until = expires === undefined ? '' : html` until ${moment(expires, now)} (${ago(expires, now)})`;
  return html`<p class="deadline"><strong>Waits for ${plural(missing, 'person', 'people')}</strong>${until}.
Without that nothing is done.</p>`;
}

function wordForm(place: StepPlace, voice: Voice, to: string): Html {
  const { plan, approval, approvals = [] } = place.step;
  const others = (approval?.people ?? 1) - approvals.length - 1;
  const requests = plural(plan?.requests.length ?? 0, 'request');
  const agree =
    others > 0 ? `Agree (${plural(others, 'more person has', 'more people have')} to)` : `Agree: send ${requests} now`;
  const hasAgreed = approvals.some(({ by }) => by === voice.person);
  return form(place, voice, to, 'approve', [
    hasAgreed
      ? html`<span>You have agreed: it takes another person.</span>`
      : html`<button type="submit" name="kind" value="approve" class="agree">${agree}</button>`,
    html`<button type="submit" name="kind" value="reject">Refuse: it is not done</button>`,
  ]);
}

function undoForm(place: StepPlace, voice: Voice, to: string): Html {
  const { step, index } = place;
  const open = voice.refused?.step === index && voice.refused.kind === 'undo' ? html` open` : '';
  return html`<details class="undo"${open}><summary>Undo it</summary>
<p>Leads back to the state before, as it was read; what somebody has changed since is left to them:</p>
${block(JSON.stringify(step.plan?.before, null, 2), 2_000)}
${form(place, voice, to, 'undo', [html`<button type="submit" name="kind" value="undo">Undo: back to the state before</button>`])}
</details>`;
}

function form(
  { run, step, index }: StepPlace,
  { person = '', formToken, refused }: Voice,
  to: string,
  kind: OrderKind,
  buttons: readonly Html[],
): Html {
  const id = `${kind}-${run}-${index + 1}`;
  const typed = refused?.step === index ? refused.reason : '';
  return html`<form method="post" action="${to}" class="decision">
<input type="hidden" name="token" value="${formToken}">
<input type="hidden" name="plan" value="${planDigest(step)}">
<label for="${id}">Why, in the name of ${name(person)} (stands in the audit trail)</label>
<textarea id="${id}" name="reason" rows="2" maxlength="${LONGEST_REASON}" required>${typed}</textarea>
<div class="buttons">${buttons}</div>
</form>`;
}

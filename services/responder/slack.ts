// What people say by Slack: a button of a card opens a window that shows the step and asks why; what is sent from there is
// their word. Who they are is told by `identities` (`slack:U…`), never by the name that Slack shows.
// https://docs.slack.dev/reference/interaction-payloads
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Action, Api } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';
import type { Incident } from '../core/incident.ts';
import { isObject, type Json, type JsonObject } from '../core/json.ts';
import { isAwaited, planDigest } from '../core/order.ts';
import type { RunStep } from '../core/playbook.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { JobQueue } from '../core/ports/job-queue.ts';
import { useOnce } from '../core/single-use.ts';
import { stepAnchor } from '../core/step-anchor.ts';
import { cut } from '../core/visible.ts';
import type { Log } from '../telemetry/log.ts';
import type { Deciders } from './deciders.ts';
import { giveOrder } from './orders.ts';
import { getRun } from './run-store.ts';
import { CALLBACK, noteView, type Question, REASON, readQuestion, reasonView } from './slack-view.ts';

export interface SlackParts {
  readonly store: DocumentStore;
  readonly queue: Pick<JobQueue, 'enqueue'>;
  readonly clock: Clock;
  readonly deciders: Deciders;
  readonly actions: ReadonlyMap<string, Action>;
  /** Slack's Web API, with the bot's token. */
  readonly api: Api;
  /** `console.url`. */
  readonly console: string;
  readonly log: Log;
}

const user = z.object({ id: z.string().regex(/^[UW][A-Z0-9]{1,30}$/) });

const pressed = z.object({
  type: z.literal('block_actions'),
  user,
  trigger_id: z.string(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })),
});

const submitted = z.object({
  type: z.literal('view_submission'),
  user,
  view: z.object({
    callback_id: z.literal(CALLBACK),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))),
    }),
  }),
});

/**
 * Takes an interaction whose signature has been checked; gives what Slack is answered. Throws SIGNATURE_OLD for one that came
 * before, API_UNEXPECTED when Slack does not open the window.
 */
export function createSlackDecisions(parts: SlackParts) {
  const { store, clock } = parts;
  return async (payload: unknown, signature: string, signal: AbortSignal): Promise<object | undefined> => {
    if (!(await useOnce(store, `slack.${hash('sha256', signature)}`, clock.now()))) {
      throw new PipewardenError('SIGNATURE_OLD', { minutes: 5 });
    }
    const press = pressed.safeParse(payload).data;
    if (press) return await open(parts, press, signal);
    const submission = submitted.safeParse(payload).data;
    return submission && (await decide(parts, submission));
  };
}

/** Somebody pressed a button: shows what it is about, or why it is not for them. */
async function open(
  parts: SlackParts,
  { user, actions, trigger_id }: z.output<typeof pressed>,
  signal: AbortSignal,
): Promise<undefined> {
  const asked = actions.map(({ value = '' }) => readQuestion(value)).find((one) => one !== undefined);
  // Buttons of others, such as those that only lead to a page, are told of too.
  if (!asked) return undefined;
  const view = await viewFor(parts, asked, user.id);
  try {
    await openView(parts.api, { trigger_id, view }, signal);
  } catch (error) {
    // Slack tells who pressed only that something went wrong.
    parts.log.error('Slack did not open the window that asks why', { run: asked.run, problem: messageOf(error) });
    throw error;
  }
  return undefined;
}

/** Slack says in the answer's body whether it did: https://docs.slack.dev/reference/methods/views.open */
async function openView(api: Api, body: JsonObject, signal: AbortSignal): Promise<void> {
  const request = { method: 'POST', path: '/views.open' } as const;
  const answer = await api({ ...request, body }, signal);
  if (isObject(answer.body) && answer.body.ok === true) return;
  const problem = isObject(answer.body) ? String(answer.body.error) : `it answered ${answer.status}`;
  throw new PipewardenError('API_UNEXPECTED', { ...request, problem: cut(problem, 100) });
}

async function viewFor(parts: SlackParts, asked: Question, member: string): Promise<Json> {
  const { store, clock, deciders, actions } = parts;
  const page = pageOf(parts, asked);
  const person = deciders.personOf(`slack:${member}`);
  if (person === undefined) return noteView('Not for you', unknown(member));
  const run = (await getRun(store, asked.run))?.body;
  const step = run?.steps[asked.step];
  if (!run || !step) return noteView('It is gone', 'What it was about is no longer kept.');
  const incident = (await store.get<Incident>('incident', run.incident))?.body;
  const objection = deciders.objection(person, run, incident);
  if (objection !== undefined) return noteView('Not for you', `${objection}.`);
  if (!isAwaited(step, clock.now())) return noteView('It is settled', `${settled(step)} See ${page}`);
  if (planDigest(step) !== asked.plan) {
    return noteView('It has changed', `What would be sent has changed since the card was made: see ${page}`);
  }
  return reasonView(asked, step, actions.get(step.action)?.undoing, page);
}

/** Somebody said why. */
async function decide(parts: SlackParts, { user, view }: z.output<typeof submitted>): Promise<object | undefined> {
  const asked = readQuestion(view.private_metadata);
  if (!asked) return undefined;
  const person = parts.deciders.personOf(`slack:${user.id}`);
  if (person === undefined) return refused(unknown(user.id));
  const { run, ...said } = asked;
  const reason = view.state.values[REASON.block]?.[REASON.action]?.value ?? '';
  try {
    await giveOrder(parts, run, { ...said, by: person, reason, channel: 'slack' });
  } catch (error) {
    if (!(error instanceof PipewardenError) || (error.code !== 'ORDER_REFUSED' && error.code !== 'NOT_FOUND'))
      throw error;
    return refused(error.message);
  }
  const text = `${asked.kind === 'approve' ? 'You have agreed' : 'You have refused'}. What comes of it, and how it is undone: ${pageOf(parts, asked)}`;
  return { response_action: 'update', view: noteView('It was taken', text) };
}

/** Slack shows it beneath what was typed, and keeps the window open. */
function refused(problem: string): object {
  return { response_action: 'errors', errors: { [REASON.block]: cut(problem, 300) } };
}

function unknown(member: string): string {
  return `Pipewarden does not know who you are: \`identities\` has nobody with slack:${member}.`;
}

function settled({ status, approvals = [], problem }: RunStep): string {
  const by = approvals.map((say) => say.by).join(' and ');
  const what = status === 'waiting' ? 'The time to agree is over.' : `It is ${status}.`;
  return `${what}${by === '' ? '' : ` ${by} agreed.`}${problem === undefined ? '' : ` ${problem}.`}`;
}

function pageOf({ console }: SlackParts, { run, step }: Question): string {
  return `${console}/runs/${encodeURIComponent(run)}#${stepAnchor(encodeURIComponent(run), step)}`;
}

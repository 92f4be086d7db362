// Where people say what becomes of a step: on its run's page, or by a link that was sent to them. The page that asks changes
// nothing, so whoever looks ahead at a link decides nothing.
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Clock } from '../core/clock.ts';
import { type DecisionClaims, readDecision } from '../core/decision-link.ts';
import { PipewardenError } from '../core/errors.ts';
import type { Incident } from '../core/incident.ts';
import { ORDERS, type Order, planDigest } from '../core/order.ts';
import type { PlaybookRun } from '../core/playbook.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import { useOnce, wasUsed } from '../core/single-use.ts';
import { stepAnchor } from '../core/step-anchor.ts';
import type { Frame } from './layout.ts';
import { loadRun, type RunView } from './load.ts';
import { linkPage } from './pages/link.ts';
import { linkUseless, notFound } from './pages/notices.ts';
import { runPage } from './pages/run.ts';
import type { Refused, Voice } from './parts/decision.ts';
import type { ActionInfo } from './parts/run.ts';
import { isOwnForm, type Session } from './sessions.ts';

/** Who settles what people say. */
export interface Decisions {
  /** Why somebody may not decide about a run, as a sentence; undefined where they may. */
  objection(by: string, run: PlaybookRun, incident: Incident | undefined): string | undefined;
  /** Rejects with ORDER_REFUSED, which says why, or NOT_FOUND. */
  give(run: string, order: Order): Promise<unknown>;
}

export interface DecisionRoutes {
  readonly store: DocumentStore;
  readonly clock: Clock;
  /** The console's: links are signed with it. */
  readonly key: Uint8Array;
  readonly decisions: Decisions;
  readonly actions: ReadonlyMap<string, ActionInfo>;
  readonly session: (c: Context) => Session;
  readonly frame: (c: Context) => Frame;
}

/** What somebody wants to say, and by what. */
interface Wish {
  readonly step: number;
  readonly channel: 'console' | 'link';
  /** Of the link; a form says its own. */
  readonly plan?: string;
  /** Asked last; gives why it is too late. */
  readonly claim?: () => Promise<string | undefined>;
}

const MOST_BYTES = 16 * 1024;

export function decisionRoutes(routes: DecisionRoutes): Hono {
  const { store, clock, key, decisions, actions, session, frame } = routes;
  const app = new Hono();
  app.post('*', bodyLimit({ maxSize: MOST_BYTES, onError: (c) => c.text('That is too long.\n', 413) }));

  app.get('/runs/:id', async (c) => {
    const view = await loadRun(store, c.req.param('id'));
    return view ? c.html(ofRun(c, view)) : missing(c, c.req.param('id'));
  });

  app.post('/runs/:id/steps/:number', async (c) => {
    const view = await loadRun(store, c.req.param('id'));
    if (!view) return missing(c, c.req.param('id'));
    return await take(c, view, { step: Number(c.req.param('number')) - 1, channel: 'console' });
  });

  app.get('/decide/:token', async (c) => {
    const opened = await open(c);
    if (typeof opened === 'string') return c.html(linkUseless(frame(c), opened), 410);
    const { claims, view } = opened;
    return c.html(linkPage(frame(c), view, claims.step, c.req.path, { actions, voice: voiceOf(c, view) }));
  });

  app.post('/decide/:token', async (c) => {
    const opened = await open(c);
    if (typeof opened === 'string') return c.html(linkUseless(frame(c), opened), 410);
    const { claims, view } = opened;
    const claim = async () =>
      (await useOnce(store, claims.nonce, clock.now())) ? undefined : 'the link was used a moment ago';
    return await take(c, view, { step: claims.step, channel: 'link', plan: claims.plan, claim });
  });

  return app;

  /** What a link leads to, or why it leads nowhere. */
  async function open(c: Context): Promise<{ readonly claims: DecisionClaims; readonly view: RunView } | string> {
    const claims = readDecision({ key, now: clock.now() }, c.req.param('token') ?? '');
    const view = claims && (await loadRun(store, claims.run));
    const step = claims && view?.run.steps[claims.step];
    if (!claims || !step) return 'It is not one of ours, or its time is over.';
    const { person } = session(c);
    if (claims.person !== undefined && person !== undefined && claims.person !== person) {
      return 'It was made for somebody else.';
    }
    if (await wasUsed(store, claims.nonce)) return 'It was used before, and works once.';
    if (claims.plan !== planDigest(step)) return 'What would be sent has changed since it was made.';
    return { claims, view };
  }

  async function take(c: Context, view: RunView, { step, channel, plan, claim }: Wish): Promise<Response> {
    const own = session(c);
    const { person: by } = own;
    const form = await c.req.parseBody();
    const text = (field: string) => (typeof form[field] === 'string' ? form[field] : '');
    if (!isOwnForm(own, form.token)) return c.text('The form is not of this session: open its page again.\n', 403);
    const kind = ORDERS.find((one) => one === form.kind);
    if (!kind) return c.text('The form does not say what is wanted.\n', 400);
    const reason = text('reason').trim();
    const refuse = (problem: string, now = view) => c.html(ofRun(c, now, { step, kind, problem, reason }), 409);
    if (by === undefined) return refuse('nobody knows who you are');
    const { objection } = voiceOf(c, view);
    if (objection !== undefined) return refuse(objection);
    if (reason === '') return refuse('say why: the reason stands in the audit trail');
    const late = await claim?.();
    if (late !== undefined) return refuse(late);
    try {
      await decisions.give(view.run.id, { kind, step, by, reason, channel, plan: plan ?? text('plan') });
    } catch (error) {
      if (!(error instanceof PipewardenError && error.code === 'ORDER_REFUSED')) throw error;
      return refuse(error.message, await loadRun(store, view.run.id));
    }
    return c.redirect(`/runs/${view.run.id}#${stepAnchor(view.run.id, step)}`, 303);
  }

  function ofRun(c: Context, view: RunView, refused?: Refused) {
    return runPage(frame(c), view, { actions, voice: voiceOf(c, view, refused) });
  }

  function voiceOf(c: Context, { run, incident }: RunView, refused?: Refused): Voice {
    return voiceIn(session(c), decisions, run, incident, refused);
  }

  function missing(c: Context, id: string) {
    return c.html(notFound(frame(c), 'run', id), 404);
  }
}

/** Whether somebody may say something about a run, for the pages that show it. */
export function voiceIn(
  { person, formToken }: Session,
  decisions: Decisions,
  run: PlaybookRun,
  incident: Incident | undefined,
  refused?: Refused,
): Voice {
  const objection = person === undefined ? undefined : decisions.objection(person, run, incident);
  return {
    formToken,
    ...(person !== undefined && { person }),
    ...(objection !== undefined && { objection }),
    ...(refused && { refused }),
  };
}

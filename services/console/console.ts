// The console: pages for people, health and metrics for machines, behind one-time login links. Serving is the host's.
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Clock } from '../core/clock.ts';
import type { DetectorInfo } from '../core/detector.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { DeadJob } from '../core/ports/job-queue.ts';
import { SEVERITIES } from '../core/severity.ts';
import { SECOND } from '../core/time.ts';
import { type Health, healthApp } from '../telemetry/health.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { guard } from './guard.ts';
import type { Frame } from './layout.ts';
import { type Filter, loadDead, loadFinding, loadIncident, loadIncidents } from './load.ts';
import { measure } from './measures/measures.ts';
import { deadPage } from './pages/dead.ts';
import { findingPage } from './pages/finding.ts';
import { incidentPage } from './pages/incident.ts';
import { incidentsPage } from './pages/incidents.ts';
import { measuresPage, WINDOWS } from './pages/measures.ts';
import { failed, loginNeeded, notFound } from './pages/notices.ts';
import type { ActionInfo } from './parts/run.ts';
import { SESSION_LIFE, Sessions } from './sessions.ts';
import { STYLE } from './style.ts';

export interface ConsoleOptions {
  readonly store: DocumentStore;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** Everything in the store comes from the bundled recording. */
  readonly sample: boolean;
  readonly mode: 'dry' | 'act';
  /** Cryptographically strong. */
  readonly random: (bytes: number) => Buffer;
  readonly health: () => Health;
  readonly detectors: readonly DetectorInfo[];
  readonly actions: readonly ActionInfo[];
  /** Jobs that are not tried any more, the last to die first. */
  readonly deadJobs: (limit: number) => Promise<readonly DeadJob[]>;
  /** Host names beside the loopback ones under which it is reached, without port. */
  readonly hosts?: readonly string[];
}

export interface Console {
  readonly app: Hono;
  /** Path and query of a fresh one-time login link, good for 15 minutes. */
  loginPath(): string;
}

const COOKIE = 'pipewarden_session';
const STATUSES = ['open', 'closed', 'merged'] as const;
const ID = /^[\w.:-]{1,128}$/;

export function createConsole(options: ConsoleOptions): Console {
  const { store, telemetry, clock, health } = options;
  const sessions = new Sessions(clock, options.random);
  const catalogue = {
    detectors: new Map(options.detectors.map((detector) => [detector.id, detector])),
    actions: new Map(options.actions.map((action) => [action.id, action])),
  };
  const frame = (): Frame => ({ sample: options.sample, mode: options.mode, health: health(), now: clock.now() });

  const app = new Hono();
  app.use(guard(options.hosts ?? []));

  app.route('/', healthApp({ metrics: telemetry.metrics, health }));
  // The one asset; it says nothing about the data, and the page that asks for a login wants it too.
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));

  app.get('/login', (c) => {
    if (sessions.isOpen(getCookie(c, COOKIE))) return c.redirect('/', 303);
    // A HEAD is somebody's look ahead at the link, not its use.
    const session = c.req.method === 'GET' ? sessions.enter(c.req.query('token') ?? '') : undefined;
    if (!session) return c.html(loginNeeded(), 401);
    setCookie(c, COOKIE, session, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: SESSION_LIFE / SECOND });
    return c.redirect('/', 303);
  });

  app.use(async (c, next) => (sessions.isOpen(getCookie(c, COOKIE)) ? next() : c.html(loginNeeded(), 401)));

  app.get('/', async (c) => {
    const filter = readFilter(c);
    return c.html(incidentsPage(frame(), await loadIncidents(store, filter), filter));
  });
  app.get('/incidents/:id', async (c) => {
    const id = c.req.param('id');
    const view = ID.test(id) ? await loadIncident(store, id) : undefined;
    return view ? c.html(incidentPage(frame(), view, catalogue)) : c.html(notFound(frame(), 'incident', id), 404);
  });
  app.get('/findings/:id', async (c) => {
    const id = c.req.param('id');
    const record = ID.test(id) ? await loadFinding(store, id) : undefined;
    if (!record) return c.html(notFound(frame(), 'finding', id), 404);
    return c.html(findingPage(frame(), record, catalogue.detectors.get(record.finding.detector)));
  });
  app.get('/measures', async (c) => {
    const days = WINDOWS.find((window) => String(window) === c.req.query('days')) ?? 30;
    return c.html(measuresPage(frame(), await measure(store, clock.now(), days), days));
  });
  app.get('/given-up', async (c) => {
    return c.html(deadPage(frame(), await loadDead(store, options.deadJobs, c.req.query('after'))));
  });

  app.notFound((c) => c.html(notFound(frame(), 'page', ''), 404));
  app.onError((error, c) => {
    const known = error instanceof PipewardenError ? error : undefined;
    if (known?.code === 'STORE_REFUSED') return c.html(failed('Its address asks for something that cannot be.'), 400);
    telemetry.log.error('The console could not make a page.', { problem: messageOf(error) });
    return known?.fate === 'retry'
      ? c.html(failed('The document store does not answer at the moment. Try again in a few seconds.'), 503)
      : c.html(failed('The log of this process says why.'), 500);
  });

  return { app, loginPath: () => `/login?token=${sessions.invite()}` };
}

/** Unknown words are left out: the address was typed, or is an older version's. Without a status: the open ones. */
function readFilter(c: Context): Filter {
  const asked = c.req.query('status');
  const status = asked === 'all' ? undefined : (STATUSES.find((one) => one === asked) ?? 'open');
  const severity = SEVERITIES.find((one) => one === c.req.query('severity'));
  const after = c.req.query('after');
  return { ...(status ? { status } : {}), ...(severity ? { severity } : {}), ...(after ? { after } : {}) };
}

// The console: pages for people, health and metrics for machines, behind one-time login links. Serving is the host's.
import { type Context, Hono } from 'hono';
import type { Clock } from '../core/clock.ts';
import type { DetectorInfo } from '../core/detector.ts';
import { messageOf, PipewardenError } from '../core/errors.ts';
import { loginPath } from '../core/login-link.ts';
import type { PlaybookRun } from '../core/playbook.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { DeadJob } from '../core/ports/job-queue.ts';
import { SEVERITIES } from '../core/severity.ts';
import { type Health, healthApp } from '../telemetry/health.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { type Decisions, decisionRoutes, voiceIn } from './decisions.ts';
import { guard } from './guard.ts';
import type { Frame } from './layout.ts';
import { type Filter, ID, loadDead, loadFinding, loadIncident, loadIncidents } from './load.ts';
import { createLogin } from './login.ts';
import { measure } from './measures/measures.ts';
import { deadPage } from './pages/dead.ts';
import { findingPage } from './pages/finding.ts';
import { incidentPage } from './pages/incident.ts';
import { incidentsPage } from './pages/incidents.ts';
import { measuresPage, WINDOWS } from './pages/measures.ts';
import { failed, notFound } from './pages/notices.ts';
import type { ActionInfo } from './parts/run.ts';
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
  /** Signs links into here; 32 bytes. */
  readonly key: Uint8Array;
  readonly decisions: Decisions;
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
  /** Path and query of a fresh one-time login link, for a person, or for somebody who only looks. */
  loginPath(person?: string): string;
}

const STATUSES = ['open', 'closed', 'merged'] as const;

export function createConsole(options: ConsoleOptions): Console {
  const { store, telemetry, clock, health, key, random, decisions } = options;
  const login = createLogin({ store, clock, random, key });
  const { session } = login;
  const catalogue = {
    detectors: new Map(options.detectors.map((detector) => [detector.id, detector])),
    actions: new Map(options.actions.map((action) => [action.id, action])),
  };
  const frame = (c: Context): Frame => {
    const { person } = session(c);
    const { sample, mode } = options;
    return { sample, mode, health: health(), now: clock.now(), ...(person !== undefined && { person }) };
  };

  const app = new Hono();
  app.use(guard(options.hosts ?? []));

  app.route('/', healthApp({ metrics: telemetry.metrics, health }));
  // The one asset; it says nothing about the data, and the page that asks for a login wants it too.
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));

  app.route('/', login.app);
  app.use(login.only);

  app.route('/', decisionRoutes({ store, clock, key, decisions, actions: catalogue.actions, session, frame }));
  app.get('/', async (c) => {
    const filter = readFilter(c);
    return c.html(incidentsPage(frame(c), await loadIncidents(store, filter), filter));
  });
  app.get('/incidents/:id', async (c) => {
    const id = c.req.param('id');
    const view = ID.test(id) ? await loadIncident(store, id) : undefined;
    if (!view) return c.html(notFound(frame(c), 'incident', id), 404);
    const voice = (run: PlaybookRun) => voiceIn(session(c), decisions, run, view.incident);
    return c.html(incidentPage(frame(c), view, catalogue, voice));
  });
  app.get('/findings/:id', async (c) => {
    const id = c.req.param('id');
    const record = ID.test(id) ? await loadFinding(store, id) : undefined;
    if (!record) return c.html(notFound(frame(c), 'finding', id), 404);
    return c.html(findingPage(frame(c), record, catalogue.detectors.get(record.finding.detector)));
  });
  app.get('/measures', async (c) => {
    const days = WINDOWS.find((window) => String(window) === c.req.query('days')) ?? 30;
    return c.html(measuresPage(frame(c), await measure(store, clock.now(), days), days));
  });
  app.get('/given-up', async (c) => {
    return c.html(deadPage(frame(c), await loadDead(store, options.deadJobs, c.req.query('after'))));
  });

  app.notFound((c) => c.html(notFound(frame(c), 'page', ''), 404));
  app.onError((error, c) => {
    const known = error instanceof PipewardenError ? error : undefined;
    if (known?.code === 'STORE_REFUSED') return c.html(failed('Its address asks for something that cannot be.'), 400);
    telemetry.log.error('The console could not make a page.', { problem: messageOf(error) });
    return known?.fate === 'retry'
      ? c.html(failed('The document store does not answer at the moment. Try again in a few seconds.'), 503)
      : c.html(failed('The log of this process says why.'), 500);
  });

  return { app, loginPath: (person) => loginPath({ key, random, now: clock.now() }, person) };
}

/** Unknown words are left out: the address was typed, or is an older version's. Without a status: the open ones. */
function readFilter(c: Context): Filter {
  const asked = c.req.query('status');
  const status = asked === 'all' ? undefined : (STATUSES.find((one) => one === asked) ?? 'open');
  const severity = SEVERITIES.find((one) => one === c.req.query('severity'));
  const after = c.req.query('after');
  return { ...(status ? { status } : {}), ...(severity ? { severity } : {}), ...(after ? { after } : {}) };
}

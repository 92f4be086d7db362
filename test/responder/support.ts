// A responder with the real embedded adapters in a folder of its own, and the incident that the stories are about.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { loadPlaybooks } from '../../playbooks/load.ts';
import { openSqliteDocumentStore } from '../../services/adapters/document-store/sqlite.ts';
import { openSqliteEventLog } from '../../services/adapters/event-log/sqlite.ts';
import { openSqliteJobQueue } from '../../services/adapters/job-queue/sqlite.ts';
import type { Action, Api, Target } from '../../services/core/action.ts';
import { type Clock, systemClock } from '../../services/core/clock.ts';
import type { Incident } from '../../services/core/incident.ts';
import type { Json } from '../../services/core/json.ts';
import type { Playbook, PlaybookRun } from '../../services/core/playbook.ts';
import type { DocumentStore } from '../../services/core/ports/document-store.ts';
import type { EventLog } from '../../services/core/ports/event-log.ts';
import type { JobQueue } from '../../services/core/ports/job-queue.ts';
import { formatInstant } from '../../services/core/time.ts';
import { createRedactor } from '../../services/redactor/engine.ts';
import { createDeciders } from '../../services/responder/deciders.ts';
import { createFreezer } from '../../services/responder/freeze.ts';
import type { PlannedStep } from '../../services/responder/plan.ts';
import { OPEN_POLICY } from '../../services/responder/policy.ts';
import { type Responder, startResponder } from '../../services/responder/responder.ts';
import type { RunDocument } from '../../services/responder/run.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { incidentOf } from '../helpers/incidents.ts';

export const SHIPPED: readonly Playbook[] = loadPlaybooks(fileURLToPath(new URL('../../playbooks', import.meta.url)));

const STEP = { approval: null, after: [], timeout: null };

/** Two actions, the first of which cannot be undone. */
export const CONTAIN: Playbook = {
  id: 'contain-run',
  version: 1,
  title: 'Contain a run',
  description: 'Cancels runs and disables their workflows.',
  when: { severity: 'high', entities: ['run'] },
  steps: [
    { ...STEP, action: 'github.cancel-run' },
    { ...STEP, action: 'github.disable-workflow' },
  ],
};

/** One that asks. */
export const FREEZE: Playbook = {
  id: 'freeze-branch',
  version: 1,
  title: 'Freeze the branch',
  description: 'Holds the default branch.',
  when: { severity: 'high', entities: ['repository'], detectors: ['pipeline-definition-changed'] },
  steps: [{ ...STEP, action: 'github.freeze-branch', approval: { people: 1 } }],
};

/** What the engine is tested with; what is shipped has tests of its own. */
export const PLAYBOOKS: readonly Playbook[] = [CONTAIN, FREEZE];

/** A run sends something to a host that its workflow never met, after its definition was changed. */
export function attack(own: Partial<Incident> = {}): Incident {
  return incidentOf([], {
    id: 'incident-1',
    severity: 'high',
    updated: formatInstant(systemClock.now()),
    detectors: ['new-workflow-egress'],
    entities: [
      { type: 'actor', id: 'mallory' },
      { type: 'repository', id: 'acme/shop' },
      { type: 'run', id: 'acme/shop/42' },
      { type: 'pipeline', id: 'acme/shop:.github/workflows/ci.yml' },
    ],
    ...own,
  });
}

/** Its second chapter: the pipeline's definition was changed too, which asks for a frozen branch. */
export function attackOnDefinition(own: Partial<Incident> = {}): Incident {
  return attack({ detectors: ['new-workflow-egress', 'pipeline-definition-changed'], revision: 2, ...own });
}

/** A step as playbooks ask for one, without anything beside. */
export function stepOf(action: Action, target: Target, group = 0): PlannedStep {
  return { playbook: CONTAIN, action, target, approval: null, group, after: [], timeout: null, shown: false };
}

const redactor = createRedactor({ key: Buffer.alloc(32, 7) });

export function redact(json: Json): Json {
  return redactor.json(json, new Set()).value;
}

/** Whoever has a name may decide. */
export const ANYBODY = createDeciders([], []);

export interface Site {
  readonly log: EventLog;
  readonly queue: JobQueue;
  readonly store: DocumentStore;
  start(
    mode: 'dry' | 'act',
    api?: Api,
    actions?: ReadonlyMap<string, Action>,
    playbooks?: readonly Playbook[],
  ): Promise<Responder>;
  say(...incidents: readonly Incident[]): Promise<void>;
  /** All runs, by incident. */
  runs(): Promise<Record<string, RunDocument>>;
  close(): Promise<void>;
}

/** `open` gives the queue instead of the embedded one; the site closes it. */
export async function openSite(open?: () => Promise<JobQueue>, clock: Clock = systemClock): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'responder-'));
  const log = openSqliteEventLog({ path: join(folder, 'log.db'), clock, pollMs: 20 });
  const queue = open ? await open() : openSqliteJobQueue({ path: join(folder, 'queue.db'), clock, pollMs: 20 });
  const store = openSqliteDocumentStore({ path: join(folder, 'store.db'), clock });
  const started: Responder[] = [];
  return {
    log,
    queue,
    store,
    async start(mode, api, actions = ACTIONS, playbooks = PLAYBOOKS) {
      const responder = await startResponder({
        log,
        queue,
        store,
        playbooks,
        actions,
        apis: new Map(api ? [['github', api]] : []),
        mode,
        policy: OPEN_POLICY,
        freezer: createFreezer(folder, store),
        redact,
        telemetry: createTelemetry('silent'),
        clock,
        owner: `responder-${started.length}`,
      });
      started.push(responder);
      return responder;
    },
    async say(...incidents) {
      const entries = incidents.map((incident) => ({ key: incident.id, value: JSON.stringify(incident) }));
      await log.append('incident', entries);
    },
    async runs() {
      const { documents } = await store.search<RunDocument>('run', {});
      return Object.fromEntries(documents.map(({ body }) => [body.incident, body]));
    },
    async close() {
      for (const responder of started) await responder.close();
      await queue.close();
      await log.close();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A clock that is set by hand. */
export function handClock(start = Date.parse('2026-03-01T10:00:00Z')): Clock & { pass(milliseconds: number): void } {
  let now = start;
  return {
    now: () => now,
    sleep: systemClock.sleep,
    pass(milliseconds) {
      now += milliseconds;
    },
  };
}

export function statuses(run: PlaybookRun | undefined): readonly string[] | undefined {
  return run?.steps.map(({ action, status }) => `${action} ${status}`);
}

export function trail(run: PlaybookRun | undefined): readonly string[] | undefined {
  return run?.audit.map(({ action }) => action);
}

// A playbook's run as the responder's worker does it, at a system that really is there.
import { setTimeout as sleep } from 'node:timers/promises';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { Api, Target } from '../../services/core/action.ts';
import { systemClock } from '../../services/core/clock.ts';
import { fateOf } from '../../services/core/errors.ts';
import { giveOrder } from '../../services/responder/orders.ts';
import { createRun, type RunDocument } from '../../services/responder/run.ts';
import { createRunWorker } from '../../services/responder/worker.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { ANYBODY, attack, openSite, redact, stepOf } from '../responder/support.ts';
import { readRun } from '../responder/workers.ts';

/** A step that the system takes its time for is tried again for so long. */
const PATIENCE_MS = 60_000;

export interface ActingOn {
  /** One step after the other; gives the run when nothing is left to do. */
  run(steps: readonly (readonly [action: string, target: Target])[]): Promise<RunDocument>;
  /** All of its steps that can be undone. */
  undo(run: RunDocument): Promise<RunDocument>;
  close(): Promise<void>;
}

export async function actingOn(system: string, api: Api): Promise<ActingOn> {
  const site = await openSite();
  const { store, queue, log } = site;
  const clock = systemClock;
  const work = createRunWorker({
    actions: ACTIONS,
    apis: new Map([[system, api]]),
    store,
    log,
    clock,
    telemetry: createTelemetry('silent'),
    guard: async () => undefined,
    mode: 'act',
    redact,
    owner: 'responder',
  });
  let runs = 0;

  async function settled(run: RunDocument): Promise<RunDocument> {
    for (const deadline = clock.now() + PATIENCE_MS; ; await sleep(250)) {
      try {
        await work({ id: 'job', data: { run: run.id } }, new AbortController().signal);
        return await readRun(site, run);
      } catch (error) {
        if (fateOf(error) !== 'retry' || clock.now() > deadline) throw error;
      }
    }
  }

  return {
    async run(steps) {
      const planned = steps.map(([id, target], group) => {
        const action = ACTIONS.get(id);
        if (!action) throw new Error(`no action ${id}`);
        return stepOf(action, target, group);
      });
      runs += 1;
      const run = createRun(attack({ id: `incident-${runs}` }), planned, 'act', clock.now());
      await store.put('run', run.id, run, 'absent');
      return await settled(run);
    },
    async undo(run) {
      const order = { kind: 'undo', by: 'mara', reason: 'it was a drill', channel: 'command' } as const;
      return await settled(await giveOrder({ store, queue, clock, deciders: ANYBODY }, run.id, order));
    },
    close: () => site.close(),
  };
}

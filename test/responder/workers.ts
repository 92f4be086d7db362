// Workers of a responder on their own, and ports that die under them.
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { Api } from '../../services/core/action.ts';
import type { Clock } from '../../services/core/clock.ts';
import type { DocumentStore } from '../../services/core/ports/document-store.ts';
import type { EventLog } from '../../services/core/ports/event-log.ts';
import type { Guard } from '../../services/responder/guards.ts';
import type { RunDocument } from '../../services/responder/run.ts';
import { createRunWorker } from '../../services/responder/worker.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { redact, type Site } from './support.ts';

interface Parts {
  readonly api: Api;
  readonly store: DocumentStore;
  readonly log: EventLog;
}

export interface WorkerParts extends Parts {
  readonly mode: 'dry' | 'act';
  readonly guard: Guard;
}

/** Works on one run, as the queue would hand it out. */
export function workerOf(site: Site, api: Api, clock: Clock, system = 'github') {
  return (owner: string, parts: Partial<WorkerParts> = {}) => {
    const work = createRunWorker({
      actions: ACTIONS,
      apis: new Map([[system, parts.api ?? api]]),
      store: parts.store ?? site.store,
      log: parts.log ?? site.log,
      clock,
      telemetry: createTelemetry('silent'),
      guard: parts.guard ?? (async () => undefined),
      mode: parts.mode ?? 'act',
      redact,
      owner,
    });
    return async (run: RunDocument) => await work({ id: 'job', data: { run: run.id } }, new AbortController().signal);
  };
}

export async function readRun(site: Site, run: RunDocument): Promise<RunDocument> {
  const stored = await site.store.get<RunDocument>('run', run.id);
  if (!stored) throw new Error('the run is gone');
  return stored.body;
}

/** Ports that die at their `n`-th effect, just before it or just after it, and stay dead. */
export function mortal(
  { store, log }: Site,
  api: Api,
  n: number,
  moment: 'before' | 'after',
): Parts & { readonly dead: () => boolean } {
  let count = 0;
  let dead = false;
  async function live<Result>(effect: () => Promise<Result>): Promise<Result> {
    if (!dead && ++count < n) return await effect();
    if (!dead && moment === 'after') await effect();
    dead = true;
    throw new Error('killed');
  }
  return {
    dead: () => dead,
    api: async (request, signal) => await live(() => api(request, signal)),
    store: {
      ...store,
      get: async (collection, id) => await live(() => store.get(collection, id)),
      put: async (...args) => await live(() => store.put(...args)),
    },
    log: { ...log, append: async (topic, entries) => await live(() => log.append(topic, entries)) },
  };
}

// From incidents to playbook runs. For each: document → job → offset, in this order, so that a crash anywhere repeats
// what is not yet done and never loses it.
import type { Action } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import { messageOf } from '../core/errors.ts';
import type { Incident } from '../core/incident.ts';
import type { Playbook } from '../core/playbook.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { Entry, Subscription } from '../core/ports/event-log.ts';
import type { JobQueue } from '../core/ports/job-queue.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { planSteps } from './plan.ts';
import { addSteps, cancelSteps, createRun, isUnfinished, MAX_STEPS, type RunDocument, runId } from './run.ts';
import { enqueueRun } from './run-queue.ts';
import { changeRun, createRunDocument } from './run-store.ts';

const GROUP = 'responder';

export interface DispatchParts {
  readonly store: DocumentStore;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly playbooks: readonly Playbook[];
  readonly actions: ReadonlyMap<string, Action>;
  /** Whether a playbook's runs may act; sample incidents never do. */
  readonly mode: (playbook: Playbook) => 'dry' | 'act';
}

/** Consumes the incident topic. */
export function dispatchIncidents(parts: DispatchParts): Subscription {
  return {
    group: GROUP,
    topic: 'incident',
    async open() {
      return {
        async process(batch) {
          for (const incident of newestStates(batch)) {
            const runs =
              incident.status === 'open' ? await openRuns(parts, incident) : await cancelRuns(parts, incident);
            for (const run of runs) {
              if (isUnfinished(run) || run.unexported > 0) await enqueueRun(parts.queue, run);
            }
          }
          return {};
        },
      };
    },
    onError(error, partition) {
      parts.telemetry.metrics.batchFailures.inc({ group: GROUP });
      parts.telemetry.log.error('Incidents could not be answered yet', { partition, error: messageOf(error) });
    },
  };
}

/** A state that another one in the same batch replaces is not acted on any more. */
function newestStates(batch: readonly Entry[]): Iterable<Incident> {
  const newest = new Map<string, Incident>();
  for (const { value } of batch) {
    const incident: Incident = JSON.parse(value);
    newest.set(incident.id, incident);
  }
  return newest.values();
}

async function openRuns(parts: DispatchParts, incident: Incident): Promise<RunDocument[]> {
  const { store, clock, playbooks, actions } = parts;
  const runs: RunDocument[] = [];
  for (const playbook of playbooks) {
    const steps = planSteps(incident, playbook, actions);
    if (steps.length === 0) continue;
    if (steps.length > MAX_STEPS) {
      const fields = { incident: incident.id, playbook: playbook.id, targets: steps.length, taken: MAX_STEPS };
      parts.telemetry.log.warn('An incident names more targets than a playbook run takes', fields);
    }
    const mode = incident.sample ? 'dry' : parts.mode(playbook);
    const fresh = createRun(incident, playbook, steps, mode, clock.now());
    const run = (await createRunDocument(store, fresh))
      ? fresh
      : await changeRun(store, fresh.id, (found) => addSteps(found, steps, clock.now()));
    if (run) runs.push(run);
  }
  return runs;
}

async function cancelRuns(parts: DispatchParts, incident: Incident): Promise<RunDocument[]> {
  const { store, clock, playbooks } = parts;
  // Search may lag behind, so the runs that it may not see yet are asked for by id; it knows those of older versions.
  const found = await store.search<RunDocument>('run', {
    where: [{ field: 'incident', is: incident.id }],
    limit: 1000,
  });
  const ids = new Set([
    ...playbooks.map((playbook) => runId(incident, playbook)),
    ...found.documents.map(({ id }) => id),
  ]);
  const problem = incident.status === 'merged' ? 'the incident was merged into another' : 'the incident was closed';
  const runs: RunDocument[] = [];
  for (const id of ids) {
    const run = await changeRun(store, id, (current) => cancelSteps(current, problem, clock.now()));
    if (run) runs.push(run);
  }
  return runs;
}

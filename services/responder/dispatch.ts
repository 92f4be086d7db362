// From incidents to playbook runs. For each: document → job → offset, in this order, so that a crash anywhere repeats
// what is not yet done and never loses it.
import type { Action } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import { unreadable } from '../core/dead-letter.ts';
import { messageOf } from '../core/errors.ts';
import type { Incident } from '../core/incident.ts';
import { isObject, parsedJson } from '../core/json.ts';
import type { Playbook } from '../core/playbook.ts';
import type { DocumentStore } from '../core/ports/document-store.ts';
import type { Entry, Subscription } from '../core/ports/event-log.ts';
import type { JobQueue } from '../core/ports/job-queue.ts';
import { DAY } from '../core/time.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { planContainment } from './plan.ts';
import { modeFor, type Policy } from './policy.ts';
import { addSteps, cancelSteps, createRun, isUnfinished, MAX_STEPS, type RunDocument, runId } from './run.ts';
import { enqueueRun } from './run-queue.ts';
import { changeRun, createRunDocument } from './run-store.ts';

const GROUP = 'responder';

/**
 * An incident whose last finding is older than this when it is first met is shown, not acted on: a responder that starts
 * for the first time, or after a long rest, meets all that is kept, and who was contained then would be struck now.
 */
const FRESH = DAY;

export interface DispatchParts {
  readonly store: DocumentStore;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly playbooks: readonly Playbook[];
  readonly actions: ReadonlyMap<string, Action>;
  /** Whether runs may act at all; those of sample incidents never do. */
  readonly mode: 'dry' | 'act';
  readonly policy: Policy;
}

/** Consumes the incident topic. */
export function dispatchIncidents(parts: DispatchParts): Subscription {
  return {
    group: GROUP,
    topic: 'incident',
    async open() {
      return {
        async process(batch, signal) {
          const { incidents, garbage } = read(batch);
          for (const incident of newestStates(incidents)) {
            // Who has lost the partition must not begin what its heir may have cancelled.
            signal.throwIfAborted();
            const runs =
              incident.status === 'open' ? [await openRun(parts, incident)] : await cancelRuns(parts, incident);
            for (const run of runs) {
              if (run && (isUnfinished(run) || run.unexported > 0)) await enqueueRun(parts.queue, run);
            }
          }
          parts.telemetry.metrics.deadLetters.inc({ component: GROUP }, garbage.length);
          return { produce: garbage.map((entry) => unreadable(GROUP, 'incident', entry, parts.clock.now())) };
        },
      };
    },
    onError(error, partition) {
      parts.telemetry.metrics.batchFailures.inc({ group: GROUP });
      parts.telemetry.log.error('Incidents could not be answered yet', { partition, error: messageOf(error) });
    },
  };
}

/** One entry that cannot be read must not hold up the containment of everything after it. */
function read(batch: readonly Entry[]): {
  readonly incidents: readonly Incident[];
  readonly garbage: readonly Entry[];
} {
  const incidents: Incident[] = [];
  const garbage: Entry[] = [];
  for (const entry of batch) {
    const value = parsedJson(entry.value);
    if (isIncident(value)) incidents.push(value);
    else garbage.push(entry);
  }
  return { incidents, garbage };
}

/** The correlator wrote it: enough to tell an incident from garbage. */
function isIncident(value: unknown): value is Incident {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    typeof value.status === 'string' &&
    typeof value.severity === 'string' &&
    Array.isArray(value.detectors) &&
    Array.isArray(value.entities) &&
    value.entities.every((entity) => isObject(entity) && typeof entity.id === 'string')
  );
}

/** A state that another one in the same batch replaces is not acted on any more. */
function newestStates(incidents: readonly Incident[]): Iterable<Incident> {
  return new Map(incidents.map((incident) => [incident.id, incident])).values();
}

async function openRun(parts: DispatchParts, incident: Incident): Promise<RunDocument | undefined> {
  const { store, clock, playbooks, actions, policy } = parts;
  const now = clock.now();
  const steps = planContainment(incident, playbooks, actions, (playbook) => modeFor(policy, playbook, incident, now));
  if (steps.length === 0) return undefined;
  if (steps.length > MAX_STEPS) {
    const fields = { incident: incident.id, steps: steps.length, taken: MAX_STEPS };
    parts.telemetry.log.warn('An incident names more targets than a playbook run takes', fields);
  }
  const mode = incident.sample || !isFresh(incident, clock) ? 'dry' : parts.mode;
  const fresh = createRun(incident, steps, mode, now);
  if (await createRunDocument(store, fresh)) return fresh;
  return await changeRun(store, fresh.id, (found) => addSteps(found, steps, now));
}

/** False too for a time that cannot be read. */
function isFresh({ updated }: Incident, clock: Clock): boolean {
  return clock.now() - Date.parse(updated) <= FRESH;
}

async function cancelRuns(parts: DispatchParts, incident: Incident): Promise<RunDocument[]> {
  const { store, clock } = parts;
  // Search may lag behind, so the run that it may not see yet is asked for by id; it knows those of earlier versions.
  const found = await store.search<RunDocument>('run', {
    where: [{ field: 'incident', is: incident.id }],
    limit: 1000,
  });
  const ids = new Set([runId(incident), ...found.documents.map(({ id }) => id)]);
  const problem = incident.status === 'merged' ? 'the incident was merged into another' : 'the incident was closed';
  const runs: RunDocument[] = [];
  for (const id of ids) {
    const run = await changeRun(store, id, (current) => cancelSteps(current, problem, clock.now()));
    if (run) runs.push(run);
  }
  return runs;
}

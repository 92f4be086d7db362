// GitHub's words for the state and outcome of a run, in those of OpenTelemetry (`cicd.pipeline.run.state`, `.result`).
import type { Cicd } from '../../../../core/activity.ts';

type Run = NonNullable<NonNullable<Cicd['pipeline']>['run']>;

const STATES: ReadonlyMap<string, NonNullable<Run['state']>> = new Map([
  ['requested', 'pending'],
  ['queued', 'pending'],
  ['waiting', 'pending'],
  ['pending', 'pending'],
  ['in_progress', 'executing'],
  ['completed', 'finished'],
]);

/** `neutral`, `stale` and `action_required` have no counterpart: they stay in the record alone. */
const RESULTS: ReadonlyMap<string, NonNullable<Run['result']>> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['cancelled', 'cancellation'],
  ['skipped', 'skip'],
  ['timed_out', 'timeout'],
  ['startup_failure', 'error'],
  ['error', 'error'],
]);

export function runState(status: string | undefined): Run['state'] {
  return status === undefined ? undefined : STATES.get(status);
}

export function runResult(conclusion: string | undefined): Run['result'] {
  return conclusion === undefined ? undefined : RESULTS.get(conclusion);
}

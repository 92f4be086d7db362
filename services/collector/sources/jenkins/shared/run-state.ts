// Jenkins' words for the result of a build and the phase that it is in.
// https://javadoc.jenkins.io/hudson/model/Result.html and https://plugins.jenkins.io/notification/
import type { Cicd } from '../../../../core/activity.ts';

type Run = NonNullable<NonNullable<Cicd['pipeline']>['run']>;

/** `UNSTABLE` is a build whose tests failed. */
const RESULTS: ReadonlyMap<string, NonNullable<Run['result']>> = new Map([
  ['SUCCESS', 'success'],
  ['UNSTABLE', 'failure'],
  ['FAILURE', 'failure'],
  ['ABORTED', 'cancellation'],
  ['NOT_BUILT', 'skip'],
]);

const PHASES: ReadonlyMap<string, NonNullable<Run['state']>> = new Map([
  ['QUEUED', 'pending'],
  ['STARTED', 'executing'],
  ['COMPLETED', 'finalizing'],
  ['FINALIZED', 'finished'],
]);

export function runResult(result: string | undefined): Run['result'] {
  return result === undefined ? undefined : RESULTS.get(result);
}

export function runState(phase: string | undefined): Run['state'] {
  return phase === undefined ? undefined : PHASES.get(phase);
}

// GitLab's words for the status of a pipeline or job, in those of OpenTelemetry.
// https://docs.gitlab.com/api/pipelines/ and https://docs.gitlab.com/ci/jobs/#available-job-statuses
import type { Cicd } from '../../../../core/activity.ts';

type Run = NonNullable<NonNullable<Cicd['pipeline']>['run']>;

const STATES: ReadonlyMap<string, NonNullable<Run['state']>> = new Map([
  ['created', 'pending'],
  ['waiting_for_resource', 'pending'],
  ['waiting_for_callback', 'pending'],
  ['preparing', 'pending'],
  ['pending', 'pending'],
  ['scheduled', 'pending'],
  ['manual', 'pending'],
  ['running', 'executing'],
  ['canceling', 'finalizing'],
  ['success', 'finished'],
  ['failed', 'finished'],
  ['canceled', 'finished'],
  ['skipped', 'finished'],
]);

const RESULTS: ReadonlyMap<string, NonNullable<Run['result']>> = new Map([
  ['success', 'success'],
  ['failed', 'failure'],
  ['canceled', 'cancellation'],
  ['skipped', 'skip'],
]);

export function runState(status: string | undefined): Run['state'] {
  return status === undefined ? undefined : STATES.get(status);
}

/** `reason`: why a job failed (`job_execution_timeout`, `script_failure` …); jobs that did not fail name one too. */
export function runResult(status: string | undefined, reason?: string): Run['result'] {
  const result = status === undefined ? undefined : RESULTS.get(status);
  return result === 'failure' && reason?.includes('timeout') ? 'timeout' : result;
}

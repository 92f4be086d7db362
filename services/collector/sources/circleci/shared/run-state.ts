// CircleCI's words for the status of a workflow or job, in those of OpenTelemetry.
// https://circleci.com/docs/guides/orchestrate/workflows/#states
import type { Result } from '../../../../core/details/pipeline.ts';

const RESULTS: ReadonlyMap<string, Result> = new Map([
  ['success', 'success'],
  ['failed', 'failure'],
  ['failing', 'failure'],
  ['error', 'error'],
  ['infrastructure_fail', 'error'],
  ['timedout', 'timeout'],
  ['canceled', 'cancellation'],
  ['cancelled', 'cancellation'],
  ['not_run', 'skip'],
  ['unauthorized', 'error'],
]);

export function runResult(status: string | undefined): Result | undefined {
  return status === undefined ? undefined : RESULTS.get(status);
}

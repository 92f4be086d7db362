// Whether pipelines and jobs of GitLab still do something. https://docs.gitlab.com/ci/jobs/#available-job-statuses
import type { Json } from '../../../services/core/json.ts';
import { field, word } from '../answer.ts';

const FINISHED: ReadonlySet<string> = new Set(['success', 'failed', 'canceled', 'skipped']);

/** Why nothing of it is left to cancel, undefined while there is. What waits for a person may still be started. */
export function finished(what: string, state: Json): string | undefined {
  const status = word(field(state, 'status'));
  return FINISHED.has(status) ? `The ${what} has already finished (${status}).` : undefined;
}

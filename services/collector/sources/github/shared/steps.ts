// The steps of a job and how long things took, from the stamps beside them.
import type { StepRun } from '../../../../core/details/pipeline.ts';
import type { Json } from '../../../../core/json.ts';
import { type Instant, SECOND } from '../../../../core/time.ts';
import { instant, known, list, text } from '../../../fields.ts';
import { runResult } from './run-state.ts';

const MOST_STEPS = 200;

export function stepRuns(job: Json | undefined): readonly StepRun[] | undefined {
  const steps = list(job, 'steps')
    .slice(0, MOST_STEPS)
    .flatMap((step) => {
      const name = text(step, 'name');
      const seconds = secondsBetween(instant(step, 'started_at'), instant(step, 'completed_at'));
      return name === undefined ? [] : [known({ name, result: runResult(text(step, 'conclusion')), seconds })];
    });
  return steps.length > 0 ? steps : undefined;
}

/** Undefined where one is missing, or where the stamps contradict each other. */
export function secondsBetween(from: Instant | undefined, to: Instant | undefined): number | undefined {
  if (from === undefined || to === undefined || to < from) return undefined;
  return (to - from) / SECOND;
}

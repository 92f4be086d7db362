// Pipeline runs, task runs, builds and tests.
// https://cdevents.dev/docs/core/ and …/continuous-integration/, …/testing-events/

import type { ActivityDetails, Cicd } from '../../../../core/activity.ts';
import { anyKnown, identifier, known, text } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import type { CdEvent } from './event.ts';

type Run = NonNullable<NonNullable<Cicd['pipeline']>['run']>;

const STATES: ReadonlyMap<string, NonNullable<Run['state']>> = new Map([
  ['queued', 'pending'],
  ['started', 'executing'],
  ['finished', 'finished'],
  ['skipped', 'finished'],
]);
const RESULTS: ReadonlyMap<string, NonNullable<Run['result']>> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  // Tests, and pipelines before version 0.4.
  ['pass', 'success'],
  ['fail', 'failure'],
  ['cancel', 'cancellation'],
  ['error', 'error'],
]);

function resultOf({ content, predicate }: CdEvent): Run['result'] {
  const outcome = text(content, 'outcome')?.toLowerCase();
  return predicate === 'skipped' ? 'skip' : outcome === undefined ? undefined : RESULTS.get(outcome);
}

/** A pipeline's run, or a build: a process of its own that makes an artifact. */
export function run(event: CdEvent): Piece {
  const { subject, content, predicate } = event;
  const id = identifier(subject, 'id');
  const parts = known({
    name: text(content, 'pipelineName'),
    run:
      id === undefined
        ? undefined
        : known({
            id,
            state: STATES.get(predicate),
            result: resultOf(event),
            url: text(content, 'uri') ?? text(content, 'url'),
          }),
  });
  return { kind: 'run', cicd: { pipeline: parts }, detail: { action: predicate } };
}

/** A task of a pipeline's run; of a test, its suite or case is the task. */
export function task(event: CdEvent): Piece {
  const { subject, content, predicate } = event;
  const id = identifier(subject, 'id');
  const run = identifier(content, 'pipelineRun', 'id');
  const name =
    text(content, 'taskName') ?? text(content, 'testSuite', 'name') ?? text(content, 'testCase', 'name') ?? id;
  const pipeline = anyKnown({
    name: text(content, 'pipelineRun', 'pipelineName'),
    run: run === undefined ? undefined : { id: run },
    task: name === undefined ? undefined : known({ name, run: anyKnown({ id, result: resultOf(event) }) }),
  });
  const detail: ActivityDetails['job'] = { action: predicate };
  return known({ kind: 'job', cicd: pipeline && { pipeline }, detail });
}

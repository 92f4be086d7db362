import { expect, test } from 'vitest';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { JobOptions, JobQueue } from '../../services/core/ports/job-queue.ts';
import { planContainment } from '../../services/responder/plan.ts';
import { createRun, type RunDocument } from '../../services/responder/run.ts';
import { enqueueRun } from '../../services/responder/run-queue.ts';
import { attack, CONTAIN, openSite } from './support.ts';

test('what contains goes first; what only tells, and what only has to be written down, waits', async () => {
  const run = createRun(attack(), planContainment(attack(), [CONTAIN], ACTIONS), 'dry', 0);
  const site = await openSite();
  const turns: JobOptions['turn'][] = [];
  const queue: JobQueue = { ...site.queue, enqueue: async (_queue, _job, options) => void turns.push(options?.turn) };
  const notify: RunDocument = { ...run, steps: run.steps.map((step) => ({ ...step, kind: 'notify' })) };
  const over: RunDocument = {
    ...run,
    status: 'done',
    steps: run.steps.map((step) => ({ ...step, status: 'planned' })),
  };
  for (const each of [run, notify, over]) await enqueueRun(queue, each);
  expect(turns).toEqual(['first', 'last', 'last']);
  await site.close();
});

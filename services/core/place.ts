// Where an activity happens: what has a past of its own, and holds pipelines, jobs and runs. All that is learned of them
// is kept together, so that a young job can borrow from its pipeline, and that from its repository.
import type { Activity } from './activity.ts';
import { entityOf } from './entities-of.ts';
import type { Entity } from './entity.ts';
import { runsAreCountedBy } from './run-ids.ts';

/**
 * The repository; where the system's pipelines do not belong to one (Jenkins, Buildbot, Buildkite), the pipeline; of a
 * sensor's event that names neither, the pool of the runner. Undefined for what happens elsewhere.
 */
export function placeOf(activity: Activity): Entity | undefined {
  const repository = entityOf('repository', activity);
  if (repository && runsAreCountedBy(activity) === 'repository') return repository;
  return entityOf('pipeline', activity) ?? repository ?? entityOf('pool', activity);
}

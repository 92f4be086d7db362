// Deletes all schedules of a project of CircleCI, which start its pipelines again and again.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { entries, field } from '../answer.ts';
import { noneLeft } from '../deleting.ts';
import { listed } from './listed.ts';
import { isUuid, projectPath } from './paths.ts';

const ID = 'circleci.delete-schedules';

export const deleteSchedules = defineAction({
  id: ID,
  kind: 'disable-workflow',
  title: 'Delete the schedules of a project of CircleCI',
  system: 'circleci',
  target: 'repository',
  byName: true,
  permissions: ['personal API token of somebody who may write to the project'],
  reversible: false,
  undoing: 'Cannot be undone; make them again under Project Settings → Triggers.',
  reference: 'https://circleci.com/docs/api/v2/#operation/deleteScheduleById',
  proof: 'documentation',

  async look(target, api, signal) {
    const found = await listed(schedulesPath(target), api, signal);
    const ids = found
      .map((one) => field(one, 'id'))
      .filter(isUuid)
      .toSorted();
    return { state: { ids }, touches: [`${ids.length} schedules.`] };
  },

  intend(target, state) {
    schedulesPath(target);
    const ids = state === undefined ? ['{schedule_id}'] : entries(field(state, 'ids'));
    return {
      summary: `Delete the schedules of ${target.repository} at CircleCI.`,
      changes: ids.map((id) => ({ method: 'DELETE', path: `/v2/schedule/${id}`, accepts: [200, 404] })),
      blast_radius: [
        `Nothing starts pipelines of ${target.repository} by the clock any more, except what its own configuration schedules.`,
      ],
    };
  },

  holds: (_target, state) => (noneLeft(state) ? 'The project has no schedule.' : undefined),
});

function schedulesPath(target: Target): string {
  return `${projectPath(ID, target)}/schedule`;
}

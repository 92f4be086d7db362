// Switches a job off: nothing starts a build of it any more.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { flag } from '../flag.ts';
import { jobName, jobPath, reading, TAKEN } from './paths.ts';

const ID = 'jenkins.disable-job';

export const disableJob = defineAction({
  id: ID,
  kind: 'disable-workflow',
  title: 'Disable a job of Jenkins',
  system: 'jenkins',
  target: 'pipeline',
  permissions: ['Job/Read', 'Job/Configure'],
  reversible: true,
  undoing: 'Enables the job again, if it was enabled before.',
  reference: 'https://javadoc.jenkins.io/jenkins/model/ParameterizedJobMixIn.ParameterizedJob.html#doDisable()',
  proof: 'real',

  async look(target, api, signal) {
    const request = reading(jobPath(ID, target), 'buildable,color,inQueue,downstreamProjects[name]');
    const { body } = await ask(api, request, [200], signal);
    return { state: { buildable: flag(request, body, 'buildable') }, touches: touchesOf(body) };
  },

  intend(target) {
    const name = jobName(ID, target);
    return {
      summary: `Disable the job ${name}.`,
      changes: [{ method: 'POST', path: `${jobPath(ID, target)}/disable`, accepts: TAKEN }],
      blast_radius: [
        `Pushes, schedules, other jobs and people no longer start ${name}; what waits of it in the queue is dropped.`,
        'Builds that have begun go on.',
      ],
    };
  },

  holds(_target, state) {
    return field(state, 'buildable') === false ? 'The job is disabled.' : undefined;
  },

  undo(target, before) {
    if (field(before, 'buildable') !== true) return [];
    return [{ method: 'POST', path: `${jobPath(ID, target)}/enable`, accepts: TAKEN }];
  },
});

function touchesOf(body: Json): readonly string[] {
  const color = field(body, 'color');
  const below = field(body, 'downstreamProjects');
  const jobs = Array.isArray(below) ? below.length : 0;
  return [
    ...(typeof color === 'string' && color.endsWith('_anime') ? ['A build of it runs at this moment.'] : []),
    ...(field(body, 'inQueue') === true ? ['A build of it waits in the queue.'] : []),
    ...(jobs > 0 ? [`Jobs that start after it, and now do not: ${jobs}.`] : []),
  ];
}

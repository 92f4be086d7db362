// Keeps all of a Jenkins from beginning builds.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { flag } from '../flag.ts';
import { reading, TAKEN } from './paths.ts';

const ID = 'jenkins.quiet-down';

export const quietDown = defineAction({
  id: ID,
  kind: 'pause-runner',
  title: 'Keep Jenkins from beginning builds',
  system: 'jenkins',
  target: 'system',
  permissions: ['Overall/Manage'],
  reversible: true,
  undoing: 'Lets Jenkins begin builds again, if it did before.',
  reference: 'https://javadoc.jenkins.io/jenkins/model/Jenkins.html#doQuietDown()',
  proof: 'documentation',
  // Of the whole system, when it is about one agent, nobody has thought.
  byName: true,

  async look(_target, api, signal) {
    const request = reading('', 'quietingDown');
    const { body } = await ask(api, request, [200], signal);
    return { state: { quiet: flag(request, body, 'quietingDown') } };
  },

  intend() {
    return {
      summary: 'Keep Jenkins from beginning builds.',
      changes: [{ method: 'POST', path: '/quietDown', accepts: TAKEN }],
      blast_radius: [
        'No build of any job begins, on no agent; what is asked for waits in the queue.',
        'Builds that have begun go on; Pipelines pause at their next step.',
      ],
    };
  },

  holds(_target, state) {
    return field(state, 'quiet') === true ? 'Jenkins begins no builds.' : undefined;
  },

  undo(_target, before) {
    return field(before, 'quiet') === false ? [{ method: 'POST', path: '/cancelQuietDown', accepts: TAKEN }] : [];
  },
});

// The three ways in which Jenkins ends a build: they differ in what is left of its own say.
import { type Action, defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field, word } from '../answer.ts';
import { flag } from '../flag.ts';
import { buildNumber, buildPath, jobName, reading, TAKEN } from './paths.ts';

interface Ending {
  readonly id: string;
  readonly title: string;
  readonly verb: 'Stop' | 'Terminate' | 'Kill';
  /** What is asked for: `stop`. */
  readonly call: 'stop' | 'term' | 'kill';
  /** Beside the build itself. */
  readonly consequence: string;
  readonly proof: Action['proof'];
  readonly byName?: true;
}

export function endingBuild({ id, title, verb, call, consequence, proof, byName }: Ending): Action {
  return defineAction({
    id,
    kind: 'cancel-run',
    title,
    system: 'jenkins',
    target: 'run',
    permissions: ['Job/Read', 'Job/Cancel'],
    reversible: false,
    undoing: 'Cannot be undone; "Build Now" on the job\'s page, or "Rebuild" on the build\'s, starts another.',
    reference: 'https://www.jenkins.io/doc/book/using/aborting-a-build/',
    proof,
    ...(byName && { byName }),

    async look(target, api, signal) {
      const request = reading(buildPath(id, target), 'building,result');
      const { body } = await ask(api, request, [200], signal);
      const result = field(body, 'result');
      return {
        state: {
          building: flag(request, body, 'building'),
          result: typeof result === 'string' ? word(result.toLowerCase()) : null,
        },
      };
    },

    intend(target) {
      const name = `build ${buildNumber(id, target)} of ${jobName(id, target)}`;
      return {
        summary: `${verb} ${name}.`,
        // Where nothing runs any more Jenkins answers the same.
        changes: [{ method: 'POST', path: `${buildPath(id, target)}/${call}`, accepts: TAKEN }],
        blast_radius: [
          `All of ${name} ends; what it has not finished is lost.`,
          consequence,
          'A deployment in the middle of it is left half done.',
        ],
      };
    },

    /** Jenkins takes seconds to end the processes. */
    holds(_target, state) {
      if (field(state, 'building') !== false) return undefined;
      return `The build has already ended (${word(field(state, 'result'))}).`;
    },
  });
}

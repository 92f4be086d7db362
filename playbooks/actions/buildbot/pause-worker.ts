// Pauses a worker: it begins no build any more, and stays connected.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { flag } from '../flag.ts';
import { calling, listed, workerPath } from './paths.ts';

const ID = 'buildbot.pause-worker';
/** By which it is known again. */
const REASON = 'Paused by Pipewarden';
/** Builds that are counted. */
const MOST = 100;

export const pauseWorker = defineAction({
  id: ID,
  kind: 'pause-runner',
  title: 'Pause a worker of Buildbot',
  system: 'buildbot',
  target: 'runner',
  permissions: ['AnyControlEndpointMatcher'],
  reversible: true,
  undoing: 'Lets the worker begin builds again, if it did before and nobody has given another reason meanwhile.',
  reference: 'https://docs.buildbot.net/latest/developer/raml/worker.html',
  proof: 'real',

  async look(target, api, signal) {
    const request = { method: 'GET', path: workerPath(ID, target) } as const;
    const { body } = await ask(api, request, [200], signal);
    const worker = listed(body, 'workers')[0] ?? null;
    const paused = flag(request, worker, 'paused');
    const ours = paused && field(worker, 'pause_reason') === REASON;
    const id = field(worker, 'workerid');
    const path = `/workers/${id}/builds?complete=false&limit=${MOST}`;
    const running = typeof id === 'number' ? (await ask(api, { method: 'GET', path }, [200], signal)).body : null;
    const busy = listed(running, 'builds').length;
    return { state: { paused, ours }, touches: busy > 0 ? [`Builds that run on it at this moment: ${busy}.`] : [] };
  },

  intend(target) {
    return {
      summary: `Pause the worker ${target.id}.`,
      changes: [calling(workerPath(ID, target), 'pause', { reason: REASON })],
      blast_radius: [
        `Builders that have no other worker than ${target.id} begin no build.`,
        'Builds that have begun on it go on; the machine stays connected.',
      ],
    };
  },

  holds(_target, state) {
    return field(state, 'paused') === true ? 'The worker is paused.' : undefined;
  },

  undo(target, before, now) {
    if (field(before, 'paused') !== false || field(now, 'ours') !== true) return [];
    return [calling(workerPath(ID, target), 'unpause', {})];
  },
});

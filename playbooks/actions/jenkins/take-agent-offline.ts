// Takes an agent offline: it begins no build any more, and stays connected.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { flag } from '../flag.ts';
import { agentPath, reading, TAKEN } from './paths.ts';

const ID = 'jenkins.take-agent-offline';
/** By which it is known again. */
const MESSAGE = 'Taken offline by Pipewarden';
const TREE = 'displayName,temporarilyOffline,offlineCauseReason,executors[idle],oneOffExecutors[idle]';

export const takeAgentOffline = defineAction({
  id: ID,
  kind: 'pause-runner',
  title: 'Take an agent of Jenkins offline',
  system: 'jenkins',
  target: 'runner',
  permissions: ['Agent/Disconnect', 'Agent/Connect, to undo it'],
  reversible: true,
  undoing: 'Brings the agent back online, if it was online before and nobody has given another reason meanwhile.',
  reference: 'https://javadoc.jenkins.io/hudson/model/Computer.html#doToggleOffline(java.lang.String)',
  proof: 'real',

  async look(target, api, signal) {
    const request = reading(agentPath(ID, target), TREE);
    const { body } = await ask(api, request, [200], signal);
    // Of an agent that took the old name of Jenkins' own node, that node would be found in its place.
    if (target.id === 'master' && field(body, 'displayName') !== 'master') {
      const { method, path } = request;
      throw new PipewardenError('API_UNEXPECTED', {
        method,
        path,
        problem: 'it is not the node that is called master',
      });
    }
    const offline = flag(request, body, 'temporarilyOffline');
    // Jenkins gives a text, be it empty; where there is none, the reason is not told.
    const reason = field(body, 'offlineCauseReason');
    const ours = offline && (reason === MESSAGE || reason === null);
    return { state: { offline, ours }, touches: touchesOf(body) };
  },

  intend(target) {
    return {
      summary: `Take the agent ${target.id} offline.`,
      // It goes both ways: sent only where a look has just said that the agent is online.
      changes: [
        {
          method: 'POST',
          path: `${agentPath(ID, target)}/toggleOffline`,
          form: { offlineMessage: MESSAGE },
          accepts: TAKEN,
        },
      ],
      blast_radius: [
        `Builds that need ${target.id} wait, if no other agent fits them.`,
        'Builds that have begun on it go on; the machine stays connected.',
      ],
    };
  },

  holds(_target, state) {
    return field(state, 'offline') === true ? 'The agent is offline.' : undefined;
  },

  undo(target, before, now) {
    if (field(before, 'offline') !== false || field(now, 'ours') !== true) return [];
    return [{ method: 'POST', path: `${agentPath(ID, target)}/toggleOffline`, accepts: TAKEN }];
  },
});

function touchesOf(body: Json): readonly string[] {
  const executors = [field(body, 'executors'), field(body, 'oneOffExecutors')].flatMap((all) =>
    Array.isArray(all) ? all : [],
  );
  const busy = executors.filter((executor) => field(executor, 'idle') === false).length;
  return busy > 0 ? [`Builds that run on it at this moment: ${busy}.`] : [];
}

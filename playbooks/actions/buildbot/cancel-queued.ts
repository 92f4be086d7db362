// Cancels what was requested of a builder and has not begun.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { builderName, calling, listed } from './paths.ts';

const ID = 'buildbot.cancel-queued';
const REASON = 'Cancelled by Pipewarden';

export const cancelQueued = defineAction({
  id: ID,
  kind: 'cancel-run',
  title: 'Cancel what waits of a builder of Buildbot',
  system: 'buildbot',
  target: 'pipeline',
  permissions: ['StopBuildEndpointMatcher'],
  reversible: false,
  undoing: 'Cannot be undone; whoever asked for the builds asks again.',
  reference: 'https://docs.buildbot.net/latest/developer/raml/buildrequest.html',
  proof: 'real',

  async look(target, api, signal) {
    const path = `/builders/${encodeURIComponent(builderName(ID, target))}`;
    const found = listed((await ask(api, { method: 'GET', path }, [200], signal)).body, 'builders')[0] ?? null;
    const [builder] = numberIn(found, 'builderid');
    if (builder === undefined) {
      throw new PipewardenError('API_UNEXPECTED', { method: 'GET', path, problem: 'the builder has no id' });
    }
    const requests = `/builders/${builder}/buildrequests?complete=false&claimed=false`;
    const { body } = await ask(api, { method: 'GET', path: requests }, [200], signal);
    if (!Array.isArray(field(body, 'buildrequests'))) {
      throw new PipewardenError('API_UNEXPECTED', { method: 'GET', path: requests, problem: 'it lists no requests' });
    }
    const waiting = listed(body, 'buildrequests').flatMap((one) => numberIn(one, 'buildrequestid'));
    return { state: { waiting: waiting.sort((a, b) => a - b) } };
  },

  intend(target, state) {
    const name = builderName(ID, target);
    const waiting = state === undefined ? ['{buildrequestid}'] : waitingIn(state);
    return {
      summary: `Cancel the builds that are requested of ${name} and have not begun.`,
      changes: waiting.map((id) => calling(`/buildrequests/${id}`, 'cancel', { reason: REASON })),
      blast_radius: [`Builds of ${name} that wait do not begin; those that run go on.`],
    };
  },

  holds(target, state) {
    return waitingIn(state).length === 0 ? `No build of ${builderName(ID, target)} waits.` : undefined;
  },
});

function waitingIn(state: Json): readonly Json[] {
  return listed(state, 'waiting');
}

function numberIn(thing: Json, name: string): readonly number[] {
  const value = field(thing, name);
  return typeof value === 'number' && Number.isSafeInteger(value) ? [value] : [];
}

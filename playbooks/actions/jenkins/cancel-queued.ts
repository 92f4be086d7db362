// Takes a job's builds out of the queue before they begin.
import { type Change, defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { jobName, reading } from './paths.ts';

const ID = 'jenkins.cancel-queued';

export const cancelQueued = defineAction({
  id: ID,
  kind: 'cancel-run',
  title: 'Cancel what waits of a job of Jenkins',
  system: 'jenkins',
  target: 'pipeline',
  permissions: ['Job/Read', 'Job/Cancel'],
  reversible: false,
  undoing: 'Cannot be undone; "Build Now" on the job\'s page queues another build.',
  reference: 'https://javadoc.jenkins.io/hudson/model/Queue.html#doCancelItem(long)',
  proof: 'documentation',

  async look(target, api, signal) {
    const request = reading('/queue', 'items[id,task[url]]');
    const { body } = await ask(api, request, [200], signal);
    const items = field(body, 'items');
    if (!Array.isArray(items)) {
      const { method, path } = request;
      throw new PipewardenError('API_UNEXPECTED', { method, path, problem: 'it lists no queue' });
    }
    const own = jobName(ID, target);
    const waiting = items.filter((item) => jobIn(field(field(item, 'task'), 'url')) === own).flatMap(idOf);
    return { state: { waiting: waiting.sort((a, b) => a - b) } };
  },

  intend(target, state) {
    const name = jobName(ID, target);
    return {
      summary: `Cancel the builds of ${name} that wait in the queue.`,
      changes: state === undefined ? [cancelling('{id}')] : waitingIn(state).map((id) => cancelling(`${id}`)),
      blast_radius: [`Builds of ${name} that wait do not begin; those that run go on.`],
    };
  },

  holds(target, state) {
    return waitingIn(state).length === 0 ? `No build of ${jobName(ID, target)} waits.` : undefined;
  },
});

/** 404: it has begun, or was cancelled. Jenkins before 2.322 answers with the way back to a page. */
function cancelling(id: string): Change {
  return { method: 'POST', path: `/queue/cancelItem?id=${id}`, accepts: [204, 302, 404] };
}

/** Of `https://HOST/jenkins/job/folder/job/name/`: `folder/name`. Jenkins encodes other characters than we do. */
function jobIn(url: Json): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  const { pathname } = new URL(url);
  const path = pathname.slice(pathname.indexOf('/job/'));
  // A build that runs and waits for an agent stands below its job.
  if (!/^(?:\/job\/[^/]+)+\/$/.test(path)) return undefined;
  const names = path.split('/').filter((_part, index) => index > 0 && index % 2 === 0);
  try {
    return names.map(decodeURIComponent).join('/');
  } catch {
    return undefined;
  }
}

function idOf(item: Json): readonly number[] {
  const id = field(item, 'id');
  return typeof id === 'number' && Number.isSafeInteger(id) ? [id] : [];
}

function waitingIn(state: Json): readonly number[] {
  const waiting = field(state, 'waiting');
  return Array.isArray(waiting) ? waiting.filter((id) => typeof id === 'number') : [];
}

// Switches a workflow off: no event starts it any more.
import { type Api, defineAction, type Target } from '../../../services/core/action.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { isObject, type Json } from '../../../services/core/json.ts';
import { field, runNumber, runPath, STATE_NOT_READ, send, word, workflowPath, workflowsPath } from '../github-api.ts';

const ID = 'github.disable-workflow';

export const disableWorkflow = defineAction({
  id: ID,
  kind: 'disable-workflow',
  title: 'Disable a workflow of GitHub Actions',
  system: 'github',
  target: 'pipeline',
  permissions: ['actions: write'],
  reversible: true,
  undoing: 'Enables the workflow again, if it was enabled before.',
  reference: 'https://docs.github.com/en/rest/actions/workflows#disable-a-workflow',

  async plan(target, read, signal) {
    const path = await pathOf(target, read, signal);
    const name = nameOf(target);
    const plan = {
      summary: `Disable ${name}.`,
      requests: [{ method: 'PUT', path: `${path}/disable` }],
    } as const;
    const radius = [
      `Pushes, schedules and people no longer start ${name}; checks that branch protection requires of it stay open.`,
      'Runs that have begun go on.',
    ];
    if (!read) {
      const open = target.run === undefined ? [] : ['GitHub tells the workflow’s id when it is asked for the run.'];
      return { ...plan, blast_radius: [...radius, STATE_NOT_READ, ...open], before: null };
    }
    const { body } = await send(read, { method: 'GET', path }, [200], signal);
    const before = { path, state: word(field(body, 'state')) };
    if (before.state === 'active') return { ...plan, blast_radius: radius, before };
    return { ...plan, requests: [], blast_radius: [], before, already_done: `The workflow is ${before.state}.` };
  },

  async execute(plan, api, signal) {
    for (const request of plan.requests) await send(api, request, [204], signal);
    return null;
  },

  async verify(target, plan, _result, read, signal) {
    const path = pathBefore(plan.before) ?? (await pathOf(target, read, signal));
    const { body } = await send(read, { method: 'GET', path }, [200], signal);
    return word(field(body, 'state')).startsWith('disabled');
  },

  undo(_target, plan) {
    const path = pathBefore(plan.before);
    return plan.requests.length > 0 && path !== undefined ? [{ method: 'PUT', path: `${path}/enable` }] : [];
  },
});

/**
 * The workflow's path: by its file, or by what GitHub says of a run of it. A dry run without a credential cannot ask,
 * and says `{workflow_id}`, as GitHub's documentation does.
 */
async function pathOf(target: Target, read: Api | undefined, signal: AbortSignal): Promise<string> {
  if (target.run === undefined) return workflowPath(ID, target);
  const run = runPath(ID, target);
  if (!read) return `${workflowsPath(ID, target)}/{workflow_id}`;
  const { body } = await send(read, { method: 'GET', path: run }, [200], signal);
  const id = field(body, 'workflow_id');
  if (typeof id === 'number' && Number.isSafeInteger(id)) return `${workflowsPath(ID, target)}/${id}`;
  throw new PipewardenError('API_REFUSED', { method: 'GET', path: run, status: 200, problem: 'it names no workflow' });
}

function nameOf(target: Target): string {
  const what =
    target.run === undefined ? `the workflow ${target.definition}` : `the workflow of run ${runNumber(ID, target)}`;
  return `${what} of ${target.repository}`;
}

function pathBefore(before: Json): string | undefined {
  return isObject(before) && typeof before.path === 'string' ? before.path : undefined;
}

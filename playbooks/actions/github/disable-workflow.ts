// Switches a workflow off: no event starts it any more.
import { defineAction } from '../../../services/core/action.ts';
import { field, STATE_NOT_READ, send, word, workflowPath } from '../github-api.ts';

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
    const path = workflowPath(ID, target);
    const name = `${target.definition} of ${target.repository}`;
    const plan = {
      summary: `Disable the workflow ${name}.`,
      requests: [{ method: 'PUT', path: `${path}/disable` }],
    } as const;
    const radius = [
      `Pushes, schedules and people no longer start ${name}; checks that branch protection requires of it stay open.`,
      'Runs that have begun go on.',
    ];
    if (!read) return { ...plan, blast_radius: [...radius, STATE_NOT_READ], before: null };
    const { body } = await send(read, { method: 'GET', path }, [200], signal);
    const before = { state: word(field(body, 'state')) };
    if (before.state === 'active') return { ...plan, blast_radius: radius, before };
    return { ...plan, requests: [], blast_radius: [], before, already_done: `The workflow is ${before.state}.` };
  },

  async execute(plan, api, signal) {
    for (const request of plan.requests) await send(api, request, [204], signal);
    return null;
  },

  async verify(target, _plan, _result, read, signal) {
    const { body } = await send(read, { method: 'GET', path: workflowPath(ID, target) }, [200], signal);
    return word(field(body, 'state')).startsWith('disabled');
  },

  undo(target, plan) {
    return plan.requests.length > 0 ? [{ method: 'PUT', path: `${workflowPath(ID, target)}/enable` }] : [];
  },
});

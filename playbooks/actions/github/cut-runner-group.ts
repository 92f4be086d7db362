// Takes the runners of a group away from a repository, as long as the group is for single repositories.
import { type Change, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import type { Json } from '../../../services/core/json.ts';
import { field, idOf, pathIn } from '../answer.ts';
import { listed } from '../listed.ts';
import { invalid } from '../target.ts';
import { organizationPath, repositoryPath } from './paths.ts';
import { refuseHosted } from './shared/runner.ts';

const ID = 'github.cut-runner-group';
const GONE = 'The repository may not use the group, or there is none of that name.';

export const cutRunnerGroup = defineAction({
  id: ID,
  kind: 'isolate-runner',
  title: "Take a runner's group away from a repository",
  system: 'github',
  target: 'runner',
  byName: true,
  permissions: ['organization self-hosted runners: write', 'metadata: read'],
  reversible: true,
  undoing: 'Lets the repository use the group again.',
  reference:
    'https://docs.github.com/en/rest/actions/self-hosted-runner-groups#remove-repository-access-to-a-self-hosted-runner-group-in-an-organization',
  proof: 'schema',

  async look(target, api, signal) {
    const groups = await listed(groupsPath(target), api, signal, { name: 'runner_groups' });
    const group = groups.find((one) => field(one, 'name') === target.runner_group) ?? null;
    const id = idOf(group);
    if (id === undefined) return { state: { path: null, open: false } };
    if (field(group, 'visibility') !== 'selected') {
      throw invalid(ID, target, 'its group is for more than single repositories, of which GitHub leaves out none');
    }
    const { body } = await ask(api, { method: 'GET', path: repositoryPath(ID, target) }, [200], signal);
    const path = `${groupsPath(target)}/${id}/repositories`;
    const open = (await listed(path, api, signal, { name: 'repositories' })).some((one) => idOf(one) === idOf(body));
    return { state: { path: `${path}/${idOf(body)}`, open } };
  },

  intend(target, state) {
    const path = pathOf(state) ?? `${groupsPath(target)}/{runner_group_id}/repositories/{repository_id}`;
    return {
      summary: `Take the runners of ${target.runner_group} away from ${target.repository}.`,
      changes: [access('DELETE', path)],
      blast_radius: [
        `Jobs of ${target.repository} that ask for runners of ${target.runner_group} wait for others that fit.`,
        'Jobs that have begun go on; other repositories use the group as before.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'open') === true ? undefined : GONE),

  undo(_target, before, now) {
    const path = pathOf(now);
    const isOurs = field(before, 'open') === true && field(now, 'open') === false && path === pathOf(before);
    return isOurs && path !== undefined ? [access('PUT', path)] : [];
  },
});

function access(method: 'PUT' | 'DELETE', path: string): Change {
  return { method, path, accepts: [204] };
}

function pathOf(state: Json | undefined): string | undefined {
  return pathIn(state, /^\/orgs\/[\w-]+\/actions\/runner-groups\/\d+\/repositories\/\d+$/);
}

function groupsPath(target: Target): string {
  refuseHosted(ID, target);
  repositoryPath(ID, target);
  if (!/^[^\p{C}]{1,100}$/u.test(target.runner_group ?? '')) throw invalid(ID, target, 'its group is not known');
  return `${organizationPath(ID, target)}/actions/runner-groups`;
}

// Deletes the branch that a run came from, as long as it is still at the commit that the run built.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { invalid } from '../target.ts';
import { branchPart, branchRef, repositoryPath, revisionPart } from './paths.ts';

const ID = 'github.delete-branch';

export const deleteBranch = defineAction({
  id: ID,
  kind: 'restore',
  title: 'Delete the branch that a run came from',
  system: 'github',
  target: 'run',
  byName: true,
  permissions: ['contents: write'],
  reversible: true,
  undoing: 'Creates the branch again at the same commit; pull requests from it stay closed.',
  reference: 'https://docs.github.com/en/rest/git/refs#delete-a-reference',
  proof: 'schema',

  /** A pull request's run from a fork names the fork's branch, which may be called as one of ours is: the commit tells. */
  async look(target, api, signal) {
    const repository = repositoryPath(ID, target);
    const ref = `${repository}/git/ref/${branchPart(ID, target)}`;
    const { status, body } = await ask(api, { method: 'GET', path: ref }, [200, 404], signal);
    if (status === 404) return { state: { revision: null } };
    if (field(field(body, 'object'), 'sha') !== revisionPart(ID, target)) {
      throw invalid(ID, target, 'its branch is not at the commit of the run: it has moved on, or is that of a fork');
    }
    const home = await ask(api, { method: 'GET', path: repository }, [200], signal);
    if (field(home.body, 'default_branch') === target.branch) throw invalid(ID, target, 'it is the default branch');
    return { state: { revision: revisionPart(ID, target) } };
  },

  intend(target) {
    const path = `${repositoryPath(ID, target)}/git/refs/${branchPart(ID, target)}`;
    return {
      summary: `Delete the branch ${target.branch} of ${target.repository}, at ${revisionPart(ID, target).slice(0, 12)}.`,
      changes: [{ method: 'DELETE', path, accepts: [204, 404] }],
      blast_radius: ['Pull requests from it are closed; runs that have begun go on.'],
    };
  },

  holds(_target, state) {
    return field(state, 'revision') === null ? 'There is no such branch.' : undefined;
  },

  undo(target, before, now) {
    if (field(before, 'revision') !== revisionPart(ID, target) || field(now, 'revision') !== null) return [];
    const body = { ref: branchRef(ID, target), sha: revisionPart(ID, target) };
    return [{ method: 'POST', path: `${repositoryPath(ID, target)}/git/refs`, body, accepts: [201] }];
  },
});

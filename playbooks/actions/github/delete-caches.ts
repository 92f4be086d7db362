// Deletes the caches that runs of a branch have written, so that no later run takes what was put there.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { deletions, idsState, noneLeft } from '../deleting.ts';
import { listed } from '../listed.ts';
import { invalid } from '../target.ts';
import { branchRef, repositoryPath } from './paths.ts';

const ID = 'github.delete-caches';

export const deleteCaches = defineAction({
  id: ID,
  kind: 'restore',
  title: "Delete the caches of a run's branch",
  system: 'github',
  target: 'run',
  byName: true,
  permissions: ['actions: write'],
  reversible: false,
  undoing: 'Cannot be undone, and need not be: the next run writes them anew.',
  reference:
    'https://docs.github.com/en/rest/actions/cache#delete-a-github-actions-cache-for-a-repository-using-a-cache-id',
  proof: 'schema',

  async look(target, api, signal) {
    const path = `${cachesPath(target)}?ref=${encodeURIComponent(refOf(target))}`;
    const found = await listed(path, api, signal, { name: 'actions_caches' });
    return { state: idsState(found), touches: [`${found.length} caches.`] };
  },

  intend(target, state) {
    return {
      summary: `Delete the caches of the branch ${refOf(target).slice('refs/heads/'.length)} of ${target.repository}.`,
      changes: deletions(cachesPath(target), 'cache_id', state),
      blast_radius: ['The next runs of the branch take longer; of the default branch, those of all others too.'],
    };
  },

  holds(_target, state) {
    return noneLeft(state) ? 'The branch has no caches.' : undefined;
  },
});

function cachesPath(target: Target): string {
  return `${repositoryPath(ID, target)}/actions/caches`;
}

function refOf(target: Target): string {
  if (target.branch === undefined) throw invalid(ID, target, 'its branch is not known');
  return branchRef(ID, target);
}

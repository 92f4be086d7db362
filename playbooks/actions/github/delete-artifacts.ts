// Deletes the artifacts of a run, before somebody takes and trusts one.
import { defineAction } from '../../../services/core/action.ts';
import { field } from '../answer.ts';
import { deletions, idsState, noneLeft } from '../deleting.ts';
import { listed } from '../listed.ts';
import { repositoryPath, runNumber, runPath } from './paths.ts';

const ID = 'github.delete-artifacts';

export const deleteArtifacts = defineAction({
  id: ID,
  kind: 'restore',
  title: 'Delete the artifacts of a run of GitHub Actions',
  system: 'github',
  target: 'run',
  byName: true,
  permissions: ['actions: write'],
  reversible: false,
  undoing:
    'Cannot be undone; the run is started again where its artifacts are wanted. Download first what is evidence.',
  reference: 'https://docs.github.com/en/rest/actions/artifacts#delete-an-artifact',
  proof: 'schema',

  async look(target, api, signal) {
    const found = await listed(`${runPath(ID, target)}/artifacts`, api, signal, { name: 'artifacts' });
    const kept = found.filter((one) => field(one, 'expired') !== true);
    return { state: idsState(kept), touches: [`${kept.length} artifacts.`] };
  },

  intend(target, state) {
    const name = `run ${runNumber(ID, target)} of ${target.repository}`;
    return {
      summary: `Delete the artifacts of ${name}.`,
      changes: deletions(`${repositoryPath(ID, target)}/actions/artifacts`, 'artifact_id', state),
      blast_radius: [`Jobs and people that would take what ${name} made no longer find it.`],
    };
  },

  holds(_target, state) {
    return noneLeft(state) ? 'The run has no artifacts.' : undefined;
  },
});

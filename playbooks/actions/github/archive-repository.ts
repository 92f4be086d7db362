// Archives a repository: it can be read, and nothing in it changed.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { flag } from '../flag.ts';
import { repositoryPath } from './paths.ts';

const ID = 'github.archive-repository';

export const archiveRepository = defineAction({
  id: ID,
  kind: 'hold-reference',
  title: 'Archive a repository',
  system: 'github',
  target: 'repository',
  byName: true,
  permissions: ['administration: write'],
  reversible: true,
  undoing: 'Unarchives the repository, if it was not archived before.',
  reference: 'https://docs.github.com/en/rest/repos/repos#update-a-repository',
  proof: 'schema',

  async look(target, api, signal) {
    const request = { method: 'GET', path: repositoryPath(ID, target) } as const;
    const { body } = await ask(api, request, [200], signal);
    return { state: { archived: flag(request, body, 'archived') } };
  },

  intend(target) {
    return {
      summary: `Archive ${target.repository}.`,
      changes: [archived(target, true)],
      blast_radius: [
        `Nobody can push to ${target.repository}, and no workflow of it starts; issues and pull requests are read-only.`,
        'What others fetch from it stays what it was. Runs that have begun go on.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'archived') === true ? 'The repository is archived.' : undefined),

  undo(target, before, now) {
    return field(before, 'archived') === false && field(now, 'archived') === true ? [archived(target, false)] : [];
  },
});

function archived(target: Target, archived: boolean) {
  return { method: 'PATCH', path: repositoryPath(ID, target), body: { archived }, accepts: [200] } as const;
}

// Archives a project of GitLab: it can be read, and nothing in it changed.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { projectPath } from './paths.ts';

const ID = 'gitlab.archive-project';

export const archiveProject = defineAction({
  id: ID,
  kind: 'hold-reference',
  title: 'Archive a project of GitLab',
  system: 'gitlab',
  target: 'repository',
  byName: true,
  permissions: ['scope api', 'Owner role in the project'],
  reversible: true,
  undoing: 'Unarchives the project, if it was not archived before.',
  reference: 'https://docs.gitlab.com/api/projects/#archive-a-project',
  proof: 'documentation',

  async look(target, api, signal) {
    const { body } = await ask(api, { method: 'GET', path: projectPath(ID, target) }, [200], signal);
    return { state: { archived: field(body, 'archived') === true } };
  },

  intend(target) {
    return {
      summary: `Archive the project ${target.repository}.`,
      changes: [{ method: 'POST', path: `${projectPath(ID, target)}/archive`, accepts: [200, 201] }],
      blast_radius: [
        `Nobody can push to ${target.repository}, and no pipeline of it starts; issues and merge requests are read-only.`,
        'What others fetch from it stays what it was. Schedules and deployments of it stop.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'archived') === true ? 'The project is archived.' : undefined),

  undo(target, before, now) {
    if (field(before, 'archived') !== false || field(now, 'archived') !== true) return [];
    return [{ method: 'POST', path: `${projectPath(ID, target)}/unarchive`, accepts: [200, 201] }];
  },
});

// Lets jobs of other projects no longer into a project of GitLab with the token that every job has.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { projectPath } from './paths.ts';

const ID = 'gitlab.close-job-token-scope';

export const closeJobTokenScope = defineAction({
  id: ID,
  kind: 'block-endpoint',
  title: 'Limit job token access to a project of GitLab',
  system: 'gitlab',
  target: 'repository',
  byName: true,
  permissions: ['scope api', 'Maintainer role in the project'],
  reversible: true,
  undoing: 'Lets the jobs of all projects in again, if they were let in before.',
  reference: 'https://docs.gitlab.com/api/project_job_token_scopes/#patch-a-projects-cicd-job-token-access-settings',
  proof: 'documentation',

  async look(target, api, signal) {
    const path = scopePath(target);
    const { body } = await ask(api, { method: 'GET', path }, [200], signal);
    const state = { limited: field(body, 'inbound_enabled') === true };
    if (state.limited) return { state };
    const listed = await ask(api, { method: 'GET', path: `${path}/allowlist?per_page=100` }, [200], signal);
    const count = Array.isArray(listed.body) ? listed.body.length : 0;
    return {
      state,
      touches: [`${count === 100 ? 'At least 100' : count} project(s) stay on its list, and are let in.`],
    };
  },

  intend(target) {
    return {
      summary: `Let only jobs of listed projects into ${target.repository}.`,
      changes: [{ method: 'PATCH', path: scopePath(target), body: { enabled: true }, accepts: [204] }],
      blast_radius: [
        `Jobs of projects that are not on the list of ${target.repository} can no longer fetch it, its packages or its images.`,
      ],
    };
  },

  holds: (_target, state) => (field(state, 'limited') === true ? 'Job token access is limited.' : undefined),

  undo(target, before, now) {
    if (field(before, 'limited') !== false || field(now, 'limited') !== true) return [];
    return [{ method: 'PATCH', path: scopePath(target), body: { enabled: false }, accepts: [204] }];
  },
});

function scopePath(target: Target): string {
  return `${projectPath(ID, target)}/job_token_scope`;
}

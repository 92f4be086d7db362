// Revokes a personal, project or group access token of GitLab by its number. GitLab numbers all three together; the user that
// a project's or group's token acts as carries the owner's number in its name, and only there may others than administrators
// revoke it. https://docs.gitlab.com/user/project/settings/project_access_tokens/#bot-users-for-projects
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { numberIn } from './paths.ts';

const ID = 'gitlab.revoke-token';
const TOKEN = /^PersonalAccessToken\/([^/]*)$/;
const BOT = /^(project|group)_([1-9][0-9]{0,18})_bot(?:[0-9_]|$)/;

export const revokeToken = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: 'Revoke an access token of GitLab',
  system: 'gitlab',
  target: 'credential',
  permissions: ['scope api', 'administrator; for a token of a project or group its Maintainer or Owner'],
  reversible: false,
  undoing: 'Cannot be undone: whoever needs it makes a new token and puts it where the old one was.',
  reference: 'https://docs.gitlab.com/api/personal_access_tokens/#revoke-a-personal-access-token',
  proof: 'documentation',

  /**
   * A name is no proof, so a token that is not where it says is looked for among all. Of those only an administrator is told
   * that there is none, which is as good as revoked; anybody else is refused.
   */
  async look(target, api, signal) {
    const all = `/personal_access_tokens/${tokenNumber(target)}`;
    for (const path of new Set([tokenPath(target), all])) {
      const { status, body } = await ask(api, { method: 'GET', path }, [200, 404], signal);
      if (status === 200) return { state: { path, revoked: field(body, 'revoked') === true } };
    }
    return { state: { path: all, revoked: true } };
  },

  intend(target, state) {
    const path = pathOf(target, state);
    return {
      summary: `Revoke the access token ${tokenNumber(target)} of GitLab.`,
      // A second time a project's token is not found; a personal one is revoked once more.
      changes: [{ method: 'DELETE', path, accepts: [204, 404] }],
      blast_radius: [
        'Whoever and whatever uses the token is refused from then on: people, scripts, pipelines, mirrors.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'revoked') === true ? 'The token is revoked.' : undefined),
});

function tokenNumber(target: Target): string {
  return numberIn(ID, target, TOKEN.exec(target.id)?.[1], 'it is no access token with a number');
}

function tokenPath(target: Target): string {
  const number = tokenNumber(target);
  const [, level, owner] = BOT.exec(target.account ?? '') ?? [];
  if (level === undefined) return `/personal_access_tokens/${number}`;
  return `/${level}s/${owner}/access_tokens/${number}`;
}

function pathOf(target: Target, state: Json | undefined): string {
  const all = `/personal_access_tokens/${tokenNumber(target)}`;
  return state !== undefined && field(state, 'path') === all ? all : tokenPath(target);
}

// Revokes all API tokens of a user of Jenkins.
import { defineAction } from '../../../services/core/action.ts';
import { userName, userPath } from './paths.ts';
import { findUser } from './user.ts';

const ID = 'jenkins.revoke-tokens';

export const revokeTokens = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: 'Revoke the API tokens of a user of Jenkins',
  system: 'jenkins',
  target: 'actor',
  permissions: ['Overall/Administer'],
  reversible: false,
  undoing: 'Cannot be undone; the user makes new tokens on their security page.',
  reference: 'https://javadoc.jenkins.io/jenkins/security/ApiTokenProperty.DescriptorImpl.html',
  proof: 'documentation',
  // Its API lists no tokens.
  unseen: true,

  async look(target, api, signal) {
    await findUser(userName(ID, target), api, signal);
    return { state: { tokens: 'unseen' } };
  },

  intend(target) {
    const path = `${userPath(userName(ID, target))}/descriptorByName/jenkins.security.ApiTokenProperty/revokeAll`;
    return {
      summary: `Revoke all API tokens of ${target.account}.`,
      // 400: there is none.
      changes: [{ method: 'POST', path, accepts: [200, 400] }],
      blast_radius: [
        `Scripts and tools that ask Jenkins as ${target.account} are refused; so is Pipewarden, if it does.`,
        'Sessions in browsers go on.',
      ],
    };
  },

  holds() {
    return undefined;
  },
});

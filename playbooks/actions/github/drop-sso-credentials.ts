// Takes from all tokens and keys of an account the access that single sign-on gave them to an organization.
import { defineAction } from '../../../services/core/action.ts';
import { deletions, idsState, noneLeft } from '../deleting.ts';
import { accountPart } from './paths.ts';
import { authorizations, authorizationsPath } from './shared/authorizations.ts';

const ID = 'github.drop-sso-credentials';

export const dropSsoCredentials = defineAction({
  id: ID,
  kind: 'drop-sessions',
  title: 'Revoke the credentials that an account authorized by single sign-on',
  system: 'github',
  target: 'actor',
  permissions: ['organization administration: write (Enterprise Cloud with SAML)'],
  reversible: false,
  undoing: 'Cannot be undone; the person authorizes each token and key again.',
  reference:
    'https://docs.github.com/en/enterprise-cloud@latest/rest/orgs/orgs#remove-a-saml-sso-authorization-for-an-organization',
  proof: 'schema',

  async look(target, api, signal) {
    const found = await authorizations(ID, target, api, signal);
    return { state: idsState(found, 'credential_id'), touches: [`${found.length} tokens and keys.`] };
  },

  intend(target, state) {
    accountPart(ID, target);
    return {
      summary: `Revoke the tokens and keys that ${target.account} authorized for ${target.organization}.`,
      changes: deletions(authorizationsPath(ID, target), 'credential_id', state),
      blast_radius: [`What ${target.account} runs with a token or key of theirs no longer reaches the organization.`],
    };
  },

  holds(target, state) {
    return noneLeft(state) ? `${target.account} has authorized no token or key.` : undefined;
  },
});

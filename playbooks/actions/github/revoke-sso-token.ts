// Takes from the personal access tokens of an account the access that single sign-on gave them to an organization.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { field } from '../answer.ts';
import { deletions, idsState, noneLeft } from '../deleting.ts';
import { invalid } from '../target.ts';
import { accountPart } from './paths.ts';
import { authorizations, authorizationsPath } from './shared/authorizations.ts';

const ID = 'github.revoke-sso-token';

export const revokeSsoToken = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: "Revoke a classic personal access token's access to an organization",
  system: 'github',
  target: 'credential',
  permissions: ['organization administration: write (Enterprise Cloud with SAML)'],
  reversible: false,
  undoing: 'Cannot be undone; the person authorizes each token again.',
  reference:
    'https://docs.github.com/en/enterprise-cloud@latest/rest/orgs/orgs#remove-a-saml-sso-authorization-for-an-organization',
  proof: 'schema',

  async look(target, api, signal) {
    const all = await authorizations(ID, target, api, signal);
    const tokens = all.filter((one) => field(one, 'credential_type') === 'personal access token');
    return { state: idsState(tokens, 'credential_id'), touches: [`${tokens.length} personal access tokens.`] };
  },

  intend(target, state) {
    const account = accountOf(target);
    return {
      summary: `Revoke the personal access tokens that ${account} authorized for ${target.organization}.`,
      changes: deletions(authorizationsPath(ID, target), 'credential_id', state),
      blast_radius: [
        'All of them: GitHub shows the end of a token there, and in its audit log a hash, so which of them it is cannot be told.',
        `What ${account} runs with one of them no longer reaches the organization; SSH keys still do.`,
        'Elsewhere the tokens work on.',
      ],
    };
  },

  holds(target, state) {
    return noneLeft(state) ? `${target.account} has authorized no personal access token.` : undefined;
  },
});

/** Of fine-grained tokens nothing is authorized. */
function accountOf(target: Target): string {
  if (target.credential_type !== 'Personal access token (classic)') {
    throw invalid(ID, target, 'it is no classic personal access token');
  }
  return accountPart(ID, target);
}

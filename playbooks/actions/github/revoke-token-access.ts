// Takes a fine-grained personal access token's access to an organization away.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { entries, field, idOf } from '../answer.ts';
import { invalid } from '../target.ts';
import { numberPart, organizationPath } from './paths.ts';

const ID = 'github.revoke-token-access';

export const revokeTokenAccess = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: "Revoke a fine-grained personal access token's access to an organization",
  system: 'github',
  target: 'credential',
  permissions: ['organization personal access tokens: write (of a GitHub App)'],
  reversible: false,
  undoing: 'Cannot be undone; its owner asks for access again.',
  reference:
    'https://docs.github.com/en/rest/orgs/personal-access-tokens#update-the-access-a-fine-grained-personal-access-token-has-to-organization-resources',
  proof: 'schema',

  /** The organization's grant of it, by the token's number, which the audit log tells too. */
  async look(target, api, signal) {
    const number = tokenNumber(target);
    const path = `${tokensPath(target)}?token_id[]=${number}&per_page=100`;
    const { body } = await ask(api, { method: 'GET', path }, [200], signal);
    const grant = entries(body).find((one) => String(idOf(one, 'token_id')) === number) ?? null;
    const reach = field(grant, 'repository_selection');
    return {
      state: { grant: idOf(grant) ?? null },
      touches: reach === 'all' ? ['It reaches all repositories of the organization.'] : [],
    };
  },

  intend(target, state) {
    tokenNumber(target);
    const grant = idOf(state ?? null, 'grant') ?? '{pat_id}';
    return {
      summary: `Revoke the access of a personal access token to ${target.organization}.`,
      changes: [
        { method: 'POST', path: `${tokensPath(target)}/${grant}`, body: { action: 'revoke' }, accepts: [204, 404] },
      ],
      blast_radius: [`Whatever uses the token no longer reaches ${target.organization}; elsewhere the token works on.`],
    };
  },

  holds(_target, state) {
    return field(state, 'grant') === null
      ? 'The organization has granted no fine-grained token of that number access.'
      : undefined;
  },
});

function tokensPath(target: Target): string {
  return `${organizationPath(ID, target)}/personal-access-tokens`;
}

function tokenNumber(target: Target): string {
  const { credential_number, credential_type } = target;
  if (credential_type !== undefined && !credential_type.startsWith('Fine-grained')) {
    throw invalid(ID, target, 'it is no fine-grained personal access token');
  }
  if (credential_number === undefined) throw invalid(ID, target, "GitHub's number of the token is not known");
  return numberPart(ID, target, credential_number);
}

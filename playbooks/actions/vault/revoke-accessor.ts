// Revokes a token of Vault by its accessor, with the tokens that it made and the leases that it was given.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import type { Json } from '../../../services/core/json.ts';
import { entries, field } from '../answer.ts';
import { labels } from '../label.ts';
import { findToken, type Place, placeOf } from './find-token.ts';
import { dataOf, inNamespace } from './paths.ts';

const ID = 'vault.revoke-accessor';
const NONE = { accessor: null, namespace: null };

export const revokeAccessor = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: 'Revoke a token of Vault or OpenBao',
  system: 'vault',
  target: 'credential',
  permissions: [
    'auth/token/lookup-accessor: update',
    'auth/token/revoke-accessor: update',
    'auth/token/accessors/: list, sudo (where the audit device hashes accessors, as is its default)',
    'sys/audit: read, sudo (the same)',
    'sys/audit-hash/+: update (the same)',
  ],
  reversible: false,
  undoing: 'Cannot be undone: whoever needs one signs in again.',
  reference: 'https://openbao.org/api-docs/auth/token/#revoke-a-token-accessor',
  proof: 'real',

  async look(target, api, signal) {
    const place = placeOf(ID, target) ?? (await findToken(target, api, signal));
    if (!place) return { state: NONE };
    const { accessor, namespace } = place;
    const request = { method: 'POST', path: '/v1/auth/token/lookup-accessor', body: { accessor } } as const;
    // 400: no token has it.
    const { status, body } = await ask(api, inNamespace(request, namespace), [200, 400], signal);
    return status === 400 ? { state: NONE } : { state: { accessor, namespace }, touches: [ofToken(dataOf(body))] };
  },

  intend(target, state) {
    const { accessor, namespace } = seenIn(state) ?? placeOf(ID, target) ?? { accessor: '{accessor}', namespace: null };
    const request = { method: 'POST', path: '/v1/auth/token/revoke-accessor', body: { accessor } } as const;
    return {
      summary: `Revoke the token of Vault with the accessor ${target.id}.`,
      // A second time Vault answers 200 with a warning, or 400, that no token has it.
      changes: [{ ...inNamespace(request, namespace), accepts: [200, 204, 400] }],
      blast_radius: [
        'Whatever uses the token is refused from then on, and so are the tokens that it made.',
        'What it was given on lease ends with it: accounts of databases and clouds are removed there.',
        'Whoever can sign in again gets another token.',
      ],
    };
  },

  holds: (_target, state) => (seenIn(state) ? undefined : 'No token has that accessor.'),
});

function seenIn(state: Json | undefined): Place | undefined {
  const [accessor, namespace] = [field(state ?? null, 'accessor'), field(state ?? null, 'namespace')];
  return typeof accessor === 'string'
    ? { accessor, namespace: typeof namespace === 'string' ? namespace : null }
    : undefined;
}

function ofToken(token: Json): string {
  const [path, policies] = [labels([field(token, 'path')]), labels(entries(field(token, 'policies')))];
  return `It signed in at ${path}; its policies: ${policies}.`;
}

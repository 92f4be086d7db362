// Revokes all that a role of a secrets engine has given on lease: accounts that Vault made at a database, a cloud or elsewhere.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { entries, field } from '../answer.ts';
import { invalid } from '../target.ts';
import { dataOf, listing, pathOf, within } from './paths.ts';

const ID = 'vault.revoke-leases';
/** `database/creds/app`; never what is below `auth/`, where the leases are tokens of everybody. */
const GIVEN = /^(?!(?:auth|sys|identity|cubbyhole)\/).+\/(?:creds|sts|issue|sign|key)\/[^/]+$/;

export const revokeLeases = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: 'Revoke all leases that a role of Vault or OpenBao has given',
  system: 'vault',
  target: 'credential',
  byName: true,
  permissions: ['sys/leases/lookup/PATH: list, sudo', 'sys/leases/revoke-prefix/PATH: update, sudo'],
  reversible: false,
  undoing: 'Cannot be undone: whoever needs such a credential asks Vault for another.',
  reference: 'https://openbao.org/api-docs/system/leases/#revoke-prefix',
  proof: 'real',

  async look(target, api, signal) {
    const request = listing(`/v1/sys/leases/lookup/${prefixOf(target)}`);
    // 404: there is none.
    const { body } = await ask(api, within(ID, target, request), [200, 404], signal);
    const count = entries(field(dataOf(body), 'keys')).length;
    return { state: { leases: count > 0 }, touches: [`Leases at this moment: ${count}.`] };
  },

  intend(target) {
    const path = `/v1/sys/leases/revoke-prefix/${prefixOf(target)}`;
    return {
      summary: `Revoke all leases below ${target.granted}.`,
      changes: [within(ID, target, { method: 'POST', path, accepts: [200, 204] })],
      blast_radius: [
        `Everybody who was given credentials at ${target.granted} loses them, not only who is suspected.`,
        'Programs that hold one fail until they ask for another, which they can.',
      ],
    };
  },

  holds(target, state) {
    return field(state, 'leases') === false ? `There are no leases below ${target.granted}.` : undefined;
  },
});

/** Throws TARGET_INVALID. */
function prefixOf(target: Target): string {
  const problem = 'it is not known to have been given credentials on lease';
  const path = target.granted ?? '';
  if (!GIVEN.test(path)) throw invalid(ID, target, problem);
  return pathOf(ID, target, path, problem);
}

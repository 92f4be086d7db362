// Deletes the role by which a pipeline signs in to Vault, and makes it again as it was. Only roles of which reading shows all
// that they are: with one of AppRole its secret ids would be lost, and of other methods it is not known.
import { type Change, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { isObject, type Json, type JsonObject } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { invalid } from '../target.ts';
import { dataOf, pathOf, within } from './paths.ts';

const ID = 'vault.disable-role';
const ROLE = /^auth\/.+\/role\/[^/]+$/;
/**
 * Fields that one method's roles alone have: JWT and OpenID Connect, Kubernetes.
 * https://openbao.org/api-docs/auth/jwt/#createupdate-role, https://openbao.org/api-docs/auth/kubernetes/#createupdate-role
 */
const KNOWN_BY = ['user_claim', 'bound_service_account_names'];

export const disableRole = defineAction({
  id: ID,
  kind: 'suspend-user',
  title: 'Delete the role by which a pipeline signs in to Vault or OpenBao',
  system: 'vault',
  target: 'actor',
  byName: true,
  permissions: ['auth/MOUNT/role/ROLE: read, delete; create and update, to undo it'],
  reversible: true,
  undoing: 'Makes the role again with the configuration that it had.',
  reference: 'https://openbao.org/api-docs/auth/jwt/#delete-role',
  proof: 'real',

  async look(target, api, signal) {
    const request = within(ID, target, { method: 'GET', path: rolePath(target) } as const);
    const { status, body } = await ask(api, request, [200, 404], signal);
    return { state: { role: status === 404 ? null : configurationIn(target, dataOf(body)) } };
  },

  intend(target) {
    const path = rolePath(target);
    return {
      summary: `Delete the role ${target.role} of Vault.`,
      changes: [within(ID, target, { method: 'DELETE', path, accepts: [200, 204] })],
      blast_radius: [
        `Nobody signs in by ${target.role} any more: every pipeline that does gets no secrets.`,
        'Tokens that were given by it stay good until they end: revoke those as well.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'role') === null ? 'There is no such role.' : undefined),

  undo(target, before, now) {
    const role = field(before, 'role');
    if (!isObject(role) || field(now, 'role') !== null) return [];
    const again: Change = { method: 'POST', path: rolePath(target), body: role, accepts: [200, 204] };
    return [within(ID, target, again)];
  },
});

/** Throws TARGET_INVALID. */
function rolePath(target: Target): string {
  const problem = 'it is not known by which role it signed in';
  const role = target.role ?? '';
  if (!ROLE.test(role)) throw invalid(ID, target, problem);
  return `/v1/${pathOf(ID, target, role, problem)}`;
}

/** Without what is empty: Vault writes one and the same as null or as an empty list. Throws TARGET_INVALID. */
function configurationIn(target: Target, role: Json): JsonObject {
  if (!isObject(role) || !KNOWN_BY.some((name) => Object.hasOwn(role, name))) {
    throw invalid(ID, target, 'only roles of JWT, OpenID Connect and Kubernetes can be made again as they were');
  }
  return Object.fromEntries(Object.entries(role).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: Json | undefined): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

// Lets Vault change the password of a database's account that a static role keeps.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { field } from '../answer.ts';
import { invalid } from '../target.ts';
import { dataOf, pathOf, within } from './paths.ts';

const ID = 'vault.rotate-role';
const READ = /^(?!(?:auth|sys|identity|cubbyhole)\/)(.+)\/static-creds\/([^/]+)$/;

export const rotateRole = defineAction({
  id: ID,
  kind: 'rotate-secret',
  title: 'Rotate the password of a static role of Vault or OpenBao',
  system: 'vault',
  target: 'credential',
  // Few credentials are known to have read one.
  byName: true,
  permissions: ['MOUNT/static-roles/ROLE: read', 'MOUNT/rotate-role/ROLE: update'],
  reversible: false,
  undoing: 'Cannot be undone: the password before is not kept.',
  reference: 'https://openbao.org/api-docs/secret/databases/#rotate-static-role-credentials',
  proof: 'real',
  // When it was rotated last is shown, which says nothing without the time before.
  unseen: true,

  /** Never the password: that the role is there. */
  async look(target, api, signal) {
    const { method, path } = { method: 'GET', path: rolePath(target, 'static-roles') } as const;
    const { body } = await ask(api, within(ID, target, { method, path }), [200], signal);
    if (typeof field(dataOf(body), 'username') === 'string') return { state: { password: 'unseen' } };
    throw new PipewardenError('API_UNEXPECTED', { method, path, problem: 'it is no static role' });
  },

  intend(target) {
    const path = rolePath(target, 'rotate-role');
    return {
      summary: `Rotate the password that is read at ${target.granted}.`,
      changes: [within(ID, target, { method: 'POST', path, accepts: [200, 204] })],
      blast_radius: [
        `Whoever holds the password of ${target.granted} is refused at the database at the next sign-in, until they read it again.`,
        'Connections that are open stay open.',
      ],
    };
  },

  holds() {
    return undefined;
  },
});

/** Throws TARGET_INVALID. */
function rolePath(target: Target, what: 'static-roles' | 'rotate-role'): string {
  const problem = 'it is not known to have read the password of a static role';
  const [, mount, role] = READ.exec(target.granted ?? '') ?? [];
  if (mount === undefined || role === undefined) throw invalid(ID, target, problem);
  return `/v1/${pathOf(ID, target, `${mount}/${what}/${role}`, problem)}`;
}

// Removes a deploy key from its repository, found by its fingerprint.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { publicKeyFingerprint } from '../../../services/core/identity/credential.ts';
import { field, idOf } from '../answer.ts';
import { listed } from '../listed.ts';
import { invalid } from '../target.ts';
import { repositoryPath } from './paths.ts';

const ID = 'github.remove-deploy-key';

export const removeDeployKey = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: 'Remove a deploy key from a repository',
  system: 'github',
  target: 'credential',
  permissions: ['administration: write'],
  reversible: false,
  undoing: 'Cannot be undone; who needs it makes a new key and adds that.',
  reference: 'https://docs.github.com/en/rest/deploy-keys/deploy-keys#delete-a-deploy-key',
  proof: 'schema',

  async look(target, api, signal) {
    const wanted = fingerprint(target);
    const found = (await listed(keysPath(target), api, signal)).find((one) => {
      const key = field(one, 'key');
      return typeof key === 'string' && publicKeyFingerprint(key) === wanted;
    });
    const key = idOf(found ?? null) ?? null;
    const writes = key !== null && field(found ?? null, 'read_only') === false;
    return { state: { key }, touches: writes ? ['The key may write.'] : [] };
  },

  intend(target, state) {
    const name = `the deploy key ${fingerprint(target)} of ${target.repository}`;
    const path = `${keysPath(target)}/${idOf(state ?? null, 'key') ?? '{key_id}'}`;
    return {
      summary: `Remove ${name}.`,
      changes: [{ method: 'DELETE', path, accepts: [204, 404] }],
      blast_radius: [`Servers and builds that clone or push ${target.repository} with it no longer can.`],
    };
  },

  holds(_target, state) {
    return field(state, 'key') === null ? 'The repository has no deploy key of that fingerprint.' : undefined;
  },
});

function keysPath(target: Target): string {
  return `${repositoryPath(ID, target)}/keys`;
}

function fingerprint(target: Target): string {
  if (!/^SHA256:[A-Za-z0-9+/]{43}$/.test(target.id)) throw invalid(ID, target, 'it is no key, but a token');
  return target.id;
}

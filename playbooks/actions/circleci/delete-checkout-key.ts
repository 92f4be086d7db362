// Deletes the key that CircleCI fetches a project with.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { invalid } from '../target.ts';
import { isGone, lookFor } from './look-for.ts';
import { projectPath } from './paths.ts';

const ID = 'circleci.delete-checkout-key';
const SHA256 = /^SHA256:[A-Za-z0-9+/]{43}$/;

export const deleteCheckoutKey = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: 'Delete a checkout key of a project of CircleCI',
  system: 'circleci',
  target: 'credential',
  permissions: ['personal API token of an administrator of the project'],
  reversible: false,
  undoing: 'Cannot be undone: add a new key under Project Settings → SSH Keys.',
  reference: 'https://circleci.com/docs/api/v2/#operation/deleteCheckoutKey',
  proof: 'documentation',

  look: (target, api, signal) => lookFor(projectPath(ID, target), keyPath(target), api, signal),

  intend(target) {
    return {
      summary: `Delete the checkout key ${target.id} of ${target.repository} at CircleCI.`,
      changes: [{ method: 'DELETE', path: keyPath(target), accepts: [200, 404] }],
      blast_radius: [
        `Workflows of ${target.repository} can no longer check it out, unless it has another key.`,
        'Where the repository is kept, the key is still one of its deploy keys: delete it there as well.',
      ],
    };
  },

  holds: (_target, state) => (isGone(state) ? 'The project has no such checkout key.' : undefined),
});

/** `+` and `/` of the fingerprint are encoded. */
function keyPath(target: Target): string {
  if (!SHA256.test(target.id)) throw invalid(ID, target, 'a checkout key is known by the SHA256 fingerprint');
  return `${projectPath(ID, target)}/checkout-key/${encodeURIComponent(target.id)}`;
}

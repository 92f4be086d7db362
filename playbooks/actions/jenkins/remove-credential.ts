// Removes a stored credential from Jenkins, so that no job gets it any more.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { field } from '../answer.ts';
import { invalid } from '../target.ts';
import { reading } from './paths.ts';

const ID = 'jenkins.remove-credential';
const CREDENTIAL = /^(?!\.{1,2}$)[^/\\?;#\p{C}]{1,200}$/u;
// Folders as in an address, then the store's name and the domain's; `_` is the global one.
const STORE = /^((?:\/job\/[^/\\?;#\p{C}]{1,250}){0,20})\/credentials\/store\/([\w-]{1,40})\/domain\/([\w-]{1,100})$/u;
const DOTS = /\/(?:\.|%2e){1,2}(?:\/|$)/i;

export const removeCredential = defineAction({
  id: ID,
  kind: 'revoke-credential',
  title: 'Remove a stored credential from Jenkins',
  system: 'jenkins',
  target: 'credential',
  permissions: ['Credentials/View', 'Credentials/Delete'],
  reversible: false,
  undoing: 'Cannot be undone; create the credential again under the same id, with a new secret.',
  reference: 'https://github.com/jenkinsci/credentials-plugin/blob/master/docs/user.adoc#rest-api',
  proof: 'documentation',

  async look(target, api, signal) {
    const request = reading(storeOf(target), 'credentials[id]');
    const { body } = await ask(api, request, [200], signal);
    const all = field(body, 'credentials');
    if (!Array.isArray(all)) {
      const { method, path } = request;
      throw new PipewardenError('API_UNEXPECTED', { method, path, problem: 'it lists no credentials' });
    }
    return { state: { stored: all.some((one) => field(one, 'id') === target.id) } };
  },

  intend(target) {
    const path = `${storeOf(target)}/credential/${encodeURIComponent(target.id)}/config.xml`;
    return {
      summary: `Remove the credential ${target.id} from Jenkins.`,
      changes: [{ method: 'DELETE', path, accepts: [200, 204, 404] }],
      blast_radius: [
        `Jobs that name ${target.id} fail from now on, until there is one of that id again.`,
        'Builds that have it already keep it; where it is good for anything else it still is: rotate it there.',
      ],
    };
  },

  holds(_target, state) {
    return field(state, 'stored') === false ? 'Jenkins stores no credential of that id there.' : undefined;
  },
});

/** Throws TARGET_INVALID. */
function storeOf(target: Target): string {
  if (!CREDENTIAL.test(target.id)) throw invalid(ID, target, 'Jenkins has no credential of such an id');
  const { store } = target;
  if (store === undefined) throw invalid(ID, target, 'it is not known in which store of Jenkins it is');
  if (!STORE.test(store) || DOTS.test(store)) throw invalid(ID, target, 'its store is no address in Jenkins');
  return store;
}

// Deletes a user of Jenkins where Jenkins keeps its users itself: no sign-in, no token. Elsewhere only its record would go,
// and come back with the next sign-in.
import { type Api, defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { invalid } from '../target.ts';
import { reading, TAKEN, userName, userPath } from './paths.ts';
import { isSameUser, userIn } from './user.ts';

const ID = 'jenkins.delete-user';

export const deleteUser = defineAction({
  id: ID,
  kind: 'suspend-user',
  title: 'Delete a user of Jenkins',
  system: 'jenkins',
  target: 'actor',
  permissions: ['Overall/Administer'],
  reversible: false,
  undoing: 'Cannot be undone; create the user again under Manage Jenkins → Users, and its API tokens and credentials.',
  // That only the realm of Jenkins' own users has this address, and that deleting oneself is refused:
  // https://github.com/jenkinsci/jenkins/blob/master/core/src/main/java/hudson/security/HudsonPrivateSecurityRealm.java
  reference: 'https://javadoc.jenkins.io/hudson/model/User.html',
  proof: 'documentation',

  async look(target, api, signal) {
    const name = userName(ID, target);
    const me = reading('/me', 'id');
    const own = userIn(me, (await ask(api, me, [200], signal)).body);
    if (isSameUser(own, name)) throw invalid(ID, target, 'it is the account that Pipewarden itself uses');
    if (!(await isKept(own, api, signal))) {
      throw invalid(ID, target, 'Jenkins keeps no users itself: block the account where it signs in');
    }
    return { state: { exists: await isKept(name, api, signal) } };
  },

  intend(target) {
    return {
      summary: `Delete the user ${target.account} of Jenkins.`,
      changes: [{ method: 'POST', path: `${keptPath(target)}/doDelete`, accepts: [...TAKEN, 404] }],
      blast_radius: [
        `${target.account} cannot sign in any more; its API tokens, views and own credentials are gone.`,
        // hudson.security.HttpSessionContextIntegrationFilter2 checks sessions of users that it finds, and of no others.
        'A session that is open may go on until Jenkins is restarted: Jenkins checks sessions of users that are there.',
        'Rights are given to names: where people may sign up themselves, who takes the name has them again.',
      ],
    };
  },

  holds: (_target, state) => (field(state, 'exists') === false ? 'Jenkins has no such user.' : undefined),
});

function keptPath(target: Target): string {
  return `/securityRealm${userPath(userName(ID, target))}`;
}

/** Whether Jenkins keeps the user itself. */
async function isKept(name: string, api: Api, signal: AbortSignal): Promise<boolean> {
  const request = reading(`/securityRealm${userPath(name)}`, 'id');
  const { status, body } = await ask(api, request, [200, 404], signal);
  return status === 200 && isSameUser(userIn(request, body), name);
}

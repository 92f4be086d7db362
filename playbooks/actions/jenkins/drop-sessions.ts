// Ends all sessions of a user of Jenkins: Jenkins asks each for a number that it then changes.
import { defineAction } from '../../../services/core/action.ts';
import { userName, userPath } from './paths.ts';
import { findUser } from './user.ts';

const ID = 'jenkins.drop-sessions';

export const dropSessions = defineAction({
  id: ID,
  kind: 'drop-sessions',
  title: 'End the sessions of a user of Jenkins',
  system: 'jenkins',
  target: 'actor',
  permissions: ['Overall/Administer'],
  reversible: false,
  undoing: 'Nothing is to be undone: the user signs in again.',
  // The call itself (doRenewSessionSeed), and that it is 404 where sessions are not checked so:
  // https://github.com/jenkinsci/jenkins/blob/master/core/src/main/java/jenkins/security/seed/UserSeedProperty.java
  reference: 'https://javadoc.jenkins.io/jenkins/security/seed/UserSeedProperty.html',
  proof: 'documentation',
  // It lists no sessions.
  unseen: true,

  async look(target, api, signal) {
    await findUser(userName(ID, target), api, signal);
    return { state: { sessions: 'unseen' } };
  },

  intend(target) {
    const descriptor = 'descriptorByName/jenkins.security.seed.UserSeedProperty';
    const path = `${userPath(userName(ID, target))}/${descriptor}/renewSessionSeed`;
    return {
      summary: `End all sessions of ${target.account}.`,
      changes: [{ method: 'POST', path, accepts: [200] }],
      blast_radius: [
        `${target.account} has to sign in again, in every browser, and so has an attacker who knows the password.`,
        'API tokens work on, and so do builds.',
      ],
    };
  },

  holds: () => undefined,
});

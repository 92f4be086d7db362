// Blocks an account of GitLab: no sign-in, no token of it works, no git.
import { defineAction } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field, word } from '../answer.ts';
import { userPath } from './paths.ts';

const ID = 'gitlab.block-user';
/** A deactivated account wakes up when it signs in. */
const SHUT: ReadonlySet<string> = new Set(['blocked', 'ldap_blocked', 'banned']);

export const blockUser = defineAction({
  id: ID,
  kind: 'suspend-user',
  title: 'Block an account of GitLab',
  system: 'gitlab',
  target: 'actor',
  permissions: ['scope api', 'administrator of the instance'],
  reversible: true,
  undoing: 'Unblocks the account, if it was active before.',
  reference: 'https://docs.gitlab.com/api/user_moderation/#block-access-to-a-user',
  proof: 'documentation',

  async look(target, api, signal) {
    const { body } = await ask(api, { method: 'GET', path: userPath(ID, target) }, [200], signal);
    const state = { state: word(field(body, 'state')) };
    const administrator = field(body, 'is_admin') === true;
    return administrator ? { state, touches: ['The account is an administrator of the instance.'] } : { state };
  },

  intend(target) {
    const path = userPath(ID, target);
    const number = path.slice(path.lastIndexOf('/') + 1);
    return {
      summary: `Block account ${number} of GitLab.`,
      changes: [{ method: 'POST', path: `${path}/block`, accepts: [200, 201] }],
      blast_radius: [
        'The account cannot sign in, and its tokens and SSH keys do not work, until it is unblocked.',
        'Pipeline schedules that it owns stop; its running pipelines go on.',
      ],
    };
  },

  holds(_target, state) {
    const is = word(field(state, 'state'));
    return SHUT.has(is) ? `The account is ${is}.` : undefined;
  },

  undo(target, before, now) {
    if (field(before, 'state') !== 'active' || field(now, 'state') !== 'blocked') return [];
    return [{ method: 'POST', path: `${userPath(ID, target)}/unblock`, accepts: [200, 201] }];
  },
});

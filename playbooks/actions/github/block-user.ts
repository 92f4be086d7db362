// Blocks an account from an organization: it can no longer open, comment on or fork anything there.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { field } from '../answer.ts';
import { accountPart, organizationPath } from './paths.ts';

const ID = 'github.block-user';

export const blockUser = defineAction({
  id: ID,
  kind: 'suspend-user',
  title: 'Block an account from an organization',
  system: 'github',
  target: 'actor',
  permissions: ['organization blocking users: write'],
  reversible: true,
  undoing: 'Unblocks the account; what it was a collaborator of has to be given back by a person.',
  reference: 'https://docs.github.com/en/rest/orgs/blocking#block-a-user-from-an-organization',
  proof: 'schema',

  /** 204 is a yes, 404 a no. */
  async look(target, api, signal) {
    const { status } = await ask(api, { method: 'GET', path: blockPath(target) }, [204, 404], signal);
    return { state: { blocked: status === 204 } };
  },

  intend(target) {
    return {
      summary: `Block ${target.account} from ${target.organization}.`,
      changes: [{ method: 'PUT', path: blockPath(target), accepts: [204] }],
      blast_radius: [
        `${target.account} can no longer open, comment on or fork anything of ${target.organization}, and is no collaborator there any more.`,
        'GitHub refuses for a member: that one has to be removed first.',
      ],
    };
  },

  holds(target, state) {
    return field(state, 'blocked') === true ? `${target.account} is blocked.` : undefined;
  },

  undo(target, before) {
    return field(before, 'blocked') === false ? [{ method: 'DELETE', path: blockPath(target), accepts: [204] }] : [];
  },
});

function blockPath(target: Target): string {
  return `${organizationPath(ID, target)}/blocks/${accountPart(ID, target)}`;
}

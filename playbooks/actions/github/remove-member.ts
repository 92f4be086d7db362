// Takes an account out of an organization: with it go its teams, its access, and its forks of private repositories.
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { entries, field, word } from '../answer.ts';
import { accountPart, organizationPath } from './paths.ts';

const ID = 'github.remove-member';

export const removeMember = defineAction({
  id: ID,
  kind: 'suspend-user',
  title: 'Remove an account from an organization',
  system: 'github',
  target: 'actor',
  byName: true,
  permissions: ['organization members: write'],
  reversible: false,
  undoing: 'Cannot be undone by a request; an owner invites the account again, within three months with what it had.',
  reference: 'https://docs.github.com/en/rest/orgs/members#remove-organization-membership-for-a-user',
  proof: 'schema',

  async look(target, api, signal) {
    const path = membershipPath(target);
    const { status, body } = await ask(api, { method: 'GET', path }, [200, 404], signal);
    if (status === 404) return { state: { role: null } };
    const role = word(field(body, 'role'));
    if (role !== 'admin') return { state: { role } };
    const owners = `${organizationPath(ID, target)}/members?role=admin&per_page=2`;
    const others = entries((await ask(api, { method: 'GET', path: owners }, [200], signal)).body).length - 1;
    const left = others > 0 ? 'others are left' : 'no other is left, and GitHub refuses';
    return { state: { role }, touches: [`It is an owner of the organization: ${left}.`] };
  },

  intend(target) {
    return {
      summary: `Remove ${target.account} from ${target.organization}.`,
      changes: [{ method: 'DELETE', path: membershipPath(target), accepts: [204, 404] }],
      blast_radius: [
        `${target.account} loses all teams and repositories of ${target.organization}; its forks of private ones are deleted.`,
        'Its tokens, and what runs with them, no longer reach the organization.',
      ],
    };
  },

  holds(target, state) {
    return field(state, 'role') === null ? `${target.account} is no member.` : undefined;
  },
});

function membershipPath(target: Target): string {
  return `${organizationPath(ID, target)}/memberships/${accountPart(ID, target)}`;
}

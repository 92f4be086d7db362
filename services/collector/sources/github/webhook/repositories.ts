// What becomes of a repository itself: made, shown, named, given away, forked.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#repository (and #public, #fork, #star …)
import { at, known, text } from '../../../fields.ts';
import { type Delivery, type Mapper, type Piece, vcsOf } from '../shared/delivery.ts';

export function repository(delivery: Delivery): readonly Piece[] {
  const { action = 'changed', body } = delivery;
  const description = text(body, 'repository', 'description');
  const first: Piece = {
    kind: 'repository',
    vcs: vcsOf(delivery),
    detail: known({ action, ...difference(delivery), description }),
  };
  const before = text(body, 'changes', 'default_branch', 'from');
  if (before === undefined) return [first];
  const to = text(body, 'repository', 'default_branch');
  const detail = known({ action: `repository.${action}`, name: 'default_branch', from: before, to });
  return [first, { kind: 'setting', vcs: vcsOf(delivery), detail }];
}

/** Of visibility, name or owner. */
function difference({ action, body }: Delivery): { readonly from?: string; readonly to?: string } {
  const changes = at(body, 'changes');
  switch (action) {
    case 'publicized':
      return { from: 'private', to: 'public' };
    case 'privatized':
      return { from: 'public', to: 'private' };
    case 'renamed':
      return known({ from: text(changes, 'repository', 'name', 'from'), to: text(body, 'repository', 'name') });
    case 'transferred': {
      const from = at(changes, 'owner', 'from');
      const owner = text(from, 'user', 'login') ?? text(from, 'organization', 'login');
      return known({ from: owner, to: text(body, 'repository', 'owner', 'login') });
    }
    case 'created':
      return known({ to: text(body, 'repository', 'visibility') });
    default:
      return {};
  }
}

/** A private repository was made public. */
export const publicized: Mapper = (delivery) => repository({ ...delivery, action: 'publicized' });

export const fork: Mapper = (delivery) => [
  {
    kind: 'repository',
    vcs: vcsOf(delivery),
    detail: known({ action: 'forked', to: text(delivery.body, 'forkee', 'full_name') }),
  },
];

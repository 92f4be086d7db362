// Pull requests, their reviews, and what people write.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request (and #pull_request_review, #issues …)
import type { ActivityDetails, Vcs } from '../../../../core/activity.ts';
import { anyKnown, at, flag, identifier, known, text } from '../../../fields.ts';
import { type Delivery, headOf, type Mapper, type Piece, vcsOf } from './delivery.ts';

/** Refs and number of the pull request that a delivery is about. */
function changeOf({ body }: Delivery): Vcs {
  const pull = at(body, 'pull_request') ?? at(body, 'issue');
  const id = identifier(pull, 'number');
  const head = headOf(text(pull, 'head', 'ref'), text(pull, 'head', 'sha'), 'branch');
  const base = anyKnown({ name: text(pull, 'base', 'ref'), revision: text(pull, 'base', 'sha') });
  return vcsOf(body, {
    ref: anyKnown({ head, base }),
    change: id === undefined ? undefined : known({ id, title: text(pull, 'title'), state: text(pull, 'state') }),
  });
}

export function pullRequest(delivery: Delivery): readonly Piece[] {
  const pull = at(delivery.body, 'pull_request');
  const from = identifier(pull, 'head', 'repo', 'id') ?? text(pull, 'head', 'repo', 'full_name');
  const to = identifier(pull, 'base', 'repo', 'id') ?? text(pull, 'base', 'repo', 'full_name');
  const piece: Piece = {
    kind: 'change',
    vcs: changeOf(delivery),
    detail: known({
      action: delivery.action ?? 'changed',
      author_association: text(pull, 'author_association'),
      // A fork that is gone leaves no repository behind: then it is not known.
      from_fork: from === undefined || to === undefined ? undefined : from !== to,
      merged: flag(pull, 'merged'),
    }),
  };
  return [piece];
}

export function review(delivery: Delivery): readonly Piece[] {
  const piece: Piece = {
    kind: 'review',
    vcs: changeOf(delivery),
    detail: known({
      action: delivery.action ?? 'changed',
      verdict: text(delivery.body, 'review', 'state')?.toLowerCase(),
    }),
  };
  return [piece];
}

export function mergeGroup({ action, body }: Delivery): readonly Piece[] {
  const group = at(body, 'merge_group');
  const head = headOf(text(group, 'head_ref'), text(group, 'head_sha'));
  const base = anyKnown({ name: headOf(text(group, 'base_ref'))?.name, revision: text(group, 'base_sha') });
  return [
    {
      kind: 'change',
      vcs: vcsOf(body, { ref: anyKnown({ head, base }) }),
      detail: { action: `merge_group_${action ?? 'changed'}` },
    },
  ];
}

type Place = ActivityDetails['discussion']['on'];

/** Something said; on an issue that is a pull request, on that. */
export function talk(on: Place): Mapper {
  return (delivery) => {
    const pull = at(delivery.body, 'pull_request') ?? at(delivery.body, 'issue', 'pull_request');
    const place = on === 'issue' && pull ? 'change' : on;
    const vcs = place === 'change' ? changeOf(delivery) : vcsOf(delivery.body);
    return [{ kind: 'discussion', vcs, detail: { action: delivery.action ?? delivery.event, on: place } }];
  };
}

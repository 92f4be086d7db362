// Reviews of a pull request, and comments on one, which share an event's name.
// https://docs.gitea.com/usage/repository/webhooks
import { at, known, text } from '../../../fields.ts';
import { loginOf } from '../../github/shared/actor.ts';
import { changeOf, talk } from '../../github/shared/changes.ts';
import type { Delivery, Mapper } from '../../github/shared/delivery.ts';

const comment = talk('issue');

/** `review.type`: `pull_request_review_approved` …; its verdict in the words of GitHub. */
const VERDICTS: ReadonlyMap<string, string> = new Map([
  ['approved', 'approved'],
  ['rejected', 'changes_requested'],
  ['comment', 'commented'],
]);

export function reviewOrComment(delivery: Delivery): ReturnType<Mapper> {
  const { body, event } = delivery;
  if (!at(body, 'review')) return comment(delivery);
  const type = text(body, 'review', 'type') ?? event;
  const detail = known({
    action: delivery.action === 'reviewed' ? 'submitted' : (delivery.action ?? 'submitted'),
    verdict: VERDICTS.get(type.slice(type.lastIndexOf('_') + 1)),
    author: loginOf(at(body, 'pull_request', 'user')),
    body: text(body, 'review', 'content'),
  });
  return [{ kind: 'review', vcs: changeOf(delivery), detail }];
}

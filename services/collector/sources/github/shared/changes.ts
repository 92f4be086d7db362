// Pull requests, their reviews, and what people write.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request (and #pull_request_review, #issues …)
import type { ActivityDetails, Vcs } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { anyKnown, at, flag, identifier, instant, known, list, text } from '../../../fields.ts';
import { loginOf } from './actor.ts';
import { type Delivery, forkOf, headOf, type Mapper, type Piece, vcsOf } from './delivery.ts';

/** Refs and number of the pull request that a delivery is about. */
export function changeOf(delivery: Delivery): Vcs {
  const pull = at(delivery.body, 'pull_request') ?? at(delivery.body, 'issue');
  const id = identifier(pull, 'number');
  const head = headOf(text(pull, 'head', 'ref'), text(pull, 'head', 'sha'), 'branch');
  const base = anyKnown({ name: text(pull, 'base', 'ref'), revision: text(pull, 'base', 'sha') });
  return vcsOf(delivery, {
    ref: anyKnown({ head, base }),
    change: id === undefined ? undefined : known({ id, title: text(pull, 'title'), state: text(pull, 'state') }),
  });
}

/** GitHub says `synchronize`, Gitea `synchronized`. */
const ACTIONS: ReadonlyMap<string, string> = new Map([['synchronized', 'synchronize']]);

export function pullRequest(delivery: Delivery): readonly Piece[] {
  const pull = at(delivery.body, 'pull_request');
  const action = delivery.action ?? 'changed';
  const merged = flag(pull, 'merged');
  const piece: Piece = {
    kind: 'change',
    vcs: changeOf(delivery),
    detail: known({
      action: ACTIONS.get(action) ?? action,
      author: loginOf(at(pull, 'user')),
      author_association: text(pull, 'author_association'),
      ...forkOf(at(pull, 'head', 'repo'), at(pull, 'base', 'repo')),
      merged,
      // Before a merge it is a commit that GitHub tries the merge with.
      merge_revision: merged ? text(pull, 'merge_commit_sha') : undefined,
      opened_at: instant(pull, 'created_at'),
      body: text(pull, 'body'),
    }),
  };
  return [piece];
}

export function review(delivery: Delivery): readonly Piece[] {
  const { body } = delivery;
  const piece: Piece = {
    kind: 'review',
    vcs: changeOf(delivery),
    detail: known({
      action: delivery.action ?? 'changed',
      verdict: text(body, 'review', 'state')?.toLowerCase(),
      author: loginOf(at(body, 'pull_request', 'user')),
      author_association: text(body, 'review', 'author_association'),
      body: text(body, 'review', 'body'),
    }),
  };
  return [piece];
}

export function mergeGroup(delivery: Delivery): readonly Piece[] {
  const { action, body } = delivery;
  const group = at(body, 'merge_group');
  const head = headOf(text(group, 'head_ref'), text(group, 'head_sha'));
  const base = anyKnown({ name: headOf(text(group, 'base_ref'))?.name, revision: text(group, 'base_sha') });
  const piece: Piece = known({
    kind: 'change',
    // The queue makes the commit when it makes the group.
    observed_at: instant(group, 'head_commit', 'timestamp'),
    vcs: vcsOf(delivery, { ref: anyKnown({ head, base }) }),
    detail: { action: `merge_group_${action ?? 'changed'}` },
  });
  return [piece];
}

type Place = ActivityDetails['discussion']['on'];

/** What somebody wrote, as far as it is new: the comment, else the thing itself. */
function said(body: Delivery['body']): Json | undefined {
  const found = at(body, 'comment') ?? at(body, 'issue') ?? at(body, 'discussion') ?? at(body, 'pull_request');
  return found ?? at(body, 'label') ?? at(body, 'milestone');
}

/** Something said; on an issue that is a pull request, on that. */
export function talk(on: Place): Mapper {
  return (delivery) => {
    const { body } = delivery;
    const pull = at(body, 'pull_request') ?? at(body, 'issue', 'pull_request');
    const place = on === 'issue' && pull ? 'change' : on;
    const words = said(body);
    const about = at(body, 'issue') ?? at(body, 'pull_request') ?? at(body, 'discussion') ?? words;
    const detail = known({
      action: delivery.action ?? delivery.event,
      on: place,
      author_association: text(words, 'author_association'),
      title: text(about, 'title') ?? text(about, 'name'),
      body: text(words, 'body') ?? text(words, 'description'),
    });
    return [{ kind: 'discussion', vcs: place === 'change' ? changeOf(delivery) : vcsOf(delivery), detail }];
  };
}

/** Wiki pages. https://docs.github.com/en/webhooks/webhook-events-and-payloads#gollum */
export const wikiPages: Mapper = (delivery) =>
  list(delivery.body, 'pages').map((page) => ({
    kind: 'discussion',
    vcs: vcsOf(delivery),
    detail: known({
      action: text(page, 'action') ?? 'changed',
      on: 'page',
      title: text(page, 'title') ?? text(page, 'page_name'),
      body: text(page, 'summary'),
    }),
  }));

// Pull requests and their reviews, in the words that GitHub has for them.
// https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/#Pull-request-events
// https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html (Pull request)
import type { Vcs } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { anyKnown, at, identifier, instant, known, list, text } from '../../../fields.ts';
import { headOf, type Piece } from '../../github/shared/delivery.ts';
import { nameOf } from '../shared/people.ts';
import { type Delivery, forkOf, vcsOf } from './delivery.ts';

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['pullrequest:created', 'opened'],
  ['pullrequest:updated', 'edited'],
  ['pullrequest:push', 'synchronize'],
  ['pullrequest:fulfilled', 'closed'],
  ['pullrequest:rejected', 'closed'],
  ['pr:opened', 'opened'],
  ['pr:modified', 'edited'],
  ['pr:from_ref_updated', 'synchronize'],
  ['pr:merged', 'closed'],
  ['pr:declined', 'closed'],
]);

/** The pull request of a delivery; its sides are `source`/`destination` in Cloud, `fromRef`/`toRef` in Data Center. */
function pullOf(body: Delivery['body']): {
  readonly pull: Json | undefined;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
} {
  const pull = at(body, 'pullrequest') ?? at(body, 'pullRequest');
  return {
    pull,
    from: at(pull, 'source') ?? at(pull, 'fromRef'),
    to: at(pull, 'destination') ?? at(pull, 'toRef'),
  };
}

function sideOf(side: Json | undefined): ReturnType<typeof headOf> {
  const name = text(side, 'branch', 'name') ?? text(side, 'id');
  return headOf(name, text(side, 'commit', 'hash') ?? text(side, 'latestCommit'), 'branch');
}

export function changeOf(body: Delivery['body']): Vcs {
  const { pull, from, to } = pullOf(body);
  const id = identifier(pull, 'id');
  const base = sideOf(to);
  return vcsOf(at(body, 'repository') ?? at(to, 'repository'), {
    ref: anyKnown({ head: sideOf(from), base: base && known({ name: base.name, revision: base.revision }) }),
    change:
      id === undefined
        ? undefined
        : known({ id, title: text(pull, 'title'), state: text(pull, 'state')?.toLowerCase() }),
  });
}

function authorOf(pull: Json | undefined): string | undefined {
  return nameOf(at(pull, 'author', 'user') ?? at(pull, 'author'));
}

export function pullRequest({ event, body }: Delivery): readonly Piece[] {
  const { pull, from, to } = pullOf(body);
  const state = text(pull, 'state');
  const piece: Piece = {
    kind: 'change',
    vcs: changeOf(body),
    detail: known({
      action: ACTIONS.get(event) ?? event.slice(event.lastIndexOf(':') + 1),
      author: authorOf(pull),
      ...forkOf(at(from, 'repository'), at(to, 'repository')),
      merged: state === undefined ? undefined : state === 'MERGED',
      merge_revision: text(pull, 'merge_commit', 'hash') ?? text(pull, 'properties', 'mergeCommit', 'id'),
      opened_at: instant(pull, 'created_on') ?? instant(pull, 'createdDate'),
      body: text(pull, 'description'),
    }),
  };
  return [piece];
}

/** Data Center tells of reviewers who were asked, or are no more. */
export function reviewers(delivery: Delivery): readonly Piece[] {
  const asked = list(delivery.body, 'addedReviewers').length > 0;
  const action = asked ? 'review_requested' : 'review_request_removed';
  return pullRequest({ ...delivery, event: `pr:${action}` });
}

const VERDICTS: ReadonlyMap<string, string> = new Map([
  ['pullrequest:approved', 'approved'],
  ['pullrequest:unapproved', 'dismissed'],
  ['pullrequest:changes_request_created', 'changes_requested'],
  ['pullrequest:changes_request_removed', 'dismissed'],
  ['pr:reviewer:approved', 'approved'],
  ['pr:reviewer:unapproved', 'dismissed'],
  ['pr:reviewer:changes_requested', 'changes_requested'],
  ['pr:reviewer:needs_work', 'changes_requested'],
]);
export const REVIEWS: readonly string[] = [...VERDICTS.keys()];

export function review({ event, body }: Delivery): readonly Piece[] {
  const verdict = VERDICTS.get(event) ?? 'commented';
  const piece: Piece = {
    kind: 'review',
    vcs: changeOf(body),
    detail: known({
      action: verdict === 'dismissed' ? 'dismissed' : 'submitted',
      verdict,
      author: authorOf(pullOf(body).pull),
    }),
  };
  return [piece];
}

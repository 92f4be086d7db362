// Merge requests, approvals, and what people write.
// https://docs.gitlab.com/user/project/integrations/webhook_events/#merge-request-events (and #comment-events …)
import type { ActivityDetails, Vcs } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { type Delivery, headOf, type Mapper, type Piece } from '../../../delivery.ts';
import { anyKnown, at, flag, identifier, instant, known, text } from '../../../fields.ts';
import { vcsOf } from './project.ts';

/** Number and title of a merge request; its `id` is of the whole instance, people and the API use `iid`. */
export function changeOf(merge: Json | undefined): Vcs['change'] {
  const id = identifier(merge, 'iid');
  return id === undefined ? undefined : known({ id, title: text(merge, 'title'), state: text(merge, 'state') });
}

function placeOf({ body }: Delivery, merge: Json | undefined): Vcs {
  const head = headOf(text(merge, 'source_branch'), text(merge, 'last_commit', 'id'), 'branch');
  const base = anyKnown({ name: text(merge, 'target_branch') });
  return vcsOf(body, { ref: anyKnown({ head, base }), change: changeOf(merge) });
}

/** Whether the commits come from another project; undefined where one of the two is not told. */
export function fromFork(merge: Json | undefined): boolean | undefined {
  const [from, to] = [identifier(merge, 'source_project_id'), identifier(merge, 'target_project_id')];
  return from === undefined || to === undefined ? undefined : from !== to;
}

const VERDICTS: ReadonlyMap<string, string> = new Map([
  ['approved', 'approved'],
  ['approval', 'approved'],
  ['unapproved', 'dismissed'],
  ['unapproval', 'dismissed'],
]);

export function mergeRequest(delivery: Delivery): readonly Piece[] {
  const merge = at(delivery.body, 'object_attributes');
  const action = delivery.action ?? 'changed';
  const state = text(merge, 'state');
  const common = known({ observed_at: instant(merge, 'updated_at'), vcs: placeOf(delivery, merge) });
  const verdict = VERDICTS.get(action);
  if (verdict !== undefined) return [{ kind: 'review', ...common, detail: { action, verdict } }];
  return [
    {
      kind: 'change',
      ...common,
      detail: known({
        action,
        // In GitHub's word for it, as everywhere.
        author_association: flag(merge, 'first_contribution') ? 'FIRST_TIME_CONTRIBUTOR' : undefined,
        from_fork: fromFork(merge),
        merged: state === undefined ? undefined : state === 'merged',
      }),
    },
  ];
}

type Place = ActivityDetails['discussion']['on'];
const PLACES: ReadonlyMap<string, Place> = new Map([
  ['Commit', 'commit'],
  ['MergeRequest', 'change'],
  ['Issue', 'issue'],
  ['WorkItem', 'issue'],
  ['WikiPage::Meta', 'page'],
]);

/** A comment, or an emoji put under one; on an issue unless it says where. */
export function note(delivery: Delivery): readonly Piece[] {
  const { body } = delivery;
  const attributes = at(body, 'object_attributes');
  const named = text(body, 'note', 'noteable_type') ?? text(attributes, 'noteable_type');
  const place = PLACES.get(named ?? text(attributes, 'awardable_type') ?? 'Issue') ?? 'discussion';
  const merge = at(body, 'merge_request');
  const sha = text(body, 'commit', 'id') ?? text(attributes, 'commit_id');
  return [
    known({
      kind: 'discussion',
      observed_at: instant(attributes, 'updated_at') ?? instant(attributes, 'created_at'),
      vcs: merge
        ? placeOf(delivery, merge)
        : vcsOf(body, { ref: place === 'commit' ? anyKnown({ head: headOf(undefined, sha) }) : undefined }),
      detail: { action: delivery.action ?? delivery.event, on: place },
    }),
  ];
}

/** Issues and what is like them, milestones, wiki pages. */
export function talk(on: Place): Mapper {
  return ({ action, event, body }) => [
    known({
      kind: 'discussion',
      observed_at: instant(body, 'object_attributes', 'updated_at'),
      vcs: vcsOf(body),
      detail: { action: action ?? event, on },
    }),
  ];
}

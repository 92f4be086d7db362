// Pushes, pull requests, repositories and TFVC.
// https://learn.microsoft.com/en-us/azure/devops/service-hooks/events#code

import type { Signature } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { parseTime } from '../../../../core/time.ts';
import { anyKnown, at, identifier, known, list, text } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { actorOf } from '../shared/identity.ts';
import { commitOf, headOf } from '../shared/ref.ts';
import { actionOf, type Hook, repositoryOf, vcsOf } from './hook.ts';

/** One activity for each ref that moved, one for each commit. Nothing says whether history was rewritten. */
export function push({ resource }: Hook): readonly Piece[] {
  const { repository } = resource;
  const actor = actorOf(resource.pushedBy);
  const commits = list(resource, 'commits');
  const moves = list(resource, 'refUpdates').map((update): Piece => {
    const after = commitOf(text(update, 'newObjectId'));
    const before = commitOf(text(update, 'oldObjectId'));
    const ref = text(update, 'name');
    const main = text(repository, 'defaultBranch');
    return known({
      kind: 'push',
      actor,
      vcs: vcsOf(repository, {
        ref: anyKnown({ head: headOf(ref, after), base: before === undefined ? undefined : { revision: before } }),
      }),
      detail: known({
        forced: false,
        created: before === undefined,
        deleted: after === undefined,
        commits: commits.length,
        default_branch: main === undefined || ref === undefined ? undefined : main === ref,
      }),
    });
  });
  const branch = text(list(resource, 'refUpdates')[0], 'name');
  return [...moves, ...commits.flatMap((commit) => commitPiece(repository, commit, branch))];
}

function commitPiece(repository: Json | undefined, commit: Json, branch: string | undefined): readonly Piece[] {
  const sha = text(commit, 'commitId');
  if (sha === undefined) return [];
  const author = signature(at(commit, 'author'));
  return [
    known({
      kind: 'commit',
      occurred_at: author.time,
      actor: known({ name: author.name, email: author.email, type: 'unknown' }),
      vcs: vcsOf(repository, { ref: anyKnown({ head: headOf(branch, sha) }) }),
      detail: { sha, author, committer: signature(at(commit, 'committer')), signature: 'unknown' },
    }),
  ];
}

function signature(person: Json | undefined): Signature {
  return known({
    name: text(person, 'name'),
    email: text(person, 'email')?.toLowerCase(),
    time: parseTime(text(person, 'date')),
  });
}

/** Who updated one is told only in words, but for who closed it. */
export function pullRequest({ event, resource }: Hook): readonly Piece[] {
  const commented = event === 'ms.vss-code.git-pullrequest-comment-event';
  const pull = commented ? at(resource, 'pullRequest') : resource;
  const id = identifier(pull, 'pullRequestId');
  const status = text(pull, 'status');
  const vcs = vcsOf(at(pull, 'repository'), {
    ref: anyKnown({
      head: headOf(text(pull, 'sourceRefName'), text(pull, 'lastMergeSourceCommit', 'commitId')),
      base: headOf(text(pull, 'targetRefName'), text(pull, 'lastMergeTargetCommit', 'commitId')),
    }),
    change: id === undefined ? undefined : known({ id, title: text(pull, 'title'), state: status }),
  });
  if (commented) {
    const actor = actorOf(at(resource, 'comment', 'author'));
    return [known({ kind: 'discussion', actor, vcs, detail: { action: 'commented', on: 'change' } })];
  }
  const action = event.slice('git.pullrequest.'.length);
  const fork = at(pull, 'forkSource', 'repository');
  return [
    known({
      kind: 'change',
      actor: actorOf(action === 'created' ? at(pull, 'createdBy') : at(pull, 'closedBy')),
      vcs,
      detail: known({
        action,
        from_fork: fork === undefined ? undefined : true,
        // `git.pullrequest.merged` is the trial merge; completion is what merges.
        merged: status === undefined ? undefined : status === 'completed',
      }),
    }),
  ];
}

/** `git.repo.created` and the like. */
export function repository({ event, resource }: Hook): readonly Piece[] {
  const repository = repositoryOf(at(resource, 'repository'));
  const actor = actorOf(at(resource, 'initiatedBy'));
  return [known({ kind: 'repository', actor, vcs: repository && { repository }, detail: { action: actionOf(event) } })];
}

/** A changeset of TFVC: one server, one line of history. */
export function checkin({ resource }: Hook): readonly Piece[] {
  const changeset = identifier(resource, 'changesetId');
  return [
    known({
      kind: 'push',
      actor: actorOf(at(resource, 'checkedInBy')),
      vcs: known({
        provider: { name: 'azure-devops' },
        ref: changeset === undefined ? undefined : { head: { revision: changeset } },
      }),
      detail: { forced: false, created: false, deleted: false, commits: 1 },
    }),
  ];
}

// Pushes of both editions: one activity for each ref that moved, one for each commit that is told with it.
// https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/#Push
// https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html (Push)
import type { Signature } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { type ClaimedTime, parseTime } from '../../../../core/time.ts';
import { anyKnown, at, flag, instant, known, list, text } from '../../../fields.ts';
import { headOf, type Piece, revision } from '../../github/shared/delivery.ts';
import { type Delivery, vcsOf } from './delivery.ts';

type Head = ReturnType<typeof headOf>;

export function cloudPush({ body }: Delivery): readonly Piece[] {
  return list(body, 'push', 'changes').flatMap((change) => {
    const [before, after] = [at(change, 'old'), at(change, 'new')];
    const ref = after ?? before;
    const type = text(ref, 'type')?.includes('tag') ? ('tag' as const) : ('branch' as const);
    const name = text(ref, 'name');
    const head = headOf(name, text(after, 'target', 'hash'), type);
    const base = revision(text(before, 'target', 'hash'));
    const commits = list(change, 'commits');
    const main = text(body, 'repository', 'mainbranch', 'name');
    const moved: Piece = {
      kind: 'push',
      vcs: vcsOf(at(body, 'repository'), {
        ref: anyKnown({ head, base: base === undefined ? undefined : { revision: base } }),
      }),
      detail: known({
        forced: flag(change, 'forced'),
        created: flag(change, 'created') ?? before === null,
        deleted: flag(change, 'closed') ?? after === null,
        commits: commits.length,
        default_branch: main === undefined ? undefined : type === 'branch' && name === main,
      }),
    };
    return [moved, ...commits.flatMap((commit) => cloudCommit(body.repository, commit, head))];
  });
}

function cloudCommit(repository: Json | undefined, commit: Json, head: Head): readonly Piece[] {
  const sha = text(commit, 'hash');
  if (sha === undefined) return [];
  const author = signatureOf(text(commit, 'author', 'raw'));
  return [
    commitOf(repository, head, {
      sha,
      parents: at(commit, 'parents') === undefined ? undefined : list(commit, 'parents').length,
      name: text(commit, 'author', 'user', 'nickname') ?? author.name,
      author,
      committer: {},
      time: parseTime(text(commit, 'date')),
      message: text(commit, 'message'),
    }),
  ];
}

/** `Mona <mona@acme.example>`, as git writes it. */
function signatureOf(raw: string | undefined): Omit<Signature, 'time'> {
  const [open, close] = [raw?.lastIndexOf('<') ?? -1, raw?.lastIndexOf('>') ?? -1];
  if (raw === undefined || open < 0 || close < open) return known({ name: raw });
  const [name, email] = [raw.slice(0, open).trim(), raw.slice(open + 1, close).trim()];
  return known({ name: name || undefined, email: email.toLowerCase() || undefined });
}

export function serverPush({ body }: Delivery): readonly Piece[] {
  const changes = list(body, 'changes');
  const commits = list(body, 'commits');
  const pushes = changes.map((change): Piece => {
    const type = text(change, 'type');
    const base = revision(text(change, 'fromHash'));
    return {
      kind: 'push',
      vcs: vcsOf(at(body, 'repository'), {
        ref: anyKnown({ head: serverHead(change), base: base === undefined ? undefined : { revision: base } }),
      }),
      detail: { created: type === 'ADD', deleted: type === 'DELETE', commits: commits.length },
    };
  });
  // Of several refs, the delivery does not tell whose commits these are.
  const head = changes.length === 1 ? serverHead(changes[0]) : undefined;
  return [...pushes, ...commits.flatMap((commit) => serverCommit(body.repository, commit, head))];
}

function serverHead(change: Json | undefined): Head {
  return headOf(text(change, 'refId') ?? text(change, 'ref', 'id'), text(change, 'toHash'));
}

function serverCommit(repository: Json | undefined, commit: Json, head: Head): readonly Piece[] {
  const sha = text(commit, 'id');
  if (sha === undefined) return [];
  const [author, committer] = [person(at(commit, 'author')), person(at(commit, 'committer'))];
  return [
    commitOf(repository, head, {
      sha,
      parents: at(commit, 'parents') === undefined ? undefined : list(commit, 'parents').length,
      name: author.name,
      author,
      committer: { ...committer, ...timed(instant(commit, 'committerTimestamp')) },
      time: timed(instant(commit, 'authorTimestamp')).time,
      message: text(commit, 'message'),
    }),
  ];
}

function person(user: Json | undefined): Omit<Signature, 'time'> {
  return known({ name: text(user, 'name'), email: text(user, 'emailAddress')?.toLowerCase() });
}

function timed(time: number | undefined): { readonly time?: ClaimedTime } {
  return time === undefined ? {} : { time: { at: time } };
}

interface Told {
  readonly sha: string;
  readonly parents: number | undefined;
  readonly name: string | undefined;
  readonly author: Signature;
  readonly committer: Signature;
  readonly time: ClaimedTime | undefined;
  readonly message: string | undefined;
}

/** Neither edition says who signed a commit, or what it touched. */
function commitOf(repository: Json | undefined, head: Head, told: Told): Piece {
  const { sha, parents, name, author, committer, time, message } = told;
  return known({
    kind: 'commit',
    occurred_at: time,
    actor: known({ name, email: author.email, type: 'unknown' }),
    vcs: vcsOf(repository, { ref: { head: known({ name: head?.name, revision: sha, type: head?.type }) } }),
    detail: known({ sha, parents, author: known({ ...author, time }), committer, signature: 'unknown', message }),
  });
}

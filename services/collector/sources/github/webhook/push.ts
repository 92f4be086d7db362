// `push`: one activity for the ref that moved, one for each commit that came with it.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
import type { Signature } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { parseTime } from '../../../../core/time.ts';
import { at, flag, instant, known, list, text } from '../../../fields.ts';
import { pathsOf, touched } from '../../../push-paths.ts';
import { isBotName } from '../shared/actor.ts';
import { type Delivery, headOf, type Piece, revision, vcsOf } from './delivery.ts';

export function push({ body }: Delivery): readonly Piece[] {
  const head = headOf(text(body, 'ref'), text(body, 'after'));
  const base = revision(text(body, 'before'));
  // Cut-down deliveries keep the newest commit alone.
  const newest = at(body, 'head_commit');
  const commits = at(body, 'commits') === undefined && newest ? [newest] : list(body, 'commits');
  // The delivery tells the time of the push only through its repository.
  const observed_at = instant(body, 'repository', 'pushed_at');
  const defaultBranch = text(body, 'repository', 'default_branch');
  const moved: Piece = known({
    kind: 'push',
    observed_at,
    vcs: vcsOf(body, { ref: known({ head, base: base === undefined ? undefined : { revision: base } }) }),
    detail: known({
      forced: flag(body, 'forced') ?? false,
      created: flag(body, 'created') ?? false,
      deleted: flag(body, 'deleted') ?? false,
      commits: commits.length,
      default_branch:
        defaultBranch === undefined || head?.name === undefined
          ? undefined
          : head.type === 'branch' && head.name === defaultBranch,
      paths: pathsOf(commits),
    }),
  });
  return [moved, ...commits.flatMap((commit) => commitOf(body, commit, head?.name, head?.type, observed_at))];
}

function commitOf(
  body: Delivery['body'],
  commit: Json,
  branch: string | undefined,
  type: 'branch' | 'tag' | undefined,
  observed_at: number | undefined,
): readonly Piece[] {
  const sha = text(commit, 'id');
  if (sha === undefined) return [];
  const time = parseTime(text(commit, 'timestamp'));
  const author = signature(commit, 'author');
  const name = text(commit, 'author', 'username') ?? author.name;
  const bot = [name, author.name].some(isBotName);
  const paths = pathsOf([commit]);
  const piece: Piece = known({
    kind: 'commit',
    observed_at,
    occurred_at: time,
    actor: known({ name, email: author.email, type: bot ? 'bot' : 'unknown' }),
    vcs: vcsOf(body, { ref: { head: known({ name: branch, revision: sha, type }) } }),
    detail: known({
      sha,
      author: known({ ...author, time }),
      committer: signature(commit, 'committer'),
      signature: 'unknown',
      paths: paths && touched(paths),
      added: paths?.added,
    }),
  });
  return [piece];
}

function signature(commit: Json, role: 'author' | 'committer'): Omit<Signature, 'time'> {
  return known({ name: text(commit, role, 'name'), email: text(commit, role, 'email')?.toLowerCase() });
}

/** Ref creation and deletion are told a second time, by `push`; these stay apart so that nothing counts them twice. */
export function refChange({ event, body }: Delivery): readonly Piece[] {
  const type = text(body, 'ref_type') === 'tag' ? ('tag' as const) : ('branch' as const);
  const piece: Piece = known({
    kind: 'repository',
    observed_at: instant(body, 'repository', 'pushed_at'),
    vcs: vcsOf(body, { ref: known({ head: headOf(text(body, 'ref'), undefined, type) }) }),
    detail: { action: `${text(body, 'ref_type') ?? 'ref'}_${event === 'create' ? 'created' : 'deleted'}` },
  });
  return [piece];
}

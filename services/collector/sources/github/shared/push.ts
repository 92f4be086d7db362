// `push`: one activity for the ref that moved, one for each commit that came with it.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
import type { Actor, Signature } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { parseTime } from '../../../../core/time.ts';
import { at, flag, instant, known, list, number, text } from '../../../fields.ts';
import { pathsOf, touched } from '../../../push-paths.ts';
import { actorOf, isBotName } from './actor.ts';
import { type Delivery, headOf, type Piece, revision, vcsOf } from './delivery.ts';
import { signatureOf } from './verification.ts';

export function push(delivery: Delivery): readonly Piece[] {
  const { body } = delivery;
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
    actor: pusherOf(body),
    vcs: vcsOf(delivery, { ref: known({ head, base: base === undefined ? undefined : { revision: base } }) }),
    detail: known({
      forced: flag(body, 'forced'),
      created: flag(body, 'created') ?? isNone(body, 'before'),
      deleted: flag(body, 'deleted') ?? isNone(body, 'after'),
      commits: number(body, 'total_commits') ?? commits.length,
      default_branch:
        defaultBranch === undefined || head?.name === undefined
          ? undefined
          : head.type === 'branch' && head.name === defaultBranch,
      paths: pathsOf(commits),
    }),
  });
  return [moved, ...commits.flatMap((commit) => commitOf(delivery, commit, head, observed_at))];
}

/** Forges that do not say so write zeros for the commit that is not there. */
function isNone(body: Delivery['body'], key: 'before' | 'after'): boolean {
  const sha = text(body, key);
  return sha !== undefined && revision(sha) === undefined;
}

/** The sender with the address that git was told, where both are the same; `undefined` leaves the sender. */
function pusherOf(body: Delivery['body']): Actor | undefined {
  const sender = actorOf(body.sender);
  const email = text(body, 'pusher', 'email')?.toLowerCase();
  if (!sender || email === undefined || sender.name !== text(body, 'pusher', 'name')) return undefined;
  return { ...sender, email };
}

function commitOf(
  delivery: Delivery,
  commit: Json,
  head: ReturnType<typeof headOf>,
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
    vcs: vcsOf(delivery, { ref: { head: known({ name: head?.name, revision: sha, type: head?.type }) } }),
    detail: known({
      sha,
      author: known({ ...author, time }),
      committer: signature(commit, 'committer'),
      signature: signatureOf(at(commit, 'verification')),
      message: text(commit, 'message'),
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
export function refChange(delivery: Delivery): readonly Piece[] {
  const { event, body } = delivery;
  const said = text(body, 'ref_type');
  const type = said === 'tag' ? ('tag' as const) : ('branch' as const);
  const piece: Piece = known({
    kind: 'repository',
    observed_at: instant(body, 'repository', 'pushed_at'),
    vcs: vcsOf(delivery, { ref: known({ head: headOf(text(body, 'ref'), text(body, 'sha'), type) }) }),
    detail: { action: `${said ?? 'ref'}_${event === 'create' ? 'created' : 'deleted'}` },
  });
  return [piece];
}

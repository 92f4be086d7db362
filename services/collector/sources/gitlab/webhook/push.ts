// Pushes to branches and tags, as project, group and system hooks tell them: one activity for the ref that moved, one
// for each commit that is told. https://docs.gitlab.com/user/project/integrations/webhook_events/#push-events
import type { Json } from '../../../../core/json.ts';
import { parseTime } from '../../../../core/time.ts';
import { type Delivery, headOf, type Piece, revision } from '../../../delivery.ts';
import { at, identifier, known, list, number, text } from '../../../fields.ts';
import { pathsOf, touched } from '../../../push-paths.ts';
import { actor, emailOf, isBot } from '../shared/actor.ts';
import { vcsOf } from './project.ts';

/** GitLab does not tell whether a push was forced, nor when it happened; of many commits it lists the newest 20. */
export function push({ body }: Delivery): readonly Piece[] {
  const before = revision(text(body, 'before'));
  const after = revision(text(body, 'after'));
  const head = headOf(text(body, 'ref'), after);
  const commits = list(body, 'commits');
  const main = text(body, 'project', 'default_branch');
  const moved: Piece = known({
    kind: 'push',
    actor: pusher(body),
    vcs: vcsOf(body, { ref: known({ head, base: before === undefined ? undefined : { revision: before } }) }),
    detail: known({
      forced: false,
      created: before === undefined,
      deleted: after === undefined,
      commits: number(body, 'total_commits_count') ?? commits.length,
      default_branch:
        main === undefined || head?.name === undefined ? undefined : head.type === 'branch' && head.name === main,
      paths: pathsOf(commits),
    }),
  });
  return [moved, ...commits.flatMap((commit) => commitOf(body, commit, head?.name, head?.type))];
}

function pusher(body: Delivery['body']) {
  return actor({
    username: text(body, 'user_username'),
    name: text(body, 'user_name'),
    id: identifier(body, 'user_id'),
    email: emailOf(body, 'user_email'),
  });
}

/** The time is the committer's, who is not named. */
function commitOf(
  body: Delivery['body'],
  commit: Json,
  name: string | undefined,
  type: 'branch' | 'tag' | undefined,
): readonly Piece[] {
  const sha = text(commit, 'id');
  if (sha === undefined) return [];
  const time = parseTime(text(commit, 'timestamp'));
  const author = known({ name: text(commit, 'author', 'name'), email: emailOf(commit, 'author', 'email') });
  const paths = pathsOf([commit]);
  const piece: Piece = known({
    kind: 'commit',
    occurred_at: time,
    actor: { ...author, type: isBot(author.name, author.email) ? 'bot' : 'unknown' },
    vcs: vcsOf(body, { ref: { head: known({ name, revision: sha, type }) } }),
    detail: known({
      sha,
      author,
      committer: known({ time }),
      signature: 'unknown',
      paths: paths && touched(paths),
      added: paths?.added,
    }),
  });
  return [piece];
}

/** `repository_update` tells every ref of a push again; these stay apart so that nothing counts them twice. */
export function repositoryUpdate({ body }: Delivery): readonly Piece[] {
  const changes = list(body, 'changes');
  return (changes.length > 0 ? changes : [{}]).map((change): Piece => {
    const before = revision(text(change, 'before'));
    const ref = known({
      head: headOf(text(change, 'ref'), text(change, 'after')),
      base: before === undefined ? undefined : { revision: before },
    });
    const named = at(change, 'ref') === undefined ? undefined : ref;
    return known({
      kind: 'repository',
      actor: pusher(body),
      vcs: vcsOf(body, { ref: named }),
      detail: { action: 'repository_update' },
    });
  });
}

// Pushes, merges and tags as records: the webhook, the audit entry, a git record per commit; then the runs they start.
import type { JsonObject } from '../../services/core/json.ts';
import type { Instant } from '../../services/core/time.ts';
import type { CommitPlan, Elsewhere, Push, Release } from './acts.ts';
import { withOffset } from './calendar.ts';
import { auditClient, auditContext, auditToken, context, origin, signature } from './github.ts';
import { sha } from './ids.ts';
import type { Account } from './people.ts';
import { createRandom, type Random } from './random.ts';
import { type Head, headOf, type Stage } from './stage.ts';
import { tellRuns } from './tell-run.ts';

const NOTHING = '0'.repeat(40);
/** Whom GitHub names as committer of what is merged in its pages. */
const WEB_FLOW = { name: 'GitHub', email: 'noreply@github.com', username: 'web-flow' };

/** Tells one commit to git and gives the webhook's form of it. `merged`: made by GitHub, for its author. */
export function tellCommit(
  stage: Stage,
  commit: CommitPlan,
  by: {
    readonly author: Account;
    readonly repository: string;
    readonly parent: string;
    readonly pushed: Instant;
    readonly date: string;
    readonly signature: 'good' | 'none';
    readonly merged?: true;
  },
  random: Random,
): { readonly head: Head; readonly body: JsonObject } {
  const id = sha(`commit/${by.repository}/${by.parent}/${commit.message}/${by.date}`);
  const { added = [], modified = [] } = commit;
  const committer = by.merged ? { ...WEB_FLOW, date: by.date } : signature(by.author, by.date);
  const author = signature(by.author, by.date);
  stage.recorder.commit(by.repository, by.pushed, random, {
    sha: id,
    parents: [by.parent],
    author: { name: by.author.name, email: by.author.email, date: by.date },
    committer: { name: committer.name, email: committer.email, date: by.date },
    signature: by.signature,
    paths: [...added, ...modified],
  });
  const body = {
    id,
    distinct: true,
    message: commit.message,
    timestamp: by.date,
    author,
    committer,
    added,
    modified,
    removed: [],
  };
  return { head: { sha: id, message: commit.message, date: by.date, author: by.author }, body };
}

/** The webhook and, but for GitHub's own merges, the audit entry. */
export function tellRefMoved(
  stage: Stage,
  moved: {
    readonly at: Instant;
    readonly by: Account;
    readonly repository: string;
    readonly ref: string;
    readonly before: string | undefined;
    readonly after: string;
    readonly commits: readonly JsonObject[];
    readonly from?: Elsewhere | undefined;
    readonly merged?: true;
  },
  random: Random,
): void {
  const { at, by, repository, ref, after, commits } = moved;
  stage.recorder.webhook('push', at, random, {
    ref,
    before: moved.before ?? NOTHING,
    after,
    created: moved.before === undefined,
    deleted: false,
    forced: false,
    pusher: { name: by.login, email: by.email },
    commits,
    head_commit: commits.at(-1) ?? null,
    ...context(repository, by),
  });
  if (moved.merged) return;
  const { place, git, ssh } = origin(by, at, moved.from);
  stage.recorder.audit('git.push', at, random, {
    ...auditContext(by, repository),
    ...auditClient(place, git),
    ...(ssh ? {} : auditToken(by)),
    transport_protocol_name: ssh ? 'ssh' : 'http',
  });
}

export function tellPush(stage: Stage, act: Push): void {
  const { at, by, repository, branch } = act;
  const random = createRandom(`push/${by.login}/${repository}/${branch}/${at}`);
  const key = `${repository}#${branch}`;
  const { zone } = origin(by, at).place;
  const before = stage.heads.get(key)?.sha ?? (branch === 'main' ? headOf(stage, repository, branch).sha : undefined);
  let head = headOf(stage, repository, branch);
  const bodies: JsonObject[] = [];
  const touched = stage.touched.get(key) ?? new Set();
  for (const commit of act.commits) {
    const date = withOffset(commit.at, zone);
    const signed = by.signs && !act.unsigned ? 'good' : 'none';
    const told = tellCommit(
      stage,
      commit,
      { author: by, repository, parent: head.sha, pushed: at, date, signature: signed },
      random,
    );
    head = told.head;
    bodies.push(told.body);
    for (const path of [...(commit.added ?? []), ...(commit.modified ?? [])]) touched.add(path);
  }
  stage.heads.set(key, head);
  stage.touched.set(key, touched);
  const ref = `refs/heads/${branch}`;
  tellRefMoved(stage, { at, by, repository, ref, before, after: head.sha, commits: bodies, from: act.from }, random);
  const change = stage.changes.get(key)?.number;
  if (branch === 'main') tellRuns(stage, { at, repository, trigger: 'push', ref: branch, head, actor: by });
  else if (change !== undefined) {
    tellRuns(stage, { at, repository, trigger: 'pull_request', ref: branch, head, actor: by, change });
  }
}

/** A version tag on the head of main, and the release that it starts. */
export function tellTag(stage: Stage, act: Release): void {
  const { at, by, repository, tag } = act;
  const random = createRandom(`tag/${repository}/${tag}`);
  const head = headOf(stage, repository);
  const ref = `refs/tags/${tag}`;
  tellRefMoved(
    stage,
    { at, by, repository, ref, before: undefined, after: head.sha, commits: [], from: act.from },
    random,
  );
  tellRuns(stage, { at, repository, trigger: 'tag', ref: tag, head, actor: by });
}

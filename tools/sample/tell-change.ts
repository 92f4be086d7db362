// Pull requests as records: opened, reviewed, merged.
import type { JsonObject } from '../../services/core/json.ts';
import type { Instant } from '../../services/core/time.ts';
import type { Merge, OpenChange, Review } from './acts.ts';
import { utcSeconds, withOffset } from './calendar.ts';
import { auditClient, auditContext, auditToken, context, origin, user } from './github.ts';
import { numberOf } from './ids.ts';
import type { Account } from './people.ts';
import { createRandom, type Random } from './random.ts';
import { headOf, type OpenedChange, type Stage } from './stage.ts';
import { tellCommit, tellRefMoved } from './tell-push.ts';
import { tellRuns } from './tell-run.ts';

function changeBody(
  stage: Stage,
  act: OpenChange | Review | Merge,
  change: OpenedChange,
  merge?: { readonly sha: string; readonly base: string },
): JsonObject {
  const merged = merge ? utcSeconds(act.at) : null;
  const head = headOf(stage, act.repository, act.branch);
  return {
    id: numberOf(`change/${act.repository}/${change.number}`, 10),
    number: change.number,
    state: merge ? 'closed' : 'open',
    title: change.title,
    user: user(change.author),
    created_at: utcSeconds(change.opened),
    updated_at: utcSeconds(act.at),
    closed_at: merged,
    merged_at: merged,
    merge_commit_sha: merge?.sha ?? null,
    merged: merge !== undefined,
    merged_by: merge ? user(act.by) : null,
    draft: false,
    author_association: change.author.type === 'Bot' ? 'CONTRIBUTOR' : 'MEMBER',
    head: { ref: act.branch, sha: head.sha, repo: { full_name: `lumen-works/${act.repository}`, fork: false } },
    base: { ref: 'main', sha: merge?.base ?? headOf(stage, act.repository).sha },
  };
}

function audit(
  stage: Stage,
  action: string,
  at: Instant,
  by: Account,
  repository: string,
  random: Random,
  title: string,
): void {
  const { place, client } = origin(by, at);
  stage.recorder.audit(action, at, random, {
    ...auditContext(by, repository),
    ...auditClient(place, client),
    ...auditToken(by),
    operation_type: action === 'pull_request.create' ? 'create' : 'modify',
    pull_request_title: title,
  });
}

export function tellOpened(stage: Stage, act: OpenChange): void {
  const { at, by, repository, branch, title } = act;
  const random = createRandom(`open/${repository}/${branch}`);
  const change: OpenedChange = { number: stage.next(`change/${repository}`, 300), title, author: by, opened: at };
  stage.changes.set(`${repository}#${branch}`, change);
  stage.recorder.webhook('pull_request', at, random, {
    action: 'opened',
    number: change.number,
    pull_request: changeBody(stage, act, change),
    ...context(repository, by),
  });
  audit(stage, 'pull_request.create', at, by, repository, random, title);
  const head = headOf(stage, repository, branch);
  tellRuns(stage, { at, repository, trigger: 'pull_request', ref: branch, head, actor: by, change: change.number });
}

export function tellReviewed(stage: Stage, act: Review): void {
  const { at, by, repository, branch } = act;
  const change = stage.changes.get(`${repository}#${branch}`);
  if (!change) return;
  stage.recorder.webhook('pull_request_review', at, createRandom(`review/${repository}/${branch}`), {
    action: 'submitted',
    review: {
      id: numberOf(`review/${repository}/${change.number}`, 10),
      user: user(by),
      commit_id: headOf(stage, repository, branch).sha,
      submitted_at: utcSeconds(at),
      state: 'approved',
      author_association: 'MEMBER',
    },
    pull_request: changeBody(stage, act, change),
    ...context(repository, by),
  });
}

export function tellMerged(stage: Stage, act: Merge): void {
  const { at, by, repository, branch } = act;
  const key = `${repository}#${branch}`;
  const change = stage.changes.get(key);
  if (!change) return;
  const random = createRandom(`merge/${repository}/${branch}`);
  const base = headOf(stage, repository).sha;
  const date = withOffset(at, origin(by, at).place.zone);
  const plan = {
    at,
    message: `${change.title} (#${change.number})`,
    modified: [...(stage.touched.get(key) ?? [])].sort(),
  };
  const { head, body } = tellCommit(
    stage,
    plan,
    { author: change.author, repository, parent: base, pushed: at, date, signature: 'good', merged: true },
    random,
  );
  stage.recorder.webhook('pull_request', at, random, {
    action: 'closed',
    number: change.number,
    pull_request: changeBody(stage, act, change, { sha: head.sha, base }),
    ...context(repository, by),
  });
  audit(stage, 'pull_request.merge', at, by, repository, random, change.title);
  stage.heads.set(`${repository}#main`, head);
  const main = stage.touched.get(`${repository}#main`);
  stage.touched.set(`${repository}#main`, new Set([...(main ?? []), ...plan.modified]));
  stage.changes.delete(key);
  const ref = 'refs/heads/main';
  tellRefMoved(
    stage,
    { at, by, repository, ref, before: base, after: head.sha, commits: [body], merged: true },
    random,
  );
  tellRuns(stage, { at, repository, trigger: 'push', ref: 'main', head, actor: by });
}

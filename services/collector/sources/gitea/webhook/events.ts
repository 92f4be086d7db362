// Which mapper reads which event. https://docs.gitea.com/usage/repository/webhooks, https://forgejo.org/docs/latest/user/webhooks/
import type { JsonObject } from '../../../../core/json.ts';
import { at, known, text } from '../../../fields.ts';
import { pullRequest, talk } from '../../github/shared/changes.ts';
import { commitStatus } from '../../github/shared/checks.ts';
import { type Delivery, type Mapper, plain, vcsOf } from '../../github/shared/delivery.ts';
import { workflowJob, workflowRun } from '../../github/shared/pipelines.ts';
import { packaged, release } from '../../github/shared/publishing.ts';
import { push, refChange } from '../../github/shared/push.ts';
import { actionRun } from './action-run.ts';
import { reviewOrComment } from './reviews.ts';

/** The coarse names first, then the finer ones of the same payloads. */
export const EVENTS: ReadonlyMap<string, Mapper> = new Map([
  ['push', push],
  ['create', refChange],
  ['delete', refChange],
  ['fork', fork],
  ['repository', plain('repository')],

  ['pull_request', pullRequest],
  ['pull_request_sync', pullRequest],
  ['pull_request_assign', pullRequest],
  ['pull_request_label', pullRequest],
  ['pull_request_milestone', pullRequest],
  ['pull_request_review_request', pullRequest],
  ['pull_request_approved', reviewOrComment],
  ['pull_request_rejected', reviewOrComment],
  ['pull_request_comment', reviewOrComment],
  ['pull_request_review', reviewOrComment],
  ['pull_request_review_approved', reviewOrComment],
  ['pull_request_review_rejected', reviewOrComment],
  ['pull_request_review_comment', reviewOrComment],

  ['issues', talk('issue')],
  ['issue_assign', talk('issue')],
  ['issue_label', talk('issue')],
  ['issue_milestone', talk('issue')],
  ['issue_comment', talk('issue')],
  ['wiki', wiki],

  ['workflow_run', workflowRun],
  ['workflow_job', workflowJob],
  ['action_run', actionRun],
  ['action_run_success', actionRun],
  ['action_run_failure', actionRun],
  ['action_run_recover', actionRun],
  ['status', commitStatus],

  ['release', release],
  ['package', packageOf],
]);

/** Unlike GitHub's, `forkee` is what was forked, and `repository` the new one. */
function fork(delivery: Delivery): ReturnType<Mapper> {
  const { body } = delivery;
  const vcs = vcsOf({ ...delivery, body: { repository: at(body, 'forkee') ?? null } });
  return [{ kind: 'repository', vcs, detail: known({ action: 'forked', to: text(body, 'repository', 'full_name') }) }];
}

function wiki(delivery: Delivery): ReturnType<Mapper> {
  const { body, action = 'changed' } = delivery;
  const detail = known({ action, on: 'page' as const, title: text(body, 'page'), body: text(body, 'comment') });
  return [{ kind: 'discussion', vcs: vcsOf(delivery), detail }];
}

/** A package belongs to an owner; where it is linked to a repository, it says so itself. */
function packageOf(delivery: Delivery): ReturnType<Mapper> {
  const { body } = delivery;
  const repository = at(body, 'repository') ?? at(body, 'package', 'repository') ?? null;
  return packaged({ ...delivery, body: { ...body, repository } });
}

/** The event of a body that came without its header (plain replay input): the most telling key that it holds. */
export function guessEvent(body: JsonObject): string | undefined {
  if (body.review) return 'pull_request_review';
  if (body.comment && body.issue) return 'issue_comment';
  if (body.page) return 'wiki';
  if (body.ref_type) return 'sha' in body ? 'create' : 'delete';
  if ('commits' in body || 'pusher' in body) return 'push';
  if (body.forkee) return 'fork';
  if (body.run) return 'action_run';
  if (body.context && body.sha) return 'status';
  const named = ['workflow_job', 'workflow_run', 'pull_request', 'release', 'package'].find((event) => body[event]);
  return named ?? (body.issue ? 'issues' : body.repository && body.action ? 'repository' : undefined);
}

// Forgejo's own event of a run that has ended: `action_run_success`, `action_run_failure`, `action_run_recover`.
// https://forgejo.org/docs/latest/user/webhooks/ (and ActionRun of its API)
import type { Cicd } from '../../../../core/activity.ts';
import { anyKnown, at, flag, identifier, instant, known, text } from '../../../fields.ts';
import { actorOf } from '../../github/shared/actor.ts';
import { type Delivery, headOf, type Mapper, type Piece, vcsOf } from '../../github/shared/delivery.ts';
import { runResult } from '../../github/shared/run-state.ts';
import { secondsBetween } from '../../github/shared/steps.ts';

export function actionRun(delivery: Delivery): ReturnType<Mapper> {
  const { body, action = 'finished' } = delivery;
  const run = at(body, 'run');
  const started = instant(run, 'started');
  const head = headOf(text(run, 'prettyref'), text(run, 'commit_sha'));
  const piece: Piece = known({
    kind: 'run',
    observed_at: instant(run, 'updated') ?? instant(run, 'stopped'),
    actor: actorOf(at(run, 'trigger_user')) ?? actorOf(body.sender),
    vcs: vcsOf(
      { ...delivery, body: { repository: at(run, 'repository') ?? at(body, 'repository') ?? null } },
      { ref: anyKnown({ head }) },
    ),
    cicd: { pipeline: pipelineOf(run) },
    detail: known({
      action,
      conclusion: flag(run, 'need_approval') ? 'action_required' : undefined,
      seconds: secondsBetween(started, instant(run, 'stopped')),
      queued_seconds: secondsBetween(instant(run, 'created'), started),
      from_fork: flag(run, 'is_fork_pull_request'),
    }),
  });
  return [piece];
}

/** The workflow is told by its file's name alone. */
function pipelineOf(run: ReturnType<typeof at>): NonNullable<Cicd['pipeline']> {
  const id = identifier(run, 'id');
  const status = text(run, 'status');
  return known({
    definition: text(run, 'workflow_id'),
    run:
      id === undefined
        ? undefined
        : known({
            id,
            trigger: text(run, 'trigger_event') ?? text(run, 'event'),
            state: 'finished',
            result: runResult(status),
            url: text(run, 'html_url'),
          }),
  });
}

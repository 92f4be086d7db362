// Deployments, who let them through, and what asked for a run.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#deployment (and #deployment_status, #deployment_review …)
import type { Cicd } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { anyKnown, at, identifier, instant, known, list, text } from '../../../fields.ts';
import { loginOf } from '../shared/actor.ts';
import { type Delivery, headOf, type Mapper, type Piece, vcsOf } from '../shared/delivery.ts';
import { pipelineOf, taskOf } from '../shared/pipelines.ts';

export function deployment(delivery: Delivery): readonly Piece[] {
  const { event, action, body } = delivery;
  const deployed = at(body, 'deployment');
  const status = at(body, 'deployment_status');
  const run = at(body, 'workflow_run');
  const job = jobOf(body);
  const head = headOf(
    text(deployed, 'ref') ?? text(run, 'head_branch'),
    text(deployed, 'sha') ?? text(run, 'head_sha'),
  );
  const requested = ['requestor', 'requester'].map((key) => loginOf(at(body, key)));
  const began = loginOf(at(run, 'triggering_actor')) ?? loginOf(at(run, 'actor')) ?? loginOf(at(deployed, 'creator'));
  const piece: Piece = known({
    kind: 'deployment',
    observed_at: instant(body, 'since'),
    vcs: vcsOf(delivery, { ref: anyKnown({ head }) }),
    cicd: cicdOf(body, run, job),
    detail: known({
      action: text(status, 'state') ?? action ?? event,
      id: identifier(deployed, 'id'),
      environment:
        text(status, 'environment') ??
        text(deployed, 'environment') ??
        text(body, 'environment') ??
        text(job, 'environment'),
      requested_by: requested.find((name) => name !== undefined) ?? began,
    }),
  });
  return [piece];
}

/** The job that deploys, as a check or as a job that waits for its approval. */
function jobOf(body: Delivery['body']): Json | undefined {
  return at(body, 'workflow_job_run') ?? list(body, 'workflow_job_runs')[0] ?? at(body, 'check_run');
}

function cicdOf(body: Delivery['body'], run: Json | undefined, job: Json | undefined): Cicd | undefined {
  const told = pipelineOf(run, at(body, 'workflow'));
  const task = taskOf(job);
  const id = told.run ? undefined : calledBack(text(body, 'deployment_callback_url'));
  const pipeline = anyKnown({ ...told, ...(task && { task }), ...(id && { run: { id } }) });
  return pipeline && { pipeline };
}

/** A protection rule is told where to answer: `…/actions/runs/17/deployment_protection_rule`. */
function calledBack(url: string | undefined): string | undefined {
  return url === undefined ? undefined : /\/actions\/runs\/(\d+)\//.exec(url)?.[1];
}

/** `workflow_dispatch` and `repository_dispatch`: somebody asked for a run over the API. */
export function dispatch(delivery: Delivery): readonly Piece[] {
  const { event, action, body } = delivery;
  const workflow = text(body, 'workflow');
  const piece: Piece = known({
    kind: 'request',
    vcs: vcsOf(delivery, { ref: anyKnown({ head: headOf(text(body, 'ref') ?? text(body, 'branch')) }) }),
    cicd: workflow === undefined ? undefined : { pipeline: { definition: workflow } },
    detail: known({ operation: event, path: action }),
  });
  return [piece];
}

export const pageBuild: Mapper = ({ body }) => [
  { kind: 'deployment', detail: { action: text(body, 'build', 'status') ?? 'built', environment: 'github-pages' } },
];

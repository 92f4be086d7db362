// A job, as its own delivery and its pipeline's tell it: with its pipeline, runner, commit and environment.
// https://docs.gitlab.com/user/project/integrations/webhook_events/#job-events
import type { Actor, Cicd, Vcs } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import type { Instant } from '../../../../core/time.ts';
import { type Delivery, headOf, type Piece } from '../../../delivery.ts';
import { anyKnown, at, flag, identifier, instant, known, object, text, texts } from '../../../fields.ts';
import { actorOf } from '../shared/actor.ts';
import { runResult } from '../shared/run-state.ts';
import { definitionOf, vcsOf } from './project.ts';

interface Job {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly status: string | undefined;
  readonly reason: string | undefined;
  readonly created: Instant | undefined;
  readonly started: Instant | undefined;
  readonly finished: Instant | undefined;
  readonly runner: Json | undefined;
  readonly environment: Json | undefined;
  /** Of the job's own user, who may be another than the pipeline's. */
  readonly actor: Actor | undefined;
  readonly vcs: Vcs;
  readonly pipeline: Cicd['pipeline'];
}

export function job({ body }: Delivery): readonly Piece[] {
  const type = flag(body, 'tag') ? 'tag' : 'branch';
  const run = identifier(body, 'pipeline_id');
  return pieces(body, {
    id: identifier(body, 'build_id'),
    name: text(body, 'build_name'),
    status: text(body, 'build_status'),
    reason: text(body, 'build_failure_reason'),
    created: instant(body, 'build_created_at'),
    started: instant(body, 'build_started_at'),
    finished: instant(body, 'build_finished_at'),
    runner: object(body, 'runner'),
    environment: object(body, 'environment'),
    actor: actorOf(object(body, 'user')),
    vcs: vcsOf(body, { ref: anyKnown({ head: headOf(text(body, 'ref'), text(body, 'sha'), type) }) }),
    pipeline: anyKnown({
      name: text(body, 'commit', 'name'),
      definition: definitionOf(body),
      run: run === undefined ? undefined : known({ id: run, parent: parentOf(body) }),
    }),
  });
}

/** One of a pipeline's `builds`. */
export function build(
  body: Delivery['body'],
  told: Json,
  around: Pick<Job, 'vcs' | 'pipeline' | 'actor'>,
): readonly Piece[] {
  return pieces(body, {
    ...around,
    actor: actorOf(object(told, 'user')) ?? around.actor,
    id: identifier(told, 'id'),
    name: text(told, 'name'),
    status: text(told, 'status'),
    reason: text(told, 'failure_reason'),
    created: instant(told, 'created_at'),
    started: instant(told, 'started_at'),
    finished: instant(told, 'finished_at'),
    runner: object(told, 'runner'),
    environment: object(told, 'environment'),
  });
}

/** Named by job and status, so that a job told by several deliveries is one. */
function pieces(body: Delivery['body'], job: Job): readonly Piece[] {
  const { actor, vcs, status, name } = job;
  const natural_id = job.id === undefined || status === undefined ? undefined : `job/${job.id}/${status}`;
  const observed_at = job.finished ?? (job.runner || status === 'running' ? job.started : undefined) ?? job.created;
  const result = runResult(status, job.reason);
  const common = known({
    natural_id,
    observed_at,
    actor,
    vcs,
    cicd: anyKnown({
      pipeline: anyKnown({
        ...job.pipeline,
        task: name === undefined ? undefined : known({ name, run: anyKnown({ id: job.id, result }) }),
      }),
      worker: workerOf(body, job.runner),
    }),
  });
  const piece: Piece = { kind: 'job', ...common, detail: { action: status ?? 'changed' } };
  return [piece, ...deployed(job, common)];
}

const DEPLOYMENT_STATUSES: readonly string[] = ['running', 'success', 'failed', 'canceled'];

/** A job that starts an environment is a deployment, and told as one by a delivery of its own where those are on. */
function deployed({ environment, status }: Job, common: Omit<Piece, 'kind' | 'detail'>): readonly Piece[] {
  const name = text(environment, 'name');
  if (name === undefined || (text(environment, 'action') ?? 'start') !== 'start') return [];
  if (status === undefined || !DEPLOYMENT_STATUSES.includes(status)) return [];
  return [{ ...common, kind: 'deployment', detail: { action: status, environment: name } }];
}

/** The pipeline that started this one. */
export function parentOf(body: Delivery['body']): NonNullable<NonNullable<Cicd['pipeline']>['run']>['parent'] {
  return anyKnown({
    id: identifier(body, 'source_pipeline', 'pipeline_id'),
    repository: text(body, 'source_pipeline', 'project', 'path_with_namespace'),
  });
}

/** On gitlab.com, runners of the whole instance are GitLab's own; elsewhere it is not told whose they are. */
function workerOf(body: Delivery['body'], runner: Json | undefined): Cicd['worker'] {
  const shared = flag(runner, 'is_shared');
  const url = text(body, 'project', 'web_url') ?? text(body, 'repository', 'homepage');
  const vendor = url !== undefined && URL.parse(url)?.hostname === 'gitlab.com';
  return anyKnown({
    id: identifier(runner, 'id'),
    name: text(runner, 'description'),
    labels: at(runner, 'tags') === undefined ? undefined : texts(runner, 'tags'),
    hosted: shared === false ? false : shared && vendor ? true : undefined,
    group: text(runner, 'runner_type'),
  });
}

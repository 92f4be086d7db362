// One mapper for each kind of object that Buildkite's events are about.
// https://buildkite.com/docs/apis/webhooks/pipelines#events

import type { Cicd } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { anyKnown, at, identifier, known, number, text, texts } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { actionOf, actorOf, type Delivery, type Mapper, vcsOf } from './delivery.ts';

/** By the first part of the event's name. */
export const EVENTS: ReadonlyMap<string, Mapper> = new Map<string, Mapper>([
  ['build', build],
  ['job', job],
  ['agent', agent],
  ['cluster_token', token],
  ['ping', ping],
]);

type Run = NonNullable<NonNullable<Cicd['pipeline']>['run']>;

const STATES: ReadonlyMap<string, NonNullable<Run['state']>> = new Map([
  ['scheduled', 'pending'],
  ['blocked', 'pending'],
  ['waiting', 'pending'],
  ['assigned', 'pending'],
  ['accepted', 'pending'],
  ['running', 'executing'],
  ['failing', 'executing'],
  ['canceling', 'finalizing'],
  ['timing_out', 'finalizing'],
  ['passed', 'finished'],
  ['failed', 'finished'],
  ['canceled', 'finished'],
  ['skipped', 'finished'],
  ['not_run', 'finished'],
  ['timed_out', 'finished'],
  ['finished', 'finished'],
  ['expired', 'finished'],
  ['broken', 'finished'],
]);
const RESULTS: ReadonlyMap<string, NonNullable<Run['result']>> = new Map([
  ['passed', 'success'],
  ['failed', 'failure'],
  ['canceled', 'cancellation'],
  ['skipped', 'skip'],
  ['not_run', 'skip'],
  ['broken', 'skip'],
  ['timed_out', 'timeout'],
  ['expired', 'timeout'],
]);

/** Builds are named by their id; the number counts within the pipeline. */
function runOf({ body }: Delivery): Run | undefined {
  const { build } = body;
  const id = identifier(build, 'id');
  if (id === undefined) return undefined;
  const state = text(build, 'state') ?? '';
  const parent = identifier(build, 'triggered_from', 'build_id') ?? identifier(build, 'rebuilt_from', 'id');
  const pipeline = text(build, 'triggered_from', 'build_pipeline_slug');
  return known({
    id,
    trigger: text(build, 'source'),
    state: STATES.get(state),
    result: RESULTS.get(state),
    url: text(build, 'web_url'),
    parent: parent === undefined ? undefined : known({ id: parent, pipeline }),
  });
}

function build(delivery: Delivery): Piece {
  const { body } = delivery;
  return known({
    kind: 'run',
    // Who asked for it. `author` is what the commit claims.
    actor: actorOf(at(body.build, 'creator')),
    vcs: vcsOf(delivery),
    cicd: { pipeline: known({ name: pipelineOf(delivery), run: runOf(delivery) }) },
    detail: { action: actionOf(delivery) },
  });
}

function pipelineOf({ body }: Delivery): string | undefined {
  return text(body, 'pipeline', 'slug') ?? text(body, 'pipeline', 'name');
}

/** `job.activated`: somebody let a blocked step go on. */
function job(delivery: Delivery): Piece {
  const { body } = delivery;
  const { job } = body;
  const name = text(job, 'name') ?? text(job, 'label') ?? text(job, 'step_key') ?? text(job, 'type');
  const state = text(job, 'state') ?? '';
  const who = [at(job, 'unblocked_by'), at(job, 'retry_source', 'retried_by'), at(body.build, 'creator')];
  return known({
    kind: 'job',
    actor: who.map(actorOf).find((actor) => actor !== undefined),
    vcs: vcsOf(delivery),
    cicd: known({
      pipeline: known({
        name: pipelineOf(delivery),
        run: runOf(delivery),
        task:
          name === undefined
            ? undefined
            : known({ name, run: anyKnown({ id: identifier(job, 'id'), result: resultOf(state, job) }) }),
      }),
      worker: workerOf(at(job, 'agent')),
    }),
    detail: { action: actionOf(delivery) },
  });
}

/** The state `finished` leaves it to the exit status how it went. */
function resultOf(state: string, job: Json | undefined): Run['result'] {
  const status = state === 'finished' ? number(job, 'exit_status') : undefined;
  if (status !== undefined) return status === 0 ? 'success' : 'failure';
  return RESULTS.get(state);
}

/** Its tags are its labels: `queue=default`. */
function workerOf(agent: Json | undefined): Cicd['worker'] {
  return anyKnown({
    id: text(agent, 'id'),
    name: text(agent, 'name'),
    labels: texts(agent, 'meta_data'),
    group: text(agent, 'queue'),
  });
}

function agent(delivery: Delivery): Piece {
  const { body } = delivery;
  const worker = workerOf(body.agent);
  const address = text(body, 'blocked_ip') ?? text(body, 'agent', 'ip_address');
  return known({
    kind: 'runner',
    actor: actorOf(at(body.agent, 'creator')),
    client: anyKnown({ address, user_agent: text(body, 'agent', 'user_agent') }),
    cicd: worker && { worker },
    host: anyKnown({ name: text(body, 'agent', 'hostname') }),
    detail: { action: actionOf(delivery) },
  });
}

/** An agent that may not register came from an address that its token does not allow. */
function token(delivery: Delivery): Piece {
  const { body } = delivery;
  const id = text(body, 'cluster_token', 'id');
  return known({
    kind: 'runner',
    client: anyKnown({ address: text(body, 'blocked_ip') }),
    credential:
      id === undefined
        ? undefined
        : known({ id, type: 'agent token', name: text(body, 'cluster_token', 'description') }),
    detail: { action: actionOf(delivery) },
  });
}

function ping({ body }: Delivery): Piece {
  const host = URL.parse(text(body, 'service', 'settings', 'url') ?? '')?.hostname;
  return { kind: 'integration', detail: known({ action: 'ping', host: host || undefined }) };
}

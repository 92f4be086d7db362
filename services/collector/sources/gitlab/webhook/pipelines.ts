// Pipelines and deployments.
// https://docs.gitlab.com/user/project/integrations/webhook_events/#pipeline-events (and #deployment-events)
import type { Json } from '../../../../core/json.ts';
import { type Instant, SECOND } from '../../../../core/time.ts';
import { type Delivery, headOf, type Piece } from '../../../delivery.ts';
import { anyKnown, at, flag, identifier, instant, known, list, number, object, text } from '../../../fields.ts';
import { actorOf } from '../shared/actor.ts';
import { runResult, runState } from '../shared/run-state.ts';
import { changeOf } from './changes.ts';
import { build, parentOf } from './jobs.ts';
import { definitionOf, vcsOf } from './project.ts';

/** The run, the names of the variables it was given, and, when it is over, the jobs that ran in it. */
export function pipeline({ body }: Delivery): readonly Piece[] {
  const told = at(body, 'object_attributes');
  const id = identifier(told, 'id');
  const status = text(told, 'status');
  const state = runState(status);
  const merge = object(body, 'merge_request');
  const head = headOf(text(told, 'ref'), text(told, 'sha'), flag(told, 'tag') ? 'tag' : 'branch');
  const base = anyKnown({ name: text(merge, 'target_branch') });
  const common = known({
    actor: actorOf(object(body, 'user')),
    vcs: vcsOf(body, { ref: anyKnown({ head, base }), change: changeOf(merge) }),
  });
  const around = anyKnown({ name: text(told, 'name'), definition: definitionOf(body) });
  const own = known({ trigger: text(told, 'source'), url: text(told, 'url'), parent: parentOf(body) });
  const run: Piece = known({
    kind: 'run',
    natural_id: endOf(id, told, state),
    ...common,
    observed_at: instant(told, 'finished_at') ?? begun(told, state),
    cicd: anyKnown({
      pipeline: anyKnown({
        ...around,
        run: id === undefined ? undefined : known({ id, ...own, state, result: runResult(status) }),
      }),
    }),
    detail: { action: status ?? 'changed' },
  });
  const pipeline = anyKnown({ ...around, run: id === undefined ? undefined : { id, ...own } });
  const ran = list(body, 'builds').filter((told) => at(told, 'started_at') !== null && runResult(text(told, 'status')));
  const jobs = state === 'finished' ? ran : [];
  return [
    run,
    ...handed(body, id, { ...common, ...(pipeline && { cicd: { pipeline } }) }),
    ...jobs.flatMap((told) => build(body, told, { actor: common.actor, vcs: common.vcs, pipeline })),
  ];
}

/** A pipeline that is run again ends again, at another time; its stamp has seconds here, milliseconds in the API. */
function endOf(id: string | undefined, told: Json | undefined, state: string | undefined): string | undefined {
  const finished = state === 'finished' ? instant(told, 'finished_at') : undefined;
  if (id === undefined || finished === undefined) return undefined;
  return `pipeline/${id}/${text(told, 'status')}/${Math.floor(finished / SECOND)}`;
}

/** When it was made, and, once it runs, how many seconds it waited after that. */
function begun(told: Json | undefined, state: string | undefined): Instant | undefined {
  const created = instant(told, 'created_at');
  const waited = state === 'pending' ? undefined : number(told, 'queued_duration');
  return created === undefined ? undefined : created + Math.round((waited ?? 0) * SECOND);
}

/** Once for a pipeline, however often its status changes. */
function handed(
  body: Delivery['body'],
  id: string | undefined,
  common: Pick<Piece, 'actor' | 'vcs' | 'cicd'>,
): readonly Piece[] {
  const names = list(body, 'object_attributes', 'variables').flatMap((variable) => text(variable, 'key') ?? []);
  if (names.length === 0) return [];
  const piece: Piece = known({
    kind: 'secret',
    natural_id: id === undefined ? undefined : `pipeline/${id}/variables`,
    observed_at: instant(body, 'object_attributes', 'created_at'),
    ...common,
    detail: { action: 'pipeline.variables', names },
  });
  return [piece];
}

/** By the job that deploys, where there is one: the same deployment as that job's own delivery tells. */
export function deployment({ body }: Delivery): readonly Piece[] {
  const status = text(body, 'status') ?? 'changed';
  const job = identifier(body, 'deployable_id');
  const deployment = identifier(body, 'deployment_id');
  const sha = /\/commit\/([0-9a-f]+)$/.exec(text(body, 'commit_url') ?? '')?.[1] ?? text(body, 'short_sha');
  const piece: Piece = known({
    kind: 'deployment',
    natural_id:
      job !== undefined
        ? `job/${job}/${status}`
        : deployment === undefined
          ? undefined
          : `deployment/${deployment}/${status}`,
    observed_at: instant(body, 'status_changed_at'),
    actor: actorOf(object(body, 'user')),
    vcs: vcsOf(body, { ref: anyKnown({ head: headOf(text(body, 'ref'), sha) }) }),
    detail: known({ action: status, environment: text(body, 'environment') }),
  });
  return [piece];
}

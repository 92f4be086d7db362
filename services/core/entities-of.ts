// Whom and what an activity is about, with ids that are the same in every feed that tells of them: so runner, job, run,
// commit and environment are linked by the activities that name two of them.
import type { Activity } from './activity.ts';
import { canonicalAddress } from './address.ts';
import { ENTITY_TYPES, type Entity, type EntityType } from './entity.ts';
import { actorId } from './identity/actor.ts';
import { jobId, jobRunId, pipelineId, runId } from './run-ids.ts';
import { systemOf } from './system-of.ts';

const IDS: { readonly [Type in EntityType]: (activity: Activity) => string | undefined } = {
  actor: actorId,
  credential: ({ credential }) => credential?.id,
  repository: ({ vcs }) => vcs?.repository?.name,
  pipeline: pipelineId,
  job: jobId,
  run: runId,
  'job-run': jobRunId,
  runner: runnerId,
  commit: commitId,
  environment: environmentId,
  address: ({ client }) => canonicalAddress(client?.address ?? ''),
  dependency: dependencyId,
  secret: secretId,
  pool: poolId,
  system: ({ source }) => systemOf(source),
  organization: ({ organization }) => organization,
};

/** The entity of that type that the activity is about; undefined where it names none. Ids: see `Entity`. */
export function entityOf(type: EntityType, activity: Activity): Entity | undefined {
  const id = IDS[type](activity);
  return id === undefined || id === '' ? undefined : { type, id };
}

/** All of them, at most one of each type. */
export function entitiesOf(activity: Activity): readonly Entity[] {
  return ENTITY_TYPES.flatMap((type) => entityOf(type, activity) ?? []);
}

/** What a sensor calls the machine is the runner's name; an id is only ever one system's. */
function runnerId({ cicd, host, source }: Activity): string | undefined {
  const name = cicd?.worker?.name ?? host?.name;
  const id = cicd?.worker?.id;
  return name ?? (id === undefined ? undefined : `${systemOf(source)}#${id}`);
}

/** Runners that come and go are named by a pattern with a number in it; the pattern stays. */
function poolId(activity: Activity): string | undefined {
  return runnerId(activity)?.replace(/\d+/g, '#');
}

function dependencyId(activity: Activity): string | undefined {
  return activity.kind === 'dependency' ? `${activity.detail.type}:${activity.detail.name}` : undefined;
}

function secretId({ kind, detail, organization }: Activity): string | undefined {
  if (kind !== 'secret' || detail.name === undefined || detail.store === undefined) return undefined;
  return [organization ?? '', detail.store, detail.name].join(':');
}

const FULL = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;
const NONE = /^0+$/;

/** Git's own id, which is the same in a mirror or a fork; abbreviations are nobody's. */
function commitId(activity: Activity): string | undefined {
  const sha = activity.kind === 'commit' ? activity.detail.sha : activity.vcs?.ref?.head?.revision;
  return sha !== undefined && FULL.test(sha) && !NONE.test(sha) ? sha.toLowerCase() : undefined;
}

function environmentId(activity: Activity): string | undefined {
  if (activity.kind !== 'deployment' || activity.detail.environment === undefined) return undefined;
  const around = activity.vcs?.repository?.name ?? activity.organization;
  return around === undefined ? activity.detail.environment : `${around}:${activity.detail.environment}`;
}

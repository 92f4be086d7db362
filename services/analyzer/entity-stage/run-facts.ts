// What one activity adds to what is known of its run. Pure; the order of activities does not matter but for what two of
// them contradict each other in.
import type { Activity } from '../../core/activity.ts';
import { entityOf } from '../../core/entities-of.ts';
import { actorId } from '../../core/identity/actor.ts';
import { isFromFork } from '../../core/identity/relation.ts';
import type { RunFacts } from '../../core/run-facts.ts';

const MOST_NAMES = 50;
const MOST_RUNNERS = 20;

/** The facts with what the activity tells; the same object where it tells nothing new. `id`: the run's. */
export function factsAfter(before: RunFacts | undefined, id: string, activity: Activity): RunFacts {
  const { cicd, vcs, observed_at: at } = activity;
  const pipeline = cicd?.pipeline;
  const told: Partial<RunFacts> = {
    ...(pipeline?.name !== undefined && { pipeline: pipeline.name }),
    ...(pipeline?.definition !== undefined && { definition: pipeline.definition }),
    ...(pipeline?.run?.trigger !== undefined && { trigger: pipeline.run.trigger }),
    ...(vcs?.ref?.head?.name !== undefined && { ref: vcs.ref.head.name }),
    ...(vcs?.ref?.head?.revision !== undefined && { revision: vcs.ref.head.revision }),
    ...(vcs?.change !== undefined && { change: vcs.change.id }),
    ...tellingOf(activity, before),
  };
  const jobs = listed(before?.jobs, pipeline?.task?.name, MOST_NAMES);
  const runners = listed(before?.runners, cicd?.worker?.name, MOST_RUNNERS);
  return {
    ...before,
    ...told,
    ...(jobs && { jobs }),
    ...(runners && { runners }),
    ...(cicd?.worker?.hosted === false && { ownRunner: true as const }),
    id,
    first: Math.min(before?.first ?? at, at),
    last: Math.max(before?.last ?? at, at),
  };
}

function tellingOf(activity: Activity, before: RunFacts | undefined): Partial<RunFacts> {
  switch (activity.kind) {
    case 'run':
    case 'job': {
      const actor = actorId(activity);
      const environment = activity.kind === 'job' ? activity.detail.environment : undefined;
      return {
        // Who started it is told by the run; a job repeats it.
        ...(actor !== undefined && (activity.kind === 'run' || before?.actor === undefined) && { actor }),
        ...(activity.actor?.type === 'bot' && { bot: true as const }),
        ...(isFromFork(activity) === true && { fork: true as const }),
        ...withAll('environments', before?.environments, environment === undefined ? [] : [environment]),
      };
    }
    case 'secret':
      return withAll('secrets', before?.secrets, activity.detail.names ?? []);
    case 'setup': {
      const { permissions = {}, variables = [] } = activity.detail;
      const writes = Object.keys(permissions).filter((scope) => permissions[scope] === 'write');
      return {
        ...withAll('secrets', before?.secrets, variables),
        ...withAll('writes', before?.writes, writes),
      };
    }
    case 'deployment': {
      const { environment } = activity.detail;
      return withAll('environments', before?.environments, environment === undefined ? [] : [environment]);
    }
    default:
      return {};
  }
}

function withAll<Field extends 'secrets' | 'writes' | 'environments'>(
  field: Field,
  before: readonly string[] | undefined,
  more: readonly string[],
): Partial<RunFacts> {
  if (more.length === 0) return {};
  return { [field]: [...new Set([...(before ?? []), ...more])].sort().slice(0, MOST_NAMES) };
}

function listed(before: readonly string[] | undefined, name: string | undefined, most: number) {
  if (name === undefined || before?.includes(name) || (before?.length ?? 0) >= most) return before;
  return [...(before ?? []), name];
}

/** The pipeline's name in what a job's own feed leaves out, its definition, and the run. */
export function withRun(activity: Activity, facts: RunFacts): Activity {
  const pipeline = activity.cicd?.pipeline;
  const missing =
    (pipeline?.name === undefined && facts.pipeline !== undefined) ||
    (pipeline?.definition === undefined && facts.definition !== undefined);
  if (!missing) return activity;
  return {
    ...activity,
    cicd: {
      ...activity.cicd,
      pipeline: {
        ...(facts.pipeline !== undefined && { name: facts.pipeline }),
        ...(facts.definition !== undefined && { definition: facts.definition }),
        ...pipeline,
      },
    },
  };
}

/** Whether the run entity can be told of the activity. */
export function runOf(activity: Activity): string | undefined {
  return entityOf('run', activity)?.id;
}

// Whose profile a thing on a runner belongs to: the job's where it is known, else what the runner stands for.
import type { Activity } from '../../services/core/activity.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import type { Entity } from '../../services/core/entity.ts';
import type { Link } from '../../services/core/finding.ts';
import { placeOf } from '../../services/core/place.ts';

/** The job, its pipeline, and the place that both are in, the nearest first. */
export function jobLevels(activity: Activity): readonly Entity[] {
  const found = [entityOf('job', activity), entityOf('pipeline', activity), placeOf(activity)];
  const levels = new Map(found.flatMap((entity) => (entity ? [[`${entity.type}:${entity.id}`, entity] as const] : [])));
  return [...levels.values()];
}

/** Whom a rule's finding is about. */
export function subjectOf(activity: Activity): { readonly entity?: Entity } {
  const entity = jobLevels(activity)[0] ?? entityOf('runner', activity);
  return entity ? { entity } : {};
}

/**
 * What happens on one machine within a day belongs together, where nobody can tell of which run it is: a controller, an agent
 * whose job is not known.
 */
export function onMachine(activity: Activity): { readonly links?: readonly Link[] } {
  const machine = entityOf('runner', activity);
  if (!machine || entityOf('run', activity) || entityOf('repository', activity)) return {};
  return { links: [{ key: `machine:${machine.id}` }] };
}

/** For a sentence: `job test of example/app`, `runners GitHub Actions #`. */
export function jobWords(activity: Activity): string {
  const pipeline = activity.cicd?.pipeline;
  const task = pipeline?.task?.name;
  const where = activity.vcs?.repository?.name;
  if (task !== undefined) return `Job ${task}${where === undefined ? '' : ` of ${where}`}`;
  if (pipeline?.name !== undefined) return `Pipeline ${pipeline.name}${where === undefined ? '' : ` of ${where}`}`;
  if (where !== undefined) return `A job of ${where}`;
  return `Runner ${activity.cicd?.worker?.name ?? activity.host?.name ?? 'unknown'}`;
}

/** The same words within a sentence. */
export function inSentence(words: string): string {
  return `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`;
}

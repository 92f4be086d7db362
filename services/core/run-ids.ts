// Ids of pipelines, jobs and runs over all systems. A run's number is unique within what its system counts by.
import type { Activity } from './activity.ts';
import { systemOf } from './system-of.ts';

/** What an activity tells of where it happened. */
type Place = Pick<Activity, 'source' | 'vcs' | 'cicd' | 'organization'>;

/** By repository: GitHub, GitLab, CircleCI and most others, whose runs have ids of their own in it. */
type Counting = 'repository' | 'pipeline' | 'organization';

const COUNTING: ReadonlyMap<string, Counting> = new Map([
  ...['github', 'gitlab', 'gitea', 'circleci', 'bitbucket', 'azure-devops'].map(
    (system) => [system, 'repository'] as const,
  ),
  // https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables: BUILD_NUMBER is one job's
  ['jenkins', 'pipeline'],
  // https://docs.buildbot.net/latest/developer/raml/build.html: a build's number is its builder's
  ['buildbot', 'pipeline'],
  // https://buildkite.com/docs/apis/rest-api/builds: /organizations/{org}/pipelines/{pipeline}/builds/{number}
  ['buildkite', 'organization'],
]);

/** What the numbers of runs are unique within; of a source that is no CI system, the repository where it names one. */
export function runsAreCountedBy({ source, vcs }: Place): Counting {
  return COUNTING.get(systemOf(source)) ?? (vcs?.repository === undefined ? 'pipeline' : 'repository');
}

export function pipelineId(place: Place): string | undefined {
  const { cicd, organization, vcs } = place;
  const pipeline = cicd?.pipeline;
  const counting = runsAreCountedBy(place);
  if (counting === 'repository') {
    const repository = vcs?.repository?.name;
    const name = pipeline?.definition ?? pipeline?.name;
    return repository === undefined || name === undefined ? undefined : `${repository}:${name}`;
  }
  const name = pipeline?.name ?? pipeline?.task?.name;
  if (name === undefined) return undefined;
  const path = jobPath(name);
  return counting === 'organization' && organization !== undefined ? `${organization}/${path}` : path;
}

export function jobId(place: Place): string | undefined {
  const task = place.cicd?.pipeline?.task?.name;
  const pipeline = pipelineId(place);
  if (task === undefined) return undefined;
  if (isWhole(place)) return pipeline;
  const around = pipeline ?? (runsAreCountedBy(place) === 'repository' ? place.vcs?.repository?.name : undefined);
  return around === undefined ? undefined : `${around}#${task}`;
}

export function runId(place: Place): string | undefined {
  const id = place.cicd?.pipeline?.run?.id;
  if (id === undefined) return undefined;
  // A source may give the whole: `folder/job#12`.
  if (id.includes('#')) return jobPath(id);
  const counting = runsAreCountedBy(place);
  const around = counting === 'repository' ? place.vcs?.repository?.name : pipelineId(place);
  if (around === undefined) return undefined;
  return counting === 'pipeline' ? `${around}#${id}` : `${around}/${id}`;
}

/** One job's execution, by its name within its run, which webhook and log both tell; else by the system's id of it. */
export function jobRunId(place: Place): string | undefined {
  return jobRunIds(place)[0];
}

/** All that tell it: a feed that does not know the run (CircleCI's log) may know the job's own number. */
export function jobRunIds(place: Place): readonly string[] {
  const task = place.cicd?.pipeline?.task;
  if (task === undefined) return [];
  const run = runId(place);
  const repository = place.vcs?.repository?.name;
  const named = run === undefined || isWhole(place) ? run : `${run}#${task.name}`;
  const own = repository === undefined || task.run?.id === undefined ? undefined : `${repository}/jobs/${task.run.id}`;
  return [named, own].filter((id) => id !== undefined);
}

/** Where nothing but a task is named, it is the whole job: a console's log names no stage. */
function isWhole(place: Place): boolean {
  return runsAreCountedBy(place) !== 'repository' && place.cicd?.pipeline?.name === undefined;
}

/**
 * The path of a Jenkins job, `folder/job`, of how addresses (`job/folder/job/job/`) and pages (`folder » job`) write it.
 * https://www.jenkins.io/doc/book/using/remote-access-api/
 */
export function jobPath(name: string): string {
  const path = name.replaceAll(' » ', '/');
  if (!/^\/?job\//.test(path)) return path;
  const parts = path.split('/').filter((part) => part !== '');
  return parts.filter((part, index) => index % 2 === 1 || part !== 'job').join('/');
}

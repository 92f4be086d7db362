// The log of a job, when its service hook says that it has ended. The timeline of a build says which log is whose; that of a
// job has what its steps wrote, in order (https://github.com/microsoft/azure-pipelines-agent, Agent.Worker/ExecutionContext.cs).
// https://learn.microsoft.com/en-us/rest/api/azure/devops/build/timeline/get, …/build/builds/get, …/builds/get-build-log
import type { Activity } from '../../../core/activity.ts';
import type { Json } from '../../../core/json.ts';
import { identifier, instant, list, text } from '../../fields.ts';
import { sourceOf } from '../../sources/azure-devops/webhook/pipelines.ts';
import type { Client } from '../client.ts';
import { logAt, missingLog } from '../log-at.ts';
import { severalLogs } from '../several-logs.ts';
import type { Errand, Pull, Surroundings } from '../system.ts';
import type { AzureDevopsSettings } from './azure-devops.ts';

/** Of all versions since 2020. */
export const API_VERSION = 'api-version=6.0';

const SOURCE = 'azure-devops.job-log';
const JOB_EVENT = 'ms.vss-pipelines.job-state-changed-event';
const RUN_EVENTS = new Set(['build.complete', 'ms.vss-pipelines.run-state-changed-event']);

export function jobLogPull(settings: AzureDevopsSettings, api: Client, surroundings: Surroundings): Pull {
  const watched = new Set(settings.projects.map((project) => project.toLowerCase()));
  const isOurs = ({ source, organization }: Activity) =>
    source === 'azure-devops.webhook' &&
    // A server's address does not tell it.
    (organization === undefined || organization.toLowerCase() === settings.organization.toLowerCase());
  return {
    name: 'job-logs',
    source: SOURCE,
    wanted: (activity) => (isOurs(activity) ? errandOf(activity, settings.each) : undefined),
    async *read({ project = '', run = '', job, name, repository }, cursor, signal) {
      const builds = `/${encodeURIComponent(project)}/_apis/build/builds/${encodeURIComponent(run)}`;
      const whose = { source: SOURCE, run_id: run, ...(repository !== undefined && { repository }) };
      const expect = [404];
      const { status, body: build } = await api.get(`${builds}?${API_VERSION}`, signal, { expect });
      if (status === 404) {
        yield missingLog(whose);
        return;
      }
      const projects = [text(build, 'project', 'name'), text(build, 'project', 'id')];
      if (!projects.some((one) => one !== undefined && watched.has(one.toLowerCase()))) return;
      const place = repository ?? sourceOf(build)?.repository?.name;
      const { body: timeline } = await api.get(`${builds}/timeline?${API_VERSION}`, signal, { expect });
      const logs = jobsIn(timeline, job, name).map((record) => {
        const path = `${builds}/logs/${identifier(record, 'log', 'id')}?${API_VERSION}`;
        const called = name ?? text(record, 'name') ?? '';
        const theirs = { ...whose, job: called, ...(place !== undefined && { repository: place }) };
        return {
          id: identifier(record, 'log', 'id') ?? '',
          read: (from: Json | undefined) => logAt({ api, path, whose: theirs }, from, surroundings, signal),
        };
      });
      if (logs.length === 0) yield missingLog({ ...whose, job: name ?? 'any job' });
      yield* severalLogs(logs, cursor);
    },
  };
}

/** A job that was skipped wrote nothing. What is run again ends again, under the same ids. */
function errandOf(
  { native_type = '', kind, vcs, cicd, detail, record }: Activity,
  each: 'job' | 'run',
): Errand | undefined {
  const { run, task } = cicd?.pipeline ?? {};
  const resource = (...path: string[]) => text(record, 'resource', ...path);
  const project =
    resource('projectId') ?? text(record, 'resourceContainers', 'project', 'id') ?? resource('project', 'name');
  if (project === undefined || run === undefined || !('action' in detail)) return undefined;
  const repository = vcs?.repository?.name;
  const errand = { project, run: run.id, ...(repository !== undefined && { repository }) };
  if (each === 'job') {
    if (kind !== 'job' || native_type !== JOB_EVENT || detail.action !== 'completed') return undefined;
    if (task?.run?.id === undefined || task.run.result === 'skip') return undefined;
    const attempt = identifier(record, 'resource', 'job', 'attempt');
    return { ...errand, job: task.run.id, name: task.name, ...(attempt !== undefined && { attempt }) };
  }
  if (kind !== 'run' || !RUN_EVENTS.has(native_type) || run.state !== 'finished') return undefined;
  const ended = instant(record, 'resource', 'finishTime') ?? instant(record, 'resource', 'run', 'finishedDate');
  return { ...errand, ...(ended !== undefined && { ended: String(ended) }) };
}

/** Those that have a log: the one that is asked for, by its id or else its name, or all. */
function jobsIn(timeline: Json, job: string | undefined, name: string | undefined): readonly Json[] {
  const jobs = list(timeline, 'records').filter(
    (record) => text(record, 'type') === 'Job' && identifier(record, 'log', 'id') !== undefined,
  );
  if (job === undefined) return jobs;
  const same = jobs.filter((record) => identifier(record, 'id') === job);
  return same.length > 0 ? same : jobs.filter((record) => text(record, 'name') === name).slice(-1);
}

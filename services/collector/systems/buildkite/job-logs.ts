// The log of a job, when its webhook says that it has ended.
// https://buildkite.com/docs/apis/rest-api/jobs#get-a-jobs-log-output
import { identifier, text } from '../../fields.ts';
import type { Client } from '../client.ts';
import { logAt } from '../log-at.ts';
import type { Pull, Surroundings } from '../system.ts';

const SOURCE = 'buildkite.job-log';

export function jobLogPull(organizations: readonly string[], api: Client, surroundings: Surroundings): Pull {
  const watched = new Set(organizations);
  return {
    name: 'job-log',
    source: SOURCE,
    wanted({ source, kind, organization = '', vcs, cicd, detail, record }) {
      if (source !== 'buildkite.webhook' || kind !== 'job' || !watched.has(organization)) return undefined;
      if (!('action' in detail) || detail.action !== 'finished') return undefined;
      // Steps that wait, block or start another build print nothing; nor does a job that no agent began.
      if (text(record, 'job', 'type') !== 'script' || text(record, 'job', 'started_at') === undefined) return undefined;
      const slug = text(record, 'pipeline', 'slug');
      const number = identifier(record, 'build', 'number');
      const { run, task } = cicd?.pipeline ?? {};
      if (slug === undefined || number === undefined || run === undefined || task?.run?.id === undefined)
        return undefined;
      const repository = vcs?.repository?.name;
      return {
        organization,
        pipeline: slug,
        number,
        run: run.id,
        job: task.run.id,
        name: task.name,
        ...(repository !== undefined && { repository }),
      };
    },
    read({ organization = '', pipeline = '', number = '', run = '', job = '', name = '', repository }, cursor, signal) {
      const places = [organization, pipeline, number, job].map(encodeURIComponent);
      const path = `/organizations/${places[0]}/pipelines/${places[1]}/builds/${places[2]}/jobs/${places[3]}/log`;
      const place = { organization, pipeline, run_id: run, job: name, ...(repository !== undefined && { repository }) };
      return logAt({ api, path, whose: { source: SOURCE, ...place } }, cursor, surroundings, signal);
    },
  };
}

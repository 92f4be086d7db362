// The logs of steps, when the spans of a pipeline say that they have ended.
// https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pipelines/
import type { Json } from '../../../core/json.ts';
import { identifier, list, text } from '../../fields.ts';
import { endedSteps } from '../../sources/bitbucket/webhook/spans.ts';
import type { Client } from '../client.ts';
import { logAt } from '../log-at.ts';
import { severalLogs } from '../several-logs.ts';
import type { Pull, Reading, Surroundings } from '../system.ts';

const SOURCE = 'bitbucket.job-log';

interface Watched {
  readonly workspace: string;
  readonly repositories?: readonly string[] | undefined;
}

/** The spans of a delivery are activities of their own, of which the first has the record: it leads to all of them. */
export function stepLogPull(watched: Watched, api: Client, surroundings: Surroundings): Pull {
  return {
    name: 'step-logs',
    source: SOURCE,
    wanted({ source, native_type, record }) {
      if (source !== 'bitbucket.webhook' || native_type !== 'pipeline:span_created') return undefined;
      const steps = endedSteps(record).filter(({ repository }) => isWatched(repository, watched));
      return steps.length === 0 ? undefined : { steps: JSON.stringify(steps) };
    },
    read({ steps = '[]' }, cursor, signal) {
      const found: Json = JSON.parse(steps);
      const logs = list(found).map((step) => ({
        id: identifier(step, 'id') ?? '',
        read: (place: Json | undefined) => stepLog(step, place, signal),
      }));
      return severalLogs(logs, cursor);
    },
  };

  async function* stepLog(step: Json, cursor: Json | undefined, signal: AbortSignal): Reading {
    const repository = text(step, 'repository') ?? '';
    const whose = { source: SOURCE, repository, run_id: text(step, 'run') ?? '', job: text(step, 'name') ?? '' };
    // The API takes an id for a name as well.
    const name = repository.slice(repository.indexOf('/') + 1);
    const pipelines = `/repositories/${watched.workspace}/${encodeURIComponent(name)}/pipelines`;
    const path = `${pipelines}/${await pipelineOf(step, pipelines, signal)}/steps/${encodeURIComponent(text(step, 'id') ?? '')}/log`;
    yield* logAt({ api, path, whose }, cursor, surroundings, signal);
  }

  /** Spans tell two ids, of the pipeline and of this run of it, and Atlassian does not say which one its API means. */
  async function pipelineOf(step: Json, pipelines: string, signal: AbortSignal): Promise<string> {
    const run = encodeURIComponent(text(step, 'run') ?? '');
    const pipeline = encodeURIComponent(text(step, 'pipeline') ?? '');
    if (pipeline === '' || pipeline === run) return run;
    const { status } = await api.get(`${pipelines}/${pipeline}`, signal, { expect: [404] });
    return status === 404 ? run : pipeline;
  }
}

/** Spans may tell of a repository nothing but its id: whose it is, the API says. */
function isWatched(repository: string, { workspace, repositories }: Watched): boolean {
  if (repository.startsWith('{')) return true;
  const [owner = '', name = ''] = repository.split('/', 2);
  return owner === workspace && (repositories === undefined || repositories.includes(name));
}

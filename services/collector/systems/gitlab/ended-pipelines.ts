// Pipelines that have ended, with their jobs, in the form of their webhook: under the same ids, so that what did arrive is not
// counted again. https://docs.gitlab.com/api/pipelines/ and …/api/jobs/#list-all-jobs-by-pipeline
import type { Clock } from '../../../core/clock.ts';
import type { Json } from '../../../core/json.ts';
import { formatInstant, type Instant } from '../../../core/time.ts';
import { identifier, instant, known, list, object, text } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import { runResult } from '../../sources/gitlab/shared/run-state.ts';
import type { Client } from '../client.ts';
import { pages } from '../pages.ts';
import type { Place } from './places.ts';

export const PIPELINE_SOURCE = 'gitlab.webhook';

export interface EndedPipelines {
  /** Pages of those that ended between two times, both included; the oldest first, but for those of child pipelines. */
  listed(project: Place, since: Instant, until: Instant, signal: AbortSignal): AsyncGenerator<readonly Json[]>;
  /** None where it is gone. */
  records(project: Place, listed: Json, signal: AbortSignal): Promise<readonly SourceRecord[]>;
}

/** `unseen`: statuses of projects that count as without any pipeline; what else they answer is thrown. */
export function endedPipelines(api: Client, clock: Clock, unseen: readonly number[]): EndedPipelines {
  const gone = [...new Set([404, ...unseen])];

  async function jobsOf(path: string, signal: AbortSignal): Promise<readonly Json[]> {
    const found: Json[] = [];
    const first = `${path}/jobs?include_retried=true&per_page=100`;
    for await (const page of pages(api, first, signal, { expect: gone })) found.push(...list(page));
    return found;
  }

  return {
    async *listed(project, since, until, signal) {
      // Those of child pipelines are listed only when they are asked for.
      for (const source of [{}, { source: 'parent_pipeline' }]) {
        const query = new URLSearchParams({
          updated_after: formatInstant(since),
          updated_before: formatInstant(until),
          order_by: 'updated_at',
          sort: 'asc',
          per_page: '100',
          ...source,
        });
        for await (const page of pages(api, `${project.path}/pipelines?${query}`, signal, { expect: unseen })) {
          yield list(page).filter(isEnded);
        }
      }
    },
    async records(project, listed, signal) {
      const path = `${project.path}/pipelines/${identifier(listed, 'id')}`;
      const { status, body } = await api.get(path, signal, { expect: gone });
      if (status >= 400) return [];
      const jobs = await jobsOf(path, signal);
      const received_at = clock.now();
      return [{ source: PIPELINE_SOURCE, event: 'Pipeline Hook', received_at, body: deliveryOf(project, body, jobs) }];
    },
  };
}

export function endedAt(pipeline: Json): Instant | undefined {
  return instant(pipeline, 'updated_at');
}

function isEnded(pipeline: Json): boolean {
  const result = runResult(text(pipeline, 'status'));
  return result !== undefined && result !== 'skip';
}

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#pipeline-events */
function deliveryOf({ told: project, name }: Place, pipeline: Json, jobs: readonly Json[]): object {
  const ref = text(pipeline, 'ref');
  const change = /^refs\/merge-requests\/(\d+)\//.exec(ref ?? '')?.[1];
  return known({
    object_kind: 'pipeline',
    object_attributes: known({ ...object(pipeline), url: text(pipeline, 'web_url'), user: undefined }),
    merge_request: change === undefined ? undefined : { iid: Number(change) },
    user: object(pipeline, 'user'),
    project: known({
      ...known({ id: object(project)?.id, web_url: text(project, 'web_url') }),
      path_with_namespace: name,
      ci_config_path: object(project)?.ci_config_path,
    }),
    project_visibility: text(project, 'visibility'),
    builds: jobs.map((job) => known({ ...object(job), pipeline: undefined, commit: undefined, project: undefined })),
  });
}

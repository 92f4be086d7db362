// Pipelines as the API lists them, and what ended in them in the form of their webhook: under the same ids.
// https://circleci.com/docs/api/v2/ (pipelines, workflows, jobs of a workflow)
import type { Clock } from '../../../core/clock.ts';
import type { Json } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { identifier, instant, known, list, object, text } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import { runResult } from '../../sources/circleci/shared/run-state.ts';
import type { Client } from '../client.ts';

export const PIPELINE_SOURCE = 'circleci.webhook';

export interface Pipeline {
  readonly id: string;
  readonly created: Instant;
  /** `gh/acme/shop`. */
  readonly project: string | undefined;
}

export interface Pipelines {
  /** Newest first. */
  listed(organization: string, signal: AbortSignal): AsyncGenerator<Pipeline>;
  workflows(id: string, signal: AbortSignal): Promise<readonly Json[]>;
  /** Of those workflows of a pipeline that have ended. */
  records(id: string, workflows: readonly Json[], signal: AbortSignal): Promise<readonly SourceRecord[]>;
}

export function createPipelines(api: Client, clock: Clock): Pipelines {
  async function* all(path: string, signal: AbortSignal): AsyncGenerator<Json> {
    for (let token: string | undefined = ''; token !== undefined; ) {
      const mark = path.includes('?') ? '&' : '?';
      const page: string = token === '' ? path : `${path}${mark}page-token=${encodeURIComponent(token)}`;
      const { body } = await api.get(page, signal);
      yield* list(body, 'items');
      token = text(body, 'next_page_token');
    }
  }

  return {
    async *listed(organization, signal) {
      for await (const pipeline of all(`/v2/pipeline?org-slug=${encodeURIComponent(organization)}`, signal)) {
        const id = text(pipeline, 'id');
        const created = instant(pipeline, 'created_at');
        if (id !== undefined && created !== undefined) yield { id, created, project: text(pipeline, 'project_slug') };
      }
    },
    async workflows(id, signal) {
      const found: Json[] = [];
      for await (const workflow of all(`/v2/pipeline/${id}/workflow`, signal)) found.push(workflow);
      return found;
    },
    async records(id, workflows, signal) {
      const ended = workflows.filter(isEnded);
      if (ended.length === 0) return [];
      const { body: pipeline } = await api.get(`/v2/pipeline/${id}`, signal);
      const received_at = clock.now();
      const records: SourceRecord[] = [];
      for (const workflow of ended) {
        const tell = (type: string, happened_at: string | undefined, job?: object) =>
          records.push({
            source: PIPELINE_SOURCE,
            event: type,
            received_at,
            body: known({ type, happened_at, ...around(pipeline, workflow), job }),
          });
        for await (const job of all(`/v2/workflow/${text(workflow, 'id')}/job`, signal)) {
          const number = identifier(job, 'job_number');
          if (number === undefined || !isEnded(job)) continue;
          tell('job-completed', text(job, 'stopped_at'), known({ ...object(job), number: Number(number) }));
        }
        tell('workflow-completed', text(workflow, 'stopped_at'));
      }
      return records;
    },
  };
}

/** `failing` still runs. */
export function isEnded(told: Json): boolean {
  const status = text(told, 'status');
  return status !== 'failing' && runResult(status) !== undefined;
}

/** https://circleci.com/docs/reference/outbound-webhooks-reference/ */
function around(pipeline: Json, workflow: Json): object {
  const slug = text(pipeline, 'project_slug') ?? '';
  const [provider, owner] = slug.split('/');
  return known({
    project: { slug },
    organization: provider === 'circleci' ? undefined : { name: owner },
    workflow: object(workflow),
    pipeline: object(pipeline),
  });
}

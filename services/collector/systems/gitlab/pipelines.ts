// Pipelines that have ended, with their jobs, as their webhook would have told them: under the same ids, so that what did
// arrive is not counted again. https://docs.gitlab.com/api/pipelines/ and …/api/jobs/#list-all-jobs-by-pipeline
import type { Json } from '../../../core/json.ts';
import { DAY, formatInstant, HOUR, MINUTE } from '../../../core/time.ts';
import { identifier, instant, known, list, object, text } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import { runResult } from '../../sources/gitlab/shared/run-state.ts';
import type { Client } from '../client.ts';
import { pages } from '../pages.ts';
import { nextRound, type Round, type RoundTerms } from '../rounds.ts';
import type { Poll, Surroundings, Turn } from '../system.ts';
import { type Place, projectsOf } from './places.ts';

/** Schedules start pipelines where nobody is active, so all projects are looked at, though less often. */
const ALL = { every: 2 * HOUR, terms: { first: DAY, late: 30 * MINUTE, longest: 6 * HOUR } };
/** What began while a project was quiet is found once it is active; GitLab notes activity once an hour. */
const ACTIVE = { every: 5 * MINUTE, terms: { first: DAY, late: ALL.every + 30 * MINUTE, longest: 6 * HOUR } };
const NOTED_EVERY = HOUR;
const OUT_OF_REACH = [403, 404];

/** `group`: undefined for the whole instance. */
export function pipelinePolls(group: string | undefined, api: Client, surroundings: Surroundings): readonly Poll[] {
  const where = group === undefined ? '' : ` of ${group}`;
  return [
    pipelinePoll(`pipelines${where}`, ACTIVE, (project, { since }) => activityOf(project) >= since - NOTED_EVERY),
    pipelinePoll(`pipelines${where}, quiet projects`, ALL, (project, { since }) => activityOf(project) < since),
  ];

  function pipelinePoll(
    name: string,
    { every, terms }: { readonly every: number; readonly terms: RoundTerms },
    isMeant: (project: Place, round: Round) => boolean,
  ): Poll {
    async function* read(cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
      const now = surroundings.clock.now();
      for (let at = cursor; ; ) {
        const round = nextRound(at, now, terms);
        for await (const project of projectsOf(group, api, signal)) {
          if (round.isDone(project.id) || !isMeant(project, round)) continue;
          const records: SourceRecord[] = [];
          for await (const pipeline of ended(project, round, signal)) {
            const key = [identifier(pipeline, 'id'), text(pipeline, 'status'), text(pipeline, 'updated_at')].join('/');
            if (!round.isNew(key, instant(pipeline, 'updated_at') ?? round.until)) continue;
            records.push(...(await recordsOf(project, pipeline, signal)));
          }
          round.leave(project.id);
          if (records.length > 0) yield { records, cursor: round.cursor() };
        }
        at = round.end();
        yield { records: [], cursor: at };
        if (round.until >= now) return;
      }
    }
    return { name, source: 'gitlab.webhook', every, read };
  }

  /** Those of child pipelines are listed only when they are asked for. */
  async function* ended(project: Place, { since, until }: Round, signal: AbortSignal): AsyncGenerator<Json> {
    for (const source of [{}, { source: 'parent_pipeline' }]) {
      const query = new URLSearchParams({
        updated_after: formatInstant(since),
        updated_before: formatInstant(until),
        order_by: 'updated_at',
        sort: 'asc',
        per_page: '100',
        ...source,
      });
      for await (const pipeline of all(`${project.path}/pipelines?${query}`, signal)) {
        const result = runResult(text(pipeline, 'status'));
        if (result !== undefined && result !== 'skip') yield pipeline;
      }
    }
  }

  async function recordsOf(project: Place, listed: Json, signal: AbortSignal): Promise<readonly SourceRecord[]> {
    const path = `${project.path}/pipelines/${identifier(listed, 'id')}`;
    const { status, body } = await api.get(path, signal, { expect: OUT_OF_REACH });
    if (status >= 400) return [];
    const jobs: Json[] = [];
    for await (const job of all(`${path}/jobs?include_retried=true&per_page=100`, signal)) jobs.push(job);
    const received_at = surroundings.clock.now();
    return [{ source: 'gitlab.webhook', event: 'Pipeline Hook', received_at, body: deliveryOf(project, body, jobs) }];
  }

  async function* all(first: string, signal: AbortSignal): AsyncGenerator<Json> {
    for await (const page of pages(api, first, signal, { expect: OUT_OF_REACH })) yield* list(page);
  }
}

function activityOf({ told }: Place): number {
  return instant(told, 'last_activity_at') ?? Number.POSITIVE_INFINITY;
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

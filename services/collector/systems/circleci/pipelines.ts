// Workflows and jobs that have ended, as their webhook would have told them: under the same ids. CircleCI lists the
// pipelines of an organization, newest first; each is looked at until its workflows are over.
// https://circleci.com/docs/api/v2/ (pipelines, workflows, jobs of a workflow)
import { isObject, type Json } from '../../../core/json.ts';
import { DAY, type Instant, MINUTE } from '../../../core/time.ts';
import { identifier, instant, known, latest, list, object, text } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import { runResult } from '../../sources/circleci/shared/run-state.ts';
import type { Client } from '../client.ts';
import { createOverlap } from '../overlap.ts';
import type { Poll, Surroundings, Turn } from '../system.ts';

const EVERY = 5 * MINUTE;
const AT_FIRST = DAY;
const LATE = 10 * MINUTE;
/** A workflow waits for somebody's approval as long as that takes; here no longer. */
const OPEN_FOR = 7 * DAY;
const MOST_OPEN = 2_000;
/** One workflow may lead to another, and those of a new pipeline may not be there yet. */
const SETTLED = 10 * MINUTE;

type Open = ReadonlyMap<string, Instant>;

export function pipelinePoll(organization: string, api: Client, { clock }: Pick<Surroundings, 'clock'>): Poll {
  async function* read(cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
    const now = clock.now();
    const overlap = createOverlap(isObject(cursor) ? cursor.listed : undefined, now - AT_FIRST, LATE);
    const open = new Map(openIn(cursor));
    const place = (): Json => ({ listed: overlap.cursor(), open: [...open].slice(-MOST_OPEN) });
    const found: (readonly [string, Instant])[] = [];
    for await (const pipeline of all(`/v2/pipeline?org-slug=${encodeURIComponent(organization)}`, signal)) {
      const id = text(pipeline, 'id');
      const created = instant(pipeline, 'created_at');
      if (id === undefined || created === undefined) continue;
      if (created < overlap.from) break;
      if (overlap.isNew(id, created)) found.push([id, created]);
    }
    for (const [id, created] of found.reverse()) open.set(id, created);
    yield { records: [], cursor: place() };
    for (const [id, created] of [...open]) {
      const workflows: Json[] = [];
      for await (const workflow of all(`/v2/pipeline/${id}/workflow`, signal)) workflows.push(workflow);
      const stopped = latest(workflows.map((each) => instant(each, 'stopped_at'))) ?? created;
      const isOver = workflows.every(isEnded) && now - stopped > SETTLED;
      if (!isOver && now - created < OPEN_FOR) continue;
      const records = await recordsOf(id, workflows.filter(isEnded), signal);
      open.delete(id);
      yield { records, cursor: place() };
    }
  }

  async function recordsOf(
    id: string,
    workflows: readonly Json[],
    signal: AbortSignal,
  ): Promise<readonly SourceRecord[]> {
    if (workflows.length === 0) return [];
    const { body: pipeline } = await api.get(`/v2/pipeline/${id}`, signal);
    const received_at = clock.now();
    const records: SourceRecord[] = [];
    for (const workflow of workflows) {
      const tell = (type: string, happened_at: string | undefined, job?: object) =>
        records.push({
          source: 'circleci.webhook',
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
  }

  async function* all(path: string, signal: AbortSignal): AsyncGenerator<Json> {
    for (let token: string | undefined = ''; token !== undefined; ) {
      const mark = path.includes('?') ? '&' : '?';
      const page: string = token === '' ? path : `${path}${mark}page-token=${encodeURIComponent(token)}`;
      const { body } = await api.get(page, signal);
      yield* list(body, 'items');
      token = text(body, 'next_page_token');
    }
  }

  return { name: `pipelines of ${organization}`, source: 'circleci.webhook', every: EVERY, read };
}

/** `failing` still runs. */
function isEnded(told: Json): boolean {
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

function openIn(cursor: Json | undefined): Open {
  const open = isObject(cursor) && Array.isArray(cursor.open) ? cursor.open : [];
  return new Map(
    open.flatMap((pair: unknown): [string, Instant][] => {
      const [id, created] = Array.isArray(pair) ? pair : [];
      return typeof id === 'string' && typeof created === 'number' ? [[id, created]] : [];
    }),
  );
}

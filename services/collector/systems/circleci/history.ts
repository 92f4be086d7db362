// What CircleCI still knows of the past: the workflows and jobs of every pipeline. It lists the pipelines of an organization from
// the newest on, and names no list of projects, so ids are gathered first.
import { isObject, type Json } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { number, text } from '../../fields.ts';
import type { Client } from '../client.ts';
import { oldestFirst } from '../oldest-first.ts';
import { denial, past } from '../past.ts';
import type { History, Surroundings, Turn } from '../system.ts';
import { createPipelines, PIPELINE_SOURCE, type Pipeline } from './ended-pipelines.ts';

/** 20 MB; CircleCI gives twenty a page. */
const MOST_HELD = 100_000;

type Place = Pick<Pipeline, 'id' | 'created'>;

/** `held`: how many pipelines at once. */
export function pipelineHistory(
  organization: string,
  api: Client,
  { clock }: Pick<Surroundings, 'clock'>,
  held = MOST_HELD,
): History {
  const pipelines = createPipelines(api, clock);

  async function* listed(since: Instant, reached: Place | undefined, signal: AbortSignal): AsyncGenerator<Pipeline> {
    for await (const pipeline of pipelines.listed(organization, signal)) {
      if (pipeline.created < (reached?.created ?? since)) return;
      // One of the same moment comes again.
      if (pipeline.id !== reached?.id) yield pipeline;
    }
  }

  async function* read(since: Instant, cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
    const refused = new Set<string>();
    const begun = placeIn(cursor);
    for await (const batch of oldestFirst<Pipeline>(held, (reached) => listed(since, reached ?? begun, signal))) {
      for (const pipeline of batch) {
        const { id, created } = pipeline;
        yield { ...(await told(pipeline, refused, signal)), cursor: { id, created } };
      }
    }
  }

  /** Of a project that is out of reach it is said once. */
  async function told({ id, project = organization }: Pipeline, refused: Set<string>, signal: AbortSignal) {
    try {
      const workflows = await pipelines.workflows(id, signal);
      return { records: (await pipelines.records(id, workflows, signal)).map(past) };
    } catch (error) {
      const missing = denial(error, `pipelines of ${project}`);
      const isTold = refused.has(project);
      refused.add(project);
      return { records: [], missing: isTold ? [] : [missing] };
    }
  }

  return { name: `pipelines of ${organization}`, source: PIPELINE_SOURCE, read };
}

function placeIn(cursor: Json | undefined): Place | undefined {
  const created = isObject(cursor) ? number(cursor, 'created') : undefined;
  const id = isObject(cursor) ? text(cursor, 'id') : undefined;
  return created === undefined || id === undefined ? undefined : { created, id };
}

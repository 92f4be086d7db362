// Workflows and jobs that have ended and whose webhook did not arrive. CircleCI lists the pipelines of an organization, newest
// first; each is looked at until its workflows are over.
import { isObject, type Json } from '../../../core/json.ts';
import { DAY, type Instant, MINUTE } from '../../../core/time.ts';
import { instant, latest } from '../../fields.ts';
import type { Client } from '../client.ts';
import { createOverlap } from '../overlap.ts';
import { seenIn } from '../seen.ts';
import type { Poll, Surroundings, Turn } from '../system.ts';
import { createPipelines, isEnded, PIPELINE_SOURCE } from './ended-pipelines.ts';

const EVERY = 5 * MINUTE;
const AT_FIRST = DAY;
const LATE = 10 * MINUTE;
/** A workflow waits for somebody's approval as long as that takes; here no longer. */
const OPEN_FOR = 7 * DAY;
const MOST_OPEN = 2_000;
/** One workflow may lead to another, and those of a new pipeline may not be there yet. */
const SETTLED = 10 * MINUTE;

export function pipelinePoll(organization: string, api: Client, { clock }: Pick<Surroundings, 'clock'>): Poll {
  const pipelines = createPipelines(api, clock);

  async function* read(cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
    const now = clock.now();
    const { listed, open: kept } = isObject(cursor) ? cursor : {};
    const overlap = createOverlap(listed, now - AT_FIRST, LATE);
    const open = new Map(seenIn(kept));
    const place = (): Json => ({ listed: overlap.cursor(), open: [...open].slice(-MOST_OPEN) });
    const found: (readonly [string, Instant])[] = [];
    for await (const { id, created } of pipelines.listed(organization, signal)) {
      if (created < overlap.from) break;
      if (overlap.isNew(id, created)) found.push([id, created]);
    }
    for (const [id, created] of found.reverse()) open.set(id, created);
    yield { records: [], cursor: place() };
    for (const [id, created] of [...open]) {
      const workflows = await pipelines.workflows(id, signal);
      const stopped = latest(workflows.map((each) => instant(each, 'stopped_at'))) ?? created;
      const isOver = workflows.every(isEnded) && now - stopped > SETTLED;
      if (!isOver && now - created < OPEN_FOR) continue;
      const records = await pipelines.records(id, workflows, signal);
      open.delete(id);
      yield { records, cursor: place() };
    }
  }

  return { name: `pipelines of ${organization}`, source: PIPELINE_SOURCE, every: EVERY, read };
}

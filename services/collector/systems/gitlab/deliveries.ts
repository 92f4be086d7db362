// Webhooks that nobody took: GitLab does not send again by itself, but keeps what it sent for seven days. A webhook that
// failed again and again is switched off, and then nothing is kept: what pipelines did is read at `pipelines.ts`.
// https://docs.gitlab.com/api/group_webhooks/#get-group-hook-events and …/api/project_webhooks/
import { isObject, type Json } from '../../../core/json.ts';
import { DAY, MINUTE } from '../../../core/time.ts';
import { flag, identifier, list, text } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import type { Client } from '../client.ts';
import { createOverlap } from '../overlap.ts';
import { pages } from '../pages.ts';
import type { Poll, Surroundings, Turn } from '../system.ts';
import { OUT_OF_REACH, projectsOf } from './places.ts';

const EVERY = 5 * MINUTE;
/** GitLab lists none that is older than seven days. */
const KEPT = 8 * DAY;
/** Pages of twenty that are looked through for a delivery that was sent again. */
const MOST_PAGES = 10;

export function deliveriesPoll(
  group: string,
  webhook: string,
  api: Client,
  { clock }: Pick<Surroundings, 'clock'>,
): Poll {
  async function* read(cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
    const overlap = createOverlap(cursor, 0, KEPT);
    for await (const hook of hooks(signal)) {
      const failed: Json[] = [];
      for await (const page of listed(`${hook}/events?status=client_failure,server_failure&per_page=20`, signal)) {
        const fresh = page.filter((each) => overlap.isNew(`${hook}/${identifier(each, 'id')}`, clock.now()));
        failed.push(...fresh);
        // Newest first: what is behind one that is known is known too.
        if (fresh.length < page.length) break;
      }
      const again = failed.length > 0 ? await taken(hook, failed, signal) : new Set();
      const missed = failed.filter((each) => !again.has(keyOf(each))).reverse();
      const received_at = clock.now();
      const records = missed.flatMap((each) => recordOf(each, received_at));
      if (failed.length > 0) yield { records, cursor: overlap.cursor() };
    }
  }

  /** Paths of those that deliver to us: the group's own, or where it has none, those of its projects. */
  async function* hooks(signal: AbortSignal): AsyncGenerator<string> {
    const own = await hooksAt(`/groups/${encodeURIComponent(group)}`, signal);
    yield* own;
    if (own.length > 0) return;
    for await (const { path } of projectsOf(group, api, signal)) yield* await hooksAt(path, signal);
  }

  async function hooksAt(path: string, signal: AbortSignal): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const page of listed(`${path}/hooks?per_page=100`, signal)) {
      const ours = page.filter((each) => text(each, 'url') === webhook);
      found.push(...ours.map((each) => `${path}/hooks/${identifier(each, 'id')}`));
    }
    return found;
  }

  /** Keys of those that were sent again later, and taken. */
  async function taken(hook: string, failed: readonly Json[], signal: AbortSignal): Promise<ReadonlySet<unknown>> {
    const oldest = Math.min(...failed.map((each) => Number(identifier(each, 'id'))));
    const keys = new Set<unknown>();
    let count = 0;
    for await (const page of listed(`${hook}/events?status=successful&per_page=20`, signal)) {
      for (const each of page) keys.add(keyOf(each));
      count += 1;
      if (count === MOST_PAGES || page.some((each) => Number(identifier(each, 'id')) < oldest)) break;
    }
    return keys;
  }

  async function* listed(first: string, signal: AbortSignal): AsyncGenerator<readonly Json[]> {
    for await (const page of pages(api, first, signal, { expect: OUT_OF_REACH })) yield list(page);
  }

  return { name: `deliveries ${group}`, source: 'gitlab.webhook', every: EVERY, read };
}

/** The same for every attempt to deliver the same thing; of one without it, its own. */
function keyOf(event: Json): string | undefined {
  return text(event, 'request_headers', 'Idempotency-Key') ?? identifier(event, 'id');
}

/** Addresses of people are withheld in it. What was too large to be kept is not there. */
function recordOf(event: Json, received_at: number): readonly SourceRecord[] {
  const body = isObject(event) ? event.request_data : undefined;
  if (!isObject(body) || flag(event, 'request_data', 'oversize')) return [];
  const named = text(event, 'request_headers', 'X-Gitlab-Event');
  return [{ source: 'gitlab.webhook', received_at, body, ...(named !== undefined && { event: named }) }];
}

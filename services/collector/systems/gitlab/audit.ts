// Audit events: of the whole instance at once, or of each group and each project on its own, newest first.
// https://docs.gitlab.com/api/audit_events/
import type { Json } from '../../../core/json.ts';
import { DAY, formatInstant, HOUR, type Instant, MINUTE } from '../../../core/time.ts';
import { identifier, instant, list } from '../../fields.ts';
import type { Client } from '../client.ts';
import { pages } from '../pages.ts';
import { nextRound, type Round } from '../rounds.ts';
import type { Poll, Surroundings, Turn } from '../system.ts';
import { groupsOf, type Place, projectsOf } from './places.ts';

/** A query may cover 30 days at most; what is between two ends is held in memory. */
const TERMS = { first: DAY, late: 10 * MINUTE, longest: 6 * HOUR };
/** Projects may be out of reach for the token, or go while they are listed. */
const OUT_OF_REACH = [403, 404];

type Places = (signal: AbortSignal) => AsyncIterable<Pick<Place, 'id' | 'path'>> | Iterable<Pick<Place, 'id' | 'path'>>;

export function auditPolls(
  groups: readonly string[],
  instance: boolean,
  api: Client,
  surroundings: Surroundings,
): readonly Poll[] {
  if (instance) return [auditPoll('audit', MINUTE, () => [{ id: 0, path: '' }], [])];
  return groups.flatMap((group) => [
    auditPoll(`audit ${group}`, 2 * MINUTE, (signal) => groupsOf(group, api, signal), []),
    auditPoll(`audit of ${group}'s projects`, 10 * MINUTE, (signal) => projectsOf(group, api, signal), OUT_OF_REACH),
  ]);

  function auditPoll(name: string, every: number, places: Places, expect: readonly number[]): Poll {
    async function* read(cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
      const now = surroundings.clock.now();
      for (let at = cursor; ; ) {
        const round = nextRound(at, now, TERMS);
        for await (const { id, path } of places(signal)) {
          if (round.isDone(id)) continue;
          const found = await entries(path, round, expect, signal);
          const fresh = found.filter((entry) => round.isNew(keyOf(entry), timeOf(entry) ?? round.until));
          round.leave(id);
          const received_at = surroundings.clock.now();
          const records = fresh.map((body) => ({ source: 'gitlab.audit', received_at, body }));
          if (records.length > 0) yield { records, cursor: round.cursor() };
        }
        at = round.end();
        yield { records: [], cursor: at };
        if (round.until >= now) return;
      }
    }
    return { name, source: 'gitlab.audit', every, read };
  }

  /** Oldest first. */
  async function entries(path: string, { since, until }: Round, expect: readonly number[], signal: AbortSignal) {
    const query = new URLSearchParams({
      created_after: formatInstant(since),
      created_before: formatInstant(until),
      pagination: 'keyset',
      order_by: 'id',
      sort: 'desc',
      per_page: '100',
    });
    const found: Json[] = [];
    for await (const page of pages(api, `${path}/audit_events?${query}`, signal, { expect })) found.push(...list(page));
    return found.reverse();
  }
}

function keyOf(entry: Json): string {
  return `${identifier(entry, 'id')}/${timeOf(entry)}`;
}

function timeOf(entry: Json): Instant | undefined {
  return instant(entry, 'created_at');
}

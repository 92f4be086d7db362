// Tickets by the time of their last change, while people go on changing them.
import type { Clock } from '../../core/clock.ts';
import type { Json } from '../../core/json.ts';
import { DAY, type Instant, MINUTE } from '../../core/time.ts';
import { createOverlap, type Overlap } from './overlap.ts';
import type { Poll } from './system.ts';

const EVERY = 5 * MINUTE;
/**
 * Jira's search in the cloud is behind what was written by moments
 * (https://developer.atlassian.com/cloud/jira/platform/search-and-reconcile/), elsewhere while it indexes anew; ServiceNow
 * shows a record when its transaction ends, under the time at which that began.
 */
const LATE = 10 * MINUTE;
/** A ticket that nobody touched for a year is read when somebody does. */
const AT_FIRST = 365 * DAY;

/** Some of what was changed at `from` or later, in the order of that. */
export interface TicketPage {
  readonly tickets: readonly Json[];
  /** Where the rest of it is; undefined where there is none. */
  readonly next?: string;
}

export interface TicketFeed {
  /** Of the poll. */
  readonly name: string;
  readonly source: string;
  /** What each record says beside the ticket. */
  readonly common: object;
  page(from: Instant, place: string | undefined, signal: AbortSignal): Promise<TicketPage>;
  /** Another after each change. */
  id(ticket: Json): string;
  changed(ticket: Json): Instant | undefined;
}

export function ticketsPoll(feed: TicketFeed, clock: Clock): Poll {
  const { name, source, common } = feed;
  return {
    name,
    source,
    every: EVERY,
    async *read(cursor, signal) {
      const overlap = createOverlap(cursor, clock.now() - AT_FIRST, LATE);
      for await (const tickets of unseen(feed, overlap, signal)) {
        const received_at = clock.now();
        const records = tickets.map((ticket) => ({ source, received_at, body: { ...Object(ticket), ...common } }));
        yield { records, cursor: overlap.cursor() };
      }
    },
  };
}

/**
 * Each page asks anew from the newest change that was seen. A ticket that is changed meanwhile goes to the end of the list, and
 * those behind it one place forward: by the numbers of pages one of them would be passed over. Only what was changed at one
 * and the same moment, and is more than a page, is gone through by `next`.
 */
async function* unseen(feed: TicketFeed, overlap: Overlap, signal: AbortSignal): AsyncGenerator<readonly Json[]> {
  let from = overlap.from;
  let place: string | undefined;
  for (;;) {
    const { tickets, next } = await feed.page(from, place, signal);
    yield tickets.filter((ticket) => overlap.isNew(feed.id(ticket), feed.changed(ticket)));
    if (next === undefined) return;
    const last = tickets.map(feed.changed).findLast((time) => time !== undefined);
    const goesOn = last !== undefined && last > from;
    place = goesOn ? undefined : next;
    if (goesOn) from = last;
  }
}

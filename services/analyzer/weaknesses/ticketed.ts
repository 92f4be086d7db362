// A weakness with its tickets. Pure.
import { ticketName } from '../../core/ticket-name.ts';
import type { WeaknessTicket } from '../../core/weakness.ts';
import type { Alert, Known } from './known.ts';
import { type HeardTicket, ofTicket, ofWeakness, ticketId } from './tickets.ts';

/** Of one weakness. */
const MOST = { names: 20, tickets: 5 };

/** What `Known` has of tickets. */
export interface Ticketed {
  /** Ids of weaknesses that turned out to be this one: tickets go on naming them. */
  readonly was?: readonly string[];
  /** Tickets that reports name for it, as `ticketName` has them. */
  readonly named?: readonly string[];
  readonly tickets?: readonly WeaknessTicket[];
}

/** By what tickets find it; its own id is known otherwise. */
export function ticketJoins({ was = [], named = [], tickets = [] }: Ticketed): readonly string[] {
  return [...was.map(ofWeakness), ...named.map(ofTicket), ...tickets.map(has)];
}

/** It has this ticket, whether it is still named or not. */
export function has(ticket: WeaknessTicket): string {
  return `has ${ticketId(ticket)}`;
}

/** With the tickets that a report names for it. */
export function withNames(before: Known | undefined, told: Known, { detail }: Alert): Known {
  const names = (detail.tickets ?? []).flatMap((ticket) => ticketName(ticket) ?? []);
  return carry(told, {
    ...(before?.was && { was: before.was }),
    named: [...names, ...(before?.named ?? [])],
    ...(before?.tickets && { tickets: before.tickets }),
  });
}

/** Of two that turned out to be one. */
export function withBoth(whole: Known, into: Known, other: Known): Known {
  return carry(whole, {
    was: [other.weakness.id, ...(other.was ?? []), ...(into.was ?? [])],
    named: [...(into.named ?? []), ...(other.named ?? [])],
    tickets: [...(into.tickets ?? []), ...(other.tickets ?? [])],
  });
}

function carry(known: Known, { was = [], named = [], tickets = [] }: Ticketed): Known {
  const each = new Map(tickets.map((ticket) => [ticketId(ticket), ticket]));
  return shown({
    ...known,
    ...(was.length > 0 && { was: [...new Set(was)].slice(0, MOST.names) }),
    ...(named.length > 0 && { named: [...new Set(named)].slice(0, MOST.names) }),
    ...(each.size > 0 && { tickets: [...each.values()].slice(0, MOST.tickets) }),
  });
}

/** With what was heard of tickets, each in its newest state; one that no longer names it, it has no more. */
export function withTickets(before: Known, heard: readonly HeardTicket[]): Known {
  const own = new Set([ofWeakness(before.weakness.id), ...ticketJoins(before)]);
  let tickets = before.tickets ?? [];
  for (const { ticket, joins } of heard) {
    const old = tickets.find((each) => ticketId(each) === ticketId(ticket));
    if (old && old.updated > ticket.updated) continue;
    const others = tickets.filter((each) => each !== old);
    tickets = joins.some((join) => own.has(join)) ? [ticket, ...others].sort(byUrgency).slice(0, MOST.tickets) : others;
  }
  if (JSON.stringify(tickets) === JSON.stringify(before.tickets ?? [])) return before;
  const { weakness } = before;
  return shown({ ...before, tickets, weakness: { ...weakness, revision: weakness.revision + 1 } });
}

function shown(known: Known): Known {
  const { ticket: _before, ...weakness } = known.weakness;
  const [ticket] = [...(known.tickets ?? [])].sort(byUrgency);
  return { ...known, weakness: ticket ? { ...weakness, ticket } : weakness };
}

/** What is still open first, then what was changed last. */
function byUrgency(a: WeaknessTicket, b: WeaknessTicket): number {
  const isDone = ({ category }: WeaknessTicket) => Number(category === 'done');
  return isDone(a) - isDone(b) || (a.updated > b.updated ? -1 : a.updated < b.updated ? 1 : 0);
}

// Tickets as they were told, and the weaknesses that they are of. Either may come first, so both are looked up by what joins
// them: the weakness's id, which the ticket names, or the ticket's name, which a report tells.
import type { ActivityOf } from '../../core/activity.ts';
import { known } from '../../core/known.ts';
import type { StateChange, StateEntry } from '../../core/ports/event-log.ts';
import { systemOf } from '../../core/system-of.ts';
import { ticketName } from '../../core/ticket-name.ts';
import { formatInstant } from '../../core/time.ts';
import type { WeaknessTicket } from '../../core/weakness.ts';

/** Of a partition: some 500 bytes each. Those that a weakness has are kept with it, too. */
const MOST_TICKETS = 5_000;

export interface HeardTicket {
  readonly ticket: WeaknessTicket;
  /** What joins it with weaknesses. */
  readonly joins: readonly string[];
}

export interface Tickets {
  /** False: it is no news. */
  put(heard: HeardTicket): boolean;
  joined(joins: readonly string[]): readonly HeardTicket[];
  /** False: the entry is somebody else's. */
  restore(entry: StateEntry): boolean;
  /** Since the last call; `forgotten`: how many gave way, the ones first that were told longest ago. */
  flush(): { readonly state: readonly StateChange[]; readonly forgotten: number };
}

export function heardOf({ source, detail, observed_at }: ActivityOf<'ticket'>): HeardTicket {
  const { key, url, status, category, resolution, closed, weaknesses = [] } = detail;
  const names = [ticketName(key), url === undefined ? undefined : ticketName(url)];
  return {
    ticket: known({
      system: systemOf(source),
      key,
      url,
      status,
      category,
      resolution,
      closed: closed === undefined ? undefined : formatInstant(closed),
      updated: formatInstant(observed_at),
    }),
    joins: [...weaknesses.map(ofWeakness), ...names.flatMap((name) => (name === undefined ? [] : [ofTicket(name)]))],
  };
}

export function ofWeakness(id: string): string {
  return `weakness ${id}`;
}

export function ofTicket(name: string): string {
  return `ticket ${name}`;
}

/** Tells it from every other. */
export function ticketId({ system, key, url }: WeaknessTicket): string {
  return `${system} ${url ?? key}`;
}

export function createTickets(most = MOST_TICKETS): Tickets {
  const byId = new Map<string, HeardTicket>();
  const byJoin = new Map<string, Set<string>>();
  const changed = new Set<string>();
  let forgotten = 0;

  function remove(id: string): void {
    for (const join of byId.get(id)?.joins ?? []) {
      const ids = byJoin.get(join);
      ids?.delete(id);
      if (ids?.size === 0) byJoin.delete(join);
    }
    byId.delete(id);
  }

  function file(heard: HeardTicket): void {
    const id = ticketId(heard.ticket);
    remove(id);
    byId.set(id, heard);
    for (const join of heard.joins) byJoin.set(join, (byJoin.get(join) ?? new Set()).add(id));
    changed.add(id);
    for (const oldest of byId.keys()) {
      if (byId.size <= most) break;
      remove(oldest);
      changed.add(oldest);
      forgotten += 1;
    }
  }

  return {
    put(heard) {
      const before = byId.get(ticketId(heard.ticket));
      if (before && before.ticket.updated > heard.ticket.updated) return false;
      if (JSON.stringify(before) === JSON.stringify(heard)) return false;
      file(heard);
      return true;
    },
    joined(joins) {
      const ids = new Set(joins.flatMap((join) => [...(byJoin.get(join) ?? [])]));
      return [...ids].flatMap((id) => byId.get(id) ?? []);
    },
    restore({ key, value }) {
      if (!key.startsWith('ticket/')) return false;
      file(JSON.parse(value));
      changed.clear();
      return true;
    },
    flush() {
      const state = [...changed].map((id) => {
        const heard = byId.get(id);
        return { key: `ticket/${id}`, value: heard ? JSON.stringify(heard) : null };
      });
      const outcome = { state, forgotten };
      changed.clear();
      forgotten = 0;
      return outcome;
    },
  };
}

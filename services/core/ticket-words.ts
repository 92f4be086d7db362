// What a weakness and its ticket say together, as a person wants to know it.
import type { Weakness } from './weakness.ts';

/**
 * Undefined where the two agree. A ticket is no reason to believe that a weakness is gone, and no reason to set it aside: that
 * its scanners no longer find it is.
 */
export function ticketContradicts({ ticket, state, last_seen }: Weakness): string | undefined {
  if (!ticket) return undefined;
  const isDone = ticket.category === 'done';
  if (state === 'fixed') return isDone || ticket.category === undefined ? undefined : 'fixed, ticket still open';
  if (!isDone || (state !== 'open' && state !== 'reopened')) return undefined;
  return last_seen > (ticket.closed ?? ticket.updated)
    ? 'ticket closed, still found'
    : 'ticket closed, not looked for since';
}

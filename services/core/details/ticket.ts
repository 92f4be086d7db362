// What an activity of kind `ticket` says: how a ticket of an issue tracker stands now. See ../activity-details.ts.
import type { Instant } from '../time.ts';

/** `open`: nobody works on it yet; `done`: nobody does any more, whatever came of it. */
export const TICKET_CATEGORIES = ['open', 'in_progress', 'done'] as const;
export type TicketCategory = (typeof TICKET_CATEGORIES)[number];

export interface TicketDetail {
  /** As people call it: `SEC-12`, `INC0010023`. */
  readonly key: string;
  /** Where a person reads it. */
  readonly url?: string;
  /** In the system's own words, which its administrators choose. */
  readonly status?: string;
  readonly category?: TicketCategory;
  /** What came of it: `Fixed`, `Won’t do`. */
  readonly resolution?: string;
  /** When it was resolved or closed; only while it is. */
  readonly closed?: Instant;
  /** Ids of our weaknesses that it names. */
  readonly weaknesses?: readonly string[];
}

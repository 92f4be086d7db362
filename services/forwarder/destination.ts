// The contract of a destination: a pure `encode` and a thin `send`. The host (forwarder.ts) batches, retries, counts,
// and puts on the dead-letter list.
import type { ChainedAuditEntry } from '../core/audit.ts';
import type { FindingRecord } from '../core/finding.ts';
import type { Incident } from '../core/incident.ts';
import type { DayCount } from '../core/measure.ts';
import type { DeadLetter } from '../core/messages.ts';
import type { Instant } from '../core/time.ts';
import type { Weakness } from '../core/weakness.ts';

/** What can be forwarded, by the topic it comes from. */
export type Message =
  | { readonly type: 'finding'; readonly record: FindingRecord }
  | { readonly type: 'incident'; readonly incident: Incident }
  | { readonly type: 'weakness'; readonly weakness: Weakness }
  | { readonly type: 'measure'; readonly day: DayCount }
  | { readonly type: 'audit'; readonly entry: ChainedAuditEntry }
  | { readonly type: 'dead-letter'; readonly letter: DeadLetter };

export type MessageType = Message['type'];

export interface Destination<Encoded = unknown> {
  /** As configured; part of the consumer group's name, so renaming one starts it anew. */
  readonly id: string;
  readonly sends: readonly MessageType[];
  /**
   * At most so many are handed over at a time, default 100; 1 where each is sent on its own, so that a failure repeats
   * none of those before it.
   */
  readonly batchSize?: number;
  /** Pure: the same message gives the same encoding. */
  encode(message: Message): Encoded;
  /**
   * Hands over in order; resolves when the destination has taken all. Throws DESTINATION_BUSY when it may take them
   * later, DESTINATION_REFUSED when it never will. Every message may come again: its id tells.
   */
  send(batch: readonly Encoded[], signal: AbortSignal): Promise<void>;
  /** Removes what is past its retention, where the destination is ours to keep. Called at the start and every hour. */
  tidy?(now: Instant): Promise<void>;
  close?(): Promise<void>;
}

// The one writer of the audit trail: gives every decision its number and its hash, in one commit with what it has read.
import { z } from 'zod';
import { type AuditEntry, CHAIN_START, chain } from '../core/audit.ts';
import { SEAL_EVERY, SEAL_WITHIN, type Signer, sealOf } from '../core/audit-seal.ts';
import type { Clock } from '../core/clock.ts';
import { unreadable } from '../core/dead-letter.ts';
import { messageOf } from '../core/errors.ts';
import { parsedJson } from '../core/json.ts';
import type { Outcome, PartitionProcessor, StateEntry, Subscription } from '../core/ports/event-log.ts';
import { SeenWindow } from '../core/seen-window.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

const GROUP = 'audit-chain';
const HEAD = 'head';
const SEALED = 'sealed';
/** A repeat follows its original within a crash and the next pass of the reconciler: far fewer entries than these. */
const REMEMBERED = 20_000;

/** What an entry has to be, to enter the chain and to be found whole in it; what it has beside reaches the hash. */
export const AuditShape = z.looseObject({
  id: z.string(),
  time: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  outcome: z.enum(['attempt', 'success', 'failure']),
  detail: z.json(),
});

/** The last entry of the chain: its number and its hash. */
export interface ChainHead {
  readonly number: number;
  readonly hash: string;
}

/**
 * With a signer the chain is sealed after so many entries, and with the first after an hour: `audit verify` knows its public key.
 *
 * Consumes the decision topic and writes the audit topic. An entry whose id was there before is dropped; one that cannot
 * be read would break the chain for ever, and goes to the dead letters.
 */
export function chainDecisions(telemetry: Telemetry, clock: Clock, signer?: () => Signer): Subscription {
  return {
    group: GROUP,
    topic: 'decision',
    async open({ state }) {
      return await openChain(state, telemetry, clock, signer);
    },
    onError(error, partition) {
      telemetry.metrics.batchFailures.inc({ group: GROUP });
      telemetry.log.error('Decisions could not be chained yet', { partition, error: messageOf(error) });
    },
  };
}

async function openChain(
  state: AsyncIterable<StateEntry>,
  { log, metrics }: Telemetry,
  clock: Clock,
  signer: (() => Signer) | undefined,
): Promise<PartitionProcessor> {
  const seen = new SeenWindow(REMEMBERED);
  let head: ChainHead = { number: 0, hash: CHAIN_START };
  /** The last seal's number, and when it was set. */
  let sealed = { number: 0, at: 0 };
  for await (const entry of state) {
    if (entry.key === HEAD) head = JSON.parse(entry.value);
    else if (entry.key === SEALED) sealed = JSON.parse(entry.value);
    else seen.restore(entry);
  }
  return {
    process(batch) {
      const produce: NonNullable<Outcome['produce']>[number][] = [];
      const add = (entry: AuditEntry) => {
        const chained = chain(head.number + 1, head.hash, entry);
        head = { number: chained.number, hash: chained.hash };
        produce.push({ topic: 'audit', key: 'audit', value: JSON.stringify(chained) });
      };
      const seal = () => {
        if (!signer || head.number === sealed.number) return;
        add(sealOf(head, signer(), clock.now()));
        sealed = { number: head.number, at: clock.now() };
      };
      for (const raw of batch) {
        const entry = parsedJson(raw.value);
        if (!isAuditEntry(entry)) {
          log.error('A decision cannot be read and does not enter the audit trail.', { offset: raw.offset });
          metrics.deadLetters.inc({ component: GROUP });
          produce.push(unreadable(GROUP, 'decision', raw, clock.now()));
          continue;
        }
        if (!seen.add(entry.id)) continue;
        add(entry);
        if (head.number - sealed.number >= SEAL_EVERY) seal();
      }
      if (produce.length === 0) return {};
      if (clock.now() - sealed.at >= SEAL_WITHIN) seal();
      const kept = { [HEAD]: head, ...(signer && { [SEALED]: sealed }) };
      const state = Object.entries(kept).map(([key, value]) => ({ key, value: JSON.stringify(value) }));
      return { state: [...state, ...seen.flush()], produce };
    },
  };
}

/** Chained as it was read: a parser's copy may lack what stands beside. */
function isAuditEntry(value: unknown): value is AuditEntry {
  return AuditShape.safeParse(value).success;
}

// The one writer of the audit trail: gives every decision its number and its hash, in one commit with what it has read.
import { type AuditEntry, CHAIN_START, chain } from '../core/audit.ts';
import { messageOf } from '../core/errors.ts';
import type { PartitionProcessor, StateEntry, Subscription } from '../core/ports/event-log.ts';
import { SeenWindow } from '../core/seen-window.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

const GROUP = 'audit-chain';
const HEAD = 'head';
/** A repeat follows its original within a crash and the next pass of the reconciler: far fewer entries than these. */
const REMEMBERED = 20_000;

/** The last entry of the chain: its number and its hash. */
export interface ChainHead {
  readonly number: number;
  readonly hash: string;
}

/** Consumes the decision topic and writes the audit topic. An entry whose id was there before is dropped. */
export function chainDecisions(telemetry: Telemetry): Subscription {
  return {
    group: GROUP,
    topic: 'decision',
    async open({ state }) {
      return await openChain(state);
    },
    onError(error, partition) {
      telemetry.metrics.batchFailures.inc({ group: GROUP });
      telemetry.log.error('Decisions could not be chained yet', { partition, error: messageOf(error) });
    },
  };
}

async function openChain(state: AsyncIterable<StateEntry>): Promise<PartitionProcessor> {
  const seen = new SeenWindow(REMEMBERED);
  let head: ChainHead = { number: 0, hash: CHAIN_START };
  for await (const entry of state) {
    if (entry.key === HEAD) head = JSON.parse(entry.value);
    else seen.restore(entry);
  }
  return {
    process(batch) {
      const produce: { topic: 'audit'; key: string; value: string }[] = [];
      for (const { value } of batch) {
        const entry: AuditEntry = JSON.parse(value);
        if (!seen.add(entry.id)) continue;
        const chained = chain(head.number + 1, head.hash, entry);
        head = { number: chained.number, hash: chained.hash };
        produce.push({ topic: 'audit', key: 'audit', value: JSON.stringify(chained) });
      }
      if (produce.length === 0) return {};
      return { state: [{ key: HEAD, value: JSON.stringify(head) }, ...seen.flush()], produce };
    },
  };
}

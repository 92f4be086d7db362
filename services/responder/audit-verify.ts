// Checks the audit trail: every entry in its place, unchanged, none missing.
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { CHAIN_START, type ChainedAuditEntry, chain } from '../core/audit.ts';
import { isSeal, SEAL_EVERY, sealProblem } from '../core/audit-seal.ts';
import { PipewardenError } from '../core/errors.ts';
import type { EventLog } from '../core/ports/event-log.ts';
import { AuditShape, type ChainHead } from './audit-chain.ts';

export interface ChainCheck {
  readonly ok: boolean;
  /** Entries that were found in order. */
  readonly entries: number;
  /** The last of them: what a witness outside keeps, so that a cut tail shows at the next check. */
  readonly head: ChainHead;
  /** With a public key: the last entry that a seal covers. What came after may still be changed unseen. */
  readonly sealed?: number;
  /** At which number, and what. */
  readonly problem?: string;
}

/** Beside an entry nothing may be: it would not reach the hash. */
const Chained = z.strictObject({
  number: z.int(),
  previous: z.string(),
  entry: AuditShape,
  hash: z.string(),
});

const PAGE = 500;

/** The audit trail from its beginning. Throws RECORD_INVALID at an entry that cannot be read. */
export async function* readChain(log: EventLog): AsyncGenerator<ChainedAuditEntry> {
  let from = 0;
  for (;;) {
    const page = await log.read('audit', 0, from, PAGE);
    for (const { value, offset } of page) {
      yield parseChained(value);
      from = offset + 1;
    }
    if (page.length === 0) return;
  }
}

/**
 * Recomputes the chain and stops at the first entry that does not fit: changed, removed, inserted, repeated, in another
 * order. A tail that was cut off, or a chain that was written anew from somewhere on, shows only to someone who kept a
 * later `head` elsewhere (give it as `expected`), or where it is sealed: give the public `key`.
 */
export async function verifyChain(
  entries: AsyncIterable<ChainedAuditEntry>,
  expected?: ChainHead,
  key?: KeyObject,
): Promise<ChainCheck> {
  let head: ChainHead = { number: 0, hash: CHAIN_START };
  let sealed = 0;
  const result = (problem?: string): ChainCheck => ({
    ok: problem === undefined,
    entries: head.number,
    head,
    ...(key && { sealed }),
    ...(problem !== undefined && { problem }),
  });
  try {
    for await (const found of entries) {
      const problem = misfit(found, head);
      if (problem !== undefined) return result(problem);
      const broken = key && isSeal(found.entry) ? sealProblem(found.entry, head, key) : undefined;
      if (broken !== undefined) return result(`entry ${found.number}: ${broken}`);
      if (key && isSeal(found.entry)) sealed = head.number;
      else if (key && head.number - sealed > SEAL_EVERY + 1) {
        return result(`entry ${found.number}: the last seal is ${head.number - sealed} entries before it`);
      }
      head = { number: found.number, hash: found.hash };
      if (expected?.number === head.number && expected.hash !== head.hash) {
        return result(`entry ${head.number}: it is another one than was expected there`);
      }
    }
  } catch (error) {
    if (error instanceof PipewardenError && error.code === 'RECORD_INVALID') {
      return result(`entry ${head.number + 1}: ${error.message}`);
    }
    throw error;
  }
  if (expected && head.number < expected.number) {
    return result(`entry ${head.number + 1}: the chain ends before it, but had ${expected.number} entries`);
  }
  return result();
}

function misfit(found: ChainedAuditEntry, head: ChainHead): string | undefined {
  const next = head.number + 1;
  if (found.number > next) return `entry ${next}: it is missing, entry ${found.number} follows instead`;
  if (found.number < next) return `entry ${next}: entry ${found.number} stands in its place`;
  if (chain(found.number, found.previous, found.entry).hash !== found.hash) return `entry ${next}: it was changed`;
  if (found.previous !== head.hash) return `entry ${next}: it does not follow the entry before it`;
  return undefined;
}

function parseChained(value: string): ChainedAuditEntry {
  try {
    // Checked, and hashed as it was read: a parser's copy may lack what somebody slipped in.
    const found: ChainedAuditEntry = JSON.parse(value);
    Chained.parse(found);
    return found;
  } catch (error) {
    throw new PipewardenError('RECORD_INVALID', { source: 'the audit trail', problem: 'it cannot be read' }, error);
  }
}

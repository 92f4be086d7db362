// The audit trail: who decided or did what, in one numbered chain of hashes.
import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from './json.ts';

/** One decision or deed. `id` makes a repeat recognizable; nothing in it is secret. */
export interface AuditEntry {
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly time: string;
  /** A person's name, `pipewarden` for what it did by itself. */
  readonly actor: string;
  /** What was done, `<object>.<verb>`: `playbook-run.planned`, `action.skipped`, `incident.closed` … */
  readonly action: string;
  /** On what: an incident's, run's or entity's id. */
  readonly subject: string;
  readonly outcome: 'attempt' | 'success' | 'failure';
  readonly detail: Json;
}

/** An entry in its place. `hash` is SHA-256, in hexadecimal, over the previous hash and the canonical JSON of the rest. */
export interface ChainedAuditEntry {
  /** From 1, without gaps. */
  readonly number: number;
  readonly previous: string;
  readonly entry: AuditEntry;
  readonly hash: string;
}

/** `previous` of the first entry. */
export const CHAIN_START = '0'.repeat(64);

export function chain(number: number, previous: string, entry: AuditEntry): ChainedAuditEntry {
  const hash = createHash('sha256')
    .update(`${previous}\n${number}\n${canonicalJson(entry)}`)
    .digest('hex');
  return { number, previous, entry, hash };
}

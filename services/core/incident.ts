// Findings that belong together: one severity, one story, one status. `Incident` is public (DESIGN.md section 8).
import type { ActionKind, Target } from './action.ts';
import type { Entity } from './entity.ts';
import type { Severity } from './severity.ts';

export type Verdict = 'expected' | 'malicious' | 'false-positive';

/** A playbook as it would run for an incident: actions in order, nothing executed. */
export interface PlannedPlaybook {
  readonly id: string;
  readonly actions: readonly {
    readonly action: string;
    readonly kind: ActionKind;
    readonly target: string;
    readonly reversible: boolean;
    readonly approval: null | { readonly people: 1 | 2 };
  }[];
}

export interface Incident {
  /** The smallest finding id when it was opened. */
  readonly id: string;
  readonly title: string;
  readonly status: 'open' | 'closed' | 'merged';
  readonly merged_into?: string;
  readonly verdict?: { readonly verdict: Verdict; readonly by: string; readonly reason: string; readonly time: string };
  readonly severity: Severity;
  /** When it reached each severity. */
  readonly severities: readonly { readonly severity: Severity; readonly time: string }[];
  /** RFC 3339, UTC. */
  readonly opened: string;
  readonly updated: string;
  /** Sum of its findings' surprise, in bits. */
  readonly surprise: number;
  readonly findings: readonly string[];
  /** Ids of the detectors that raised them, sorted, each once: playbooks match on these. */
  readonly detectors: readonly string[];
  readonly entities: readonly Entity[];
  /** The same as far as something can be done to them, with what their activities tell of them. */
  readonly targets?: readonly Target[];
  readonly tactics: readonly string[];
  /** One sentence per deed, oldest first: a finding that tells again what another feed's finding told is left out. */
  readonly story: readonly {
    readonly time: string;
    readonly text: string;
    readonly finding: string;
    readonly severity: Severity;
  }[];
  /** Known courses of attacks that its findings follow; absent where there is none. */
  readonly courses?: readonly { readonly id: string; readonly title: string; readonly time: string }[];
  /** Open weaknesses that its findings meet, the earliest first; absent where there is none. At most 20. */
  readonly weaknesses?: readonly MetWeakness[];
  readonly inputs?: readonly string[];
  readonly playbooks?: readonly PlannedPlaybook[];
  /** Grows by one with each change, so that a consumer can tell a newer state from an older one. */
  readonly revision: number;
  readonly sample?: true;
}

/** A weakness that other tools told of, and what of the incident it has to do with. */
export interface MetWeakness {
  readonly weakness: string;
  readonly finding: string;
  /** When both were known, RFC 3339, UTC. */
  readonly time: string;
  /** A sentence. */
  readonly text: string;
}

/** What a person (or a rule) says of an incident; it enters the finding topic, so that replay reads it too. */
export interface VerdictRecord {
  readonly incident: string;
  /** `taken-back`: the incident is open again, and what the verdict taught is forgotten. */
  readonly verdict: Verdict | 'taken-back';
  readonly by: string;
  readonly reason: string;
  /** RFC 3339, UTC. */
  readonly time: string;
}

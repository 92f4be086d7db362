// A playbook as it is written, and one run of it as the document that holds the truth about it.
import type { ActionKind, ActionPlan, Target } from './action.ts';
import type { AuditEntry } from './audit.ts';
import type { EntityType } from './entity.ts';
import type { Evidence } from './evidence.ts';
import type { Severity } from './severity.ts';
import type { Instant } from './time.ts';

/** Who has to agree before a step acts; null: nobody. */
export type Approval = null | { readonly people: 1 | 2 };

/** What to do about an incident: a YAML file of `playbooks/`, validated. */
export interface Playbook {
  /** Equal to the file's name. */
  readonly id: string;
  /** Grows when the steps change: a run belongs to one version. */
  readonly version: number;
  readonly title: string;
  readonly description: string;
  readonly when: StepConditions & {
    /** At least. */
    readonly severity: Severity;
    /** The incident names at least one entity of each of these types. */
    readonly entities: readonly EntityType[];
  };
  readonly steps: readonly PlaybookStep[];
}

/** What is absent, or empty, holds. */
export interface StepConditions {
  readonly severity?: Severity | undefined;
  /** Bits, of its findings together: at least. */
  readonly surprise?: number | undefined;
  readonly entities?: readonly EntityType[] | undefined;
  /** One of these raised a finding of the incident. */
  readonly detectors?: readonly string[] | undefined;
  /** Something of one of these is among what it names: `jenkins`. */
  readonly systems?: readonly string[] | undefined;
  /** It names one of these: `TYPE:ID`, `*` for any characters. */
  readonly names?: readonly string[] | undefined;
}

export interface PlaybookStep {
  /**
   * An action's id, or a kind: then it is the action of that kind of each target's own system. It runs once for each of the
   * incident's entities of the action's target type.
   */
  readonly action: string;
  /** `unless`: what can be undone is done unasked. */
  readonly approval: null | { readonly people: 1 | 2; readonly unless?: 'reversible' | undefined };
  /** Beside the playbook's own conditions. */
  readonly when?: StepConditions | undefined;
  /** Kinds of which every step of the run has to hold first; where one does not, a person is asked. */
  readonly after: readonly ActionKind[];
  /** Minutes after which it has failed, or, where it asks, nobody can agree any more; null: the usual. */
  readonly timeout: number | null;
}

export type StepStatus =
  | 'pending'
  /** Dry: planned, and that is all that will happen. */
  | 'planned'
  | 'waiting'
  | 'executed'
  | 'verified'
  | 'skipped'
  | 'failed'
  /** Somebody wants it undone. */
  | 'undoing'
  | 'undone';

/** What a person said of a step, and why. */
export interface Say {
  /** The person, as the configuration names them. */
  readonly by: string;
  readonly reason: string;
  /** By what they said it: `console`, `command`, `slack` … */
  readonly channel: string;
  /** RFC 3339, UTC. */
  readonly time: string;
}

export interface RunStep {
  /** Which asks for it. */
  readonly playbook: string;
  readonly action: string;
  readonly kind: ActionKind;
  readonly target: Target;
  readonly reversible: boolean;
  readonly approval: Approval;
  /** Steps of the same number are taken at the same time, those of a smaller one before. */
  readonly group: number;
  /** As in `PlaybookStep`. */
  readonly after?: readonly ActionKind[];
  readonly timeout?: number;
  /** It is shown and never sent. */
  readonly shown?: true;
  readonly status: StepStatus;
  readonly plan?: ActionPlan;
  /** Of a step that waits: when it is too late to agree; RFC 3339, UTC. */
  readonly expires?: string;
  /** Who has agreed to the plan as it is. */
  readonly approvals?: readonly Say[];
  /** Why it was skipped or failed. */
  readonly problem?: string;
  /** What was kept of its target. */
  readonly evidence?: Evidence;
}

/** What the playbooks that fit an incident do about it, as one. Changed by compare-and-set alone. */
export interface PlaybookRun {
  /** Content id of the incident. */
  readonly id: string;
  readonly incident: string;
  /** Ids, in the order in which they came to fit. */
  readonly playbooks: readonly string[];
  /** The incident's, when it was made. */
  readonly title: string;
  readonly mode: 'dry' | 'act';
  readonly status: 'pending' | 'running' | 'waiting' | 'done' | 'failed';
  /** RFC 3339, UTC. */
  readonly created: string;
  readonly updated: string;
  readonly steps: readonly RunStep[];
  /** How many orders people have given: each takes a job of its own. */
  readonly orders?: number;
  /** Decisions and deeds, in order; the first `exported` of them have gone to the decision topic. */
  readonly audit: readonly AuditEntry[];
  readonly exported: number;
  /** Who works on it: `fence` grows with each taking, so that a late worker's write is refused. */
  readonly lease: null | { readonly owner: string; readonly fence: number; readonly until: Instant };
  readonly sample?: true;
}

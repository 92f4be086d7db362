// The contract of a detector: data plus pure functions. No clock, no randomness, no state of its own: the analyzer keeps
// profiles, knows the run that an activity belongs to, and calls it. Three forms:
//
// - a rule (`defineRule`): one activity, no memory;
// - a learned detector (`defineDetector`): a baseline per entity; read, judge, and only then learn, after a probation;
// - a watch (`defineWatch`): a small state per entity that every activity steps (a burst, a sequence).
import type { Activity, ActivityKind, ActivityOf } from './activity.ts';
import type { Baseline, Reading } from './baseline.ts';
import type { DetectorCase } from './detector-case.ts';
import type { Entity } from './entity.ts';
import type { Explanation } from './explanation.ts';
import type { Link, Picture } from './finding.ts';
import type { Json } from './json.ts';
import type { KeyedBy } from './keyed-by.ts';
import type { Impact, RunFacts } from './run-facts.ts';
import type { Severity } from './severity.ts';

export type { Baseline, Reading } from './baseline.ts';

/** Identity of a tactic and technique of MITRE ATT&CK, https://attack.mitre.org/. */
export interface Technique {
  readonly tactic: string;
  readonly technique: string;
}

/** Everything a person reads about a detector; CLI, console, alert and documentation take it from here. */
export interface DetectorInfo {
  /** Stays for ever; equal to the file's name, the configuration key, the metric label and the documentation anchor. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly catalogue: string;
  /** The most it raises on its own. */
  readonly severity: Severity;
  readonly maturity: 'stable' | 'incubating' | 'sandbox' | 'deprecated';
  /** OWASP Top 10 CI/CD risks, `CICD-SEC-1` … `CICD-SEC-10`. */
  readonly owasp: readonly string[];
  readonly attack: readonly Technique[];
  readonly falsePositives: readonly string[];
  readonly next: readonly string[];
  /** The file beside it, loaded when somebody wants to see or test them. */
  readonly cases: () => Promise<{ readonly cases: readonly DetectorCase[] }>;
  /** Multiplies other signals; alone it never opens an incident above low. */
  readonly multiplier?: true;
}

/** What is known around an activity at the time it is examined. Where it is keyed by something else than its place: nothing. */
export interface Context {
  /** The run that it belongs to. */
  readonly run?: RunFacts;
  /** A reviewed and merged change that would explain what the run does differently. */
  readonly explanation?: Explanation;
}

/** What a detector says when it raises. Text is plain: the three sentences of the evidence, without markup. */
export interface Raise {
  /**
   * Fixed by the detector: what a rule's deed is worth. Absent: it follows from surprise, impact and confidence, by the
   * table of `severity-table.ts`.
   */
  readonly severity?: Severity;
  /** What somebody could lose by it; `impactOf(context.run)` unless the detector knows better. */
  readonly impact?: Impact;
  /** Where several things are odd at once (`jointOdds`); absent: the reading's. */
  readonly probability?: number;
  /** Near-certain evidence: the alert budget does not hold it back. Rules are certain without saying so. */
  readonly certain?: true;
  /** No more than this, whatever the table says. */
  readonly atMost?: Severity;
  readonly observed: string;
  readonly expected: string;
  /** Filled from the reading when absent. */
  readonly history?: string;
  readonly picture?: Picture;
  /** The entity the finding is about, where it is not the profiled one. Rules must give it. */
  readonly entity?: Entity;
  /** Links beside those that the activity's own fields give. */
  readonly links?: readonly Link[];
  /**
   * Names what is odd (`destination:example.org`). The same oddity of the same entity is told once in a week
   * (again where it comes worse, or began earlier than was told); what it rests on still belongs to the incident.
   */
  readonly oddity?: string;
  /** What of several things it is (`program`: one that was never used), for the courses of attacks in which it matters. */
  readonly facets?: readonly string[];
  /** A reviewed and merged change of the pipeline, its dependencies or its build files would explain it; the host looks for one. */
  readonly explainable?: true;
  /**
   * Values (`dimension:value`) that are new to this place: whether the rest of the organization knows them decides how
   * unusual that is.
   */
  readonly novel?: readonly string[];
}

interface Watching<Kind extends ActivityKind> extends DetectorInfo {
  readonly watches: readonly Kind[];
  /** Under whose key it sees activities, so what its state may depend on. */
  readonly by: KeyedBy;
  /**
   * A commit that a delivery told and a clone tells again is the same activity, and is left out; with this it is seen once
   * more when its signature is known for the first time.
   */
  readonly again?: true;
}

/** A plain rule: one activity, no memory. */
export interface Rule<Kind extends ActivityKind> extends Watching<Kind> {
  examine(activity: ActivityOf<Kind>, context: Context): Raise | undefined;
}

/** A detector with a learned baseline per entity. */
export interface LearnedDetector<Kind extends ActivityKind, Observation, State extends Json, Detail>
  extends Watching<Kind> {
  readonly baseline: Baseline<Observation, State, Detail>;
  /**
   * Whose profile is read, then the groups it belongs to, the nearest first (job, pipeline, repository). All of them learn.
   * Empty: the activity says nothing about such an entity. Their key must be that of `by`, in any case.
   */
  levels(activity: ActivityOf<Kind>, context: Context): readonly Entity[];
  /** What the baseline sees of the activity; undefined: nothing to judge or learn. */
  observe(activity: ActivityOf<Kind>, context: Context): Observation | undefined;
  judge(
    activity: ActivityOf<Kind>,
    observation: Observation,
    reading: Reading<Detail>,
    context: Context,
  ): Raise | undefined;
  /** Values of the observation (`dimension:value`) that the whole organization should know of. */
  shared?(observation: Observation): readonly string[];
}

/** A detector with a state of its own per entity, which every activity steps. */
export interface Watch<Kind extends ActivityKind, State extends Json> extends Watching<Kind> {
  entity(activity: ActivityOf<Kind>, context: Context): Entity | undefined;
  empty(): State;
  /**
   * The next state (the same object where nothing changed) and what is raised. The state must stay small, and be such that
   * activities that come in another order within minutes raise the same.
   */
  step(
    state: State,
    activity: ActivityOf<Kind>,
    context: Context,
  ): { readonly state: State; readonly raise?: Raise | undefined };
}

/** Any detector, as the analyzer sees it. */
export interface Detector extends DetectorInfo {
  readonly watches: readonly ActivityKind[];
  readonly by: KeyedBy;
  readonly again?: true;
  /** One of the three. */
  readonly examine?: (activity: Activity, context: Context) => Raise | undefined;
  readonly learned?: Learned;
  readonly watch?: Stepping;
}

export interface Learned {
  readonly baseline: Baseline<unknown, Json, unknown>;
  levels(activity: Activity, context: Context): readonly Entity[];
  observe(activity: Activity, context: Context): unknown;
  judge(activity: Activity, observation: unknown, reading: Reading<unknown>, context: Context): Raise | undefined;
  shared?(observation: unknown): readonly string[];
}

export interface Stepping {
  entity(activity: Activity, context: Context): Entity | undefined;
  empty(): Json;
  step(state: Json, activity: Activity, context: Context): { readonly state: Json; readonly raise?: Raise | undefined };
}

/** What sort of detector it is, in words. */
export function formOf({ learned, watch, by }: Detector): string {
  if (learned) return `learns with the baseline ${learned.baseline.id}, by ${by}`;
  return watch ? `watches what comes together, by ${by}` : 'a plain rule';
}

/** Makes a detector of a rule. The analyzer calls it only with the kinds it watches, hence the one assertion. */
export function defineRule<Kind extends ActivityKind>(rule: Rule<Kind>): Detector {
  return rule as unknown as Detector;
}

/** Makes a detector of a learned one; see `defineRule` for the assertion. */
export function defineDetector<Kind extends ActivityKind, Observation, State extends Json, Detail>(
  detector: LearnedDetector<Kind, Observation, State, Detail>,
): Detector {
  const { baseline, levels, observe, judge, shared, ...info } = detector;
  const learned = { baseline, levels, observe, judge, ...(shared ? { shared } : {}) };
  return { ...info, learned } as unknown as Detector;
}

/** Makes a detector of a watch; see `defineRule` for the assertion. */
export function defineWatch<Kind extends ActivityKind, State extends Json>(watch: Watch<Kind, State>): Detector {
  const { entity, empty, step, ...info } = watch;
  return { ...info, watch: { entity, empty, step } } as unknown as Detector;
}

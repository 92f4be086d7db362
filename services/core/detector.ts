// The contract of a detector and of the baseline behind it. A detector is data plus pure functions: no clock, no
// randomness, no state of its own; the analyzer keeps profiles and calls it.
import type { Activity, ActivityKind, ActivityOf } from './activity.ts';
import type { DetectorCase } from './detector-case.ts';
import type { Entity } from './entity.ts';
import type { Link, Picture } from './finding.ts';
import type { Json } from './json.ts';
import type { Severity } from './severity.ts';
import type { Instant } from './time.ts';

/** How unusual an observation is under a profile. */
export interface Reading<Detail> {
  /** Probability that a benign activity of this entity is at least as unusual, in (0, 1]. */
  readonly probability: number;
  /** How many observations stand behind it, decayed, and since when. */
  readonly observations: number;
  readonly since?: Instant;
  readonly detail: Detail;
}

/**
 * A learned model as pure functions over a JSON state of bounded size. `observe` returns a new state (or the same
 * object, when nothing changed) and never changes its argument.
 */
export interface Baseline<Observation, State extends Json, Detail> {
  readonly id: string;
  empty(): State;
  read(state: State, observation: Observation, at: Instant): Reading<Detail>;
  observe(state: State, observation: Observation, at: Instant): State;
}

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

/** What a detector says when it raises. Text is plain: the three sentences of the evidence, without markup. */
export interface Raise {
  readonly severity: Severity;
  readonly observed: string;
  readonly expected: string;
  /** Filled from the reading when absent. */
  readonly history?: string;
  readonly picture?: Picture;
  /** The entity the finding is about, where it is not the profiled one. Rules must give it. */
  readonly entity?: Entity;
  /** Links beside those that the activity's own fields give. */
  readonly links?: readonly Link[];
}

interface Watching<Kind extends ActivityKind> extends DetectorInfo {
  readonly watches: readonly Kind[];
}

/** A plain rule: one activity, no memory. */
export interface Rule<Kind extends ActivityKind> extends Watching<Kind> {
  examine(activity: ActivityOf<Kind>): Raise | undefined;
}

/** A detector with a learned baseline per entity. The analyzer reads the profile, judges, and only then learns. */
export interface LearnedDetector<Kind extends ActivityKind, Observation, State extends Json, Detail>
  extends Watching<Kind> {
  readonly entityType: Entity['type'];
  readonly baseline: Baseline<Observation, State, Detail>;
  /** Undefined: this activity says nothing about such an entity. */
  entity(activity: ActivityOf<Kind>): Entity | undefined;
  /** What the baseline sees of the activity; undefined: nothing to judge or learn. */
  observe(activity: ActivityOf<Kind>): Observation | undefined;
  judge(activity: ActivityOf<Kind>, observation: Observation, reading: Reading<Detail>): Raise | undefined;
}

/** Any detector, as the analyzer sees it. */
export interface Detector extends DetectorInfo {
  readonly watches: readonly ActivityKind[];
  readonly learned?: {
    readonly entityType: Entity['type'];
    readonly baseline: Baseline<unknown, Json, unknown>;
    entity(activity: Activity): Entity | undefined;
    observe(activity: Activity): unknown;
    judge(activity: Activity, observation: unknown, reading: Reading<unknown>): Raise | undefined;
  };
  /** Present on plain rules. */
  examine?(activity: Activity): Raise | undefined;
}

/** Makes a detector of a rule. The analyzer calls it only with the kinds it watches, hence the one assertion. */
export function defineRule<Kind extends ActivityKind>(rule: Rule<Kind>): Detector {
  return rule as unknown as Detector;
}

/** Makes a detector of a learned one; see `defineRule` for the assertion. */
export function defineDetector<Kind extends ActivityKind, Observation, State extends Json, Detail>(
  detector: LearnedDetector<Kind, Observation, State, Detail>,
): Detector {
  const { entityType, baseline, entity, observe, judge, ...info } = detector;
  return { ...info, learned: { entityType, baseline, entity, observe, judge } } as unknown as Detector;
}

// The contract of a baseline: a learned model as pure functions over a small state. What is built on it: detectors/.
import type { Json } from './json.ts';
import type { Instant } from './time.ts';

/** How unusual an observation is under a profile. */
export interface Reading<Detail> {
  /**
   * Tail probability: that a benign observation of this entity is at least as unusual, under the predictive
   * distribution; in (0, 1].
   */
  readonly probability: number;
  /** How many observations of the entity itself stand behind it, faded; what its peers lend is not counted. */
  readonly observations: number;
  /** Of the entity's first observation. */
  readonly since?: Instant;
  readonly detail: Detail;
}

/**
 * A learned model. Every function is pure: the result depends on the arguments alone, and no argument is changed. States
 * are JSON of bounded size; the docstring of each baseline says of which.
 *
 * Order: observations that come in another order within minutes give a state that reads the same, up to rounding.
 */
export interface Baseline<Observation, State extends Json, Detail> {
  readonly id: string;

  empty(): State;

  /** Learns. `at` is the server's time of it; the same object comes back where nothing changed. */
  observe(state: State, observation: Observation, at: Instant): State;

  /**
   * How unusual the observation is. `peers` are the states of the groups that the entity belongs to, the nearest first
   * (job → pipeline → repository → organization); they hold the entity's own observations too. A young state borrows
   * from the first, that from the second and so on, by an explicit prior of a few pseudo-observations.
   */
  probability(state: State, observation: Observation, at: Instant, peers: readonly State[]): Reading<Detail>;

  /** Of two that learned different observations: what one that learned all of them would be, up to its bound. Commutes. */
  merge(a: State, b: State): State;

  /** The state as of `at`: faded, and without what is forgotten. Reading before or after gives the same. */
  decay(state: State, at: Instant): State;

  /** As text, shorter than its JSON where that pays. */
  serialize(state: State): string;

  /** Undefined for what `serialize` did not write. Takes back what earlier versions wrote, or says undefined. */
  parse(text: string): State | undefined;
}

// A reviewed change that explains a deviation: known good, so the deviation weighs less.
import type { Instant } from './time.ts';

export interface Explanation {
  /** The pull or merge request's number. */
  readonly change: string;
  readonly title?: string;
  /** Who agreed to it, and is not its author. */
  readonly reviewer: string;
  readonly merged_at: Instant;
  /** What of it explains; at most three. */
  readonly paths: readonly string[];
}

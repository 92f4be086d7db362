// How long a run or a job took.
import type { ActivityOf } from '../../services/core/activity.ts';
import type { Result } from '../../services/core/details/pipeline.ts';
import type { RunFacts } from '../../services/core/run-facts.ts';
import { SECOND } from '../../services/core/time.ts';

/** Longer than any system lets one run; what is told as longer is a mistake of clocks. */
const LONGEST = 7 * 24 * 3_600;

/**
 * Seconds, of one that has ended and was not cancelled or skipped; undefined for others. Where the system does not tell, the
 * time since the run was first heard of.
 */
export function secondsOf(activity: ActivityOf<'run' | 'job'>, run: RunFacts | undefined): number | undefined {
  const { detail, observed_at: at } = activity;
  const result = resultOf(activity);
  if (result === undefined || result === 'skip' || result === 'cancellation') return undefined;
  const isTold = activity.kind === 'run' || result === 'timeout';
  const since = isTold && run && run.first < at ? (at - run.first) / SECOND : undefined;
  const seconds = detail.seconds ?? since;
  return seconds !== undefined && seconds > 0 && seconds <= LONGEST ? seconds : undefined;
}

/** How it ended; undefined while it runs. */
export function resultOf({ kind, cicd }: ActivityOf<'run' | 'job'>): Result | undefined {
  const pipeline = cicd?.pipeline;
  return kind === 'job' ? pipeline?.task?.run?.result : pipeline?.run?.result;
}

/** `45 seconds`, `7 minutes`, `2.5 hours`. */
export function durationWords(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} seconds`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} minutes`;
  return `${Math.round(seconds / 360) / 10} hours`;
}

// What every job queue adapter agrees on: defaults, the pause after a failure, what is kept of an error.
import { messageOf } from '../../core/errors.ts';
import type { JobOptions, WorkOptions } from '../../core/ports/job-queue.ts';
import { HOUR, SECOND } from '../../core/time.ts';

/** Dead jobs kept in a queue; beyond it the oldest go. */
export const DEAD_LIMIT = 10_000;

/** Why a job is dead that took its worker down each time. */
export const SILENT_WORKER = 'its worker fell silent, the last time it could be tried';

export function jobTerms(options: JobOptions = {}): Required<JobOptions> {
  const { delayMs = 0, attempts = 10, backoffMs = SECOND, turn = 'first' } = options;
  return { delayMs, attempts, backoffMs, turn };
}

export function workTerms(options: WorkOptions = {}): { readonly concurrency: number; readonly leaseMs: number } {
  return { concurrency: options.concurrency ?? 1, leaseMs: options.leaseMs ?? 30 * SECOND };
}

/**
 * Milliseconds to wait after the `tries`-th failure (from 1): doubled each time, up to half as much again so that jobs
 * that failed together do not come back together, at most an hour. `random`: in [0, 1).
 */
export function pauseAfter(tries: number, backoffMs: number, random: () => number): number {
  return Math.round(Math.min(backoffMs * 2 ** (tries - 1) * (1 + random() / 2), HOUR));
}

/** The message alone: a stack or a cause may carry more than ids. */
export function lastWords(error: unknown): string {
  return messageOf(error).slice(0, 1_000);
}

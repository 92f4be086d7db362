// The runs of a repository since a time, and their jobs.
import type { Clock } from '../../../core/clock.ts';
import type { Json } from '../../../core/json.ts';
import { formatInstant, type Instant, MINUTE } from '../../../core/time.ts';
import { identifier, instant, list, number, text } from '../../fields.ts';
import type { Client } from '../client.ts';
import { pages } from '../pages.ts';

/** GitHub finds at most a thousand runs at once. */
const MOST_RUNS = 1_000;
const SHORTEST = MINUTE;

export interface RunFound {
  /** Undefined: at `from` all before is read, and nothing more is told of it. */
  readonly run?: Json;
  readonly from: Instant;
}

/** Oldest first. https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-repository */
export async function* runsOf(
  repository: string,
  since: Instant,
  api: Client,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<RunFound> {
  const until = clock.now();
  let length = until - since;
  for (let from = since; from < until; ) {
    const created = `${formatInstant(from)}..${formatInstant(Math.min(until, from + length) - 1)}`;
    const first = `/repos/${repository}/actions/runs?${new URLSearchParams({ created, per_page: '100' })}`;
    const found: Json[] = [];
    let isTooMuch = false;
    for await (const page of pages(api, first, signal)) {
      isTooMuch = (number(page, 'total_count') ?? 0) > MOST_RUNS && length > SHORTEST;
      if (isTooMuch) break;
      found.push(...list(page, 'workflow_runs'));
    }
    if (isTooMuch) {
      length = Math.max(SHORTEST, Math.floor(length / 4));
      continue;
    }
    // GitHub gives the newest first.
    for (const run of found.toReversed()) yield { run, from: instant(run, 'created_at') ?? from };
    from += length;
    length *= 2;
    yield { from };
  }
}

/**
 * Those that ended, of all attempts; none where the run is gone.
 * https://docs.github.com/en/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run
 */
export async function jobsOf(
  repository: string,
  run: Json,
  api: Client,
  signal: AbortSignal,
): Promise<readonly Json[]> {
  const first = `/repos/${repository}/actions/runs/${identifier(run, 'id')}/jobs?filter=all&per_page=100`;
  const found: Json[] = [];
  for await (const page of pages(api, first, signal, { expect: [404] })) found.push(...list(page, 'jobs'));
  return found.filter((job) => text(job, 'status') === 'completed');
}

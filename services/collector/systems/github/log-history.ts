// The job logs of the past, run by run.
import type { Json, JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { number, text } from '../../fields.ts';
import type { Client } from '../client.ts';
import type { History, Surroundings, Turn } from '../system.ts';
import { createLacking, type Lacking } from './lacking.ts';
import { byRepository, type PastSteps } from './past.ts';
import { runLogs } from './run-logs.ts';
import { runsOf } from './runs.ts';

/** GitHub allows fewer: https://docs.github.com/en/actions/reference/limits */
const MOST_ATTEMPTS = 100;

export function jobLogHistory(organization: string, api: Client, surroundings: Surroundings): History {
  async function* read(_repository: JsonObject, name: string, since: Instant, signal: AbortSignal): PastSteps {
    const lacking = createLacking(name);
    let reached = since;
    for await (const { run, from } of runsOf(name, since, api, surroundings.clock, signal)) {
      reached = from;
      // Told before it is read, so that what was done before comes no second time.
      yield { records: [], from };
      if (run === undefined) continue;
      for await (const { records, cursor } of logsOf(name, run, lacking, signal)) {
        yield { records, from, onDurable: (report) => void (typeof cursor === 'function' && cursor(report)) };
      }
    }
    yield { records: [], from: reached, missing: lacking.sentences() };
  }

  async function* logsOf(name: string, run: Json, lacking: Lacking, signal: AbortSignal): AsyncGenerator<Turn> {
    const reader = runLogs(name, run, api, surroundings, lacking, signal);
    const attempts = Math.min(MOST_ATTEMPTS, number(run, 'run_attempt') ?? 1);
    // The logs of an attempt that goes on are fetched as its jobs end.
    const ended = text(run, 'status') === 'completed' ? attempts : attempts - 1;
    for (let attempt = 1; attempt <= ended; attempt++) yield* reader(attempt);
  }

  return {
    name: `job-logs ${organization}`,
    source: 'github.job-log',
    logs: true,
    read: byRepository(organization, api, read),
  };
}

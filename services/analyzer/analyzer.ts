// The analyzer: activities to signals, signals to findings, findings to incidents, alerts to weaknesses; one consumer each.
import type { AlertBudget } from '../core/alert-budget.ts';
import type { Detector } from '../core/detector.ts';
import { messageOf } from '../core/errors.ts';
import type { Consumer, EventLog } from '../core/ports/event-log.ts';
import type { Instant } from '../core/time.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { openCorrelator } from './correlation/correlator.ts';
import { openPartition } from './entity-stage/partition.ts';
import { openJudge } from './judge/judging.ts';
import { openTracker } from './weaknesses/tracker.ts';

export interface AnalyzerOptions {
  readonly log: EventLog;
  readonly detectors: readonly Detector[];
  readonly telemetry: Telemetry;
  readonly budget?: AlertBudget;
  /** Before this time it only learns. */
  readonly learnUntil?: Instant;
}

export interface Analyzer {
  /** Resolves when all that was durable at the call has become findings, and these incidents. */
  caughtUp(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export async function startAnalyzer(options: AnalyzerOptions): Promise<Analyzer> {
  const { log, detectors, telemetry, budget, learnUntil } = options;
  const told = telemetry.log.child({ component: 'analyzer' });

  async function subscribe(
    group: string,
    topic: 'activity' | 'signal' | 'finding',
    open: Parameters<EventLog['subscribe']>[0]['open'],
  ) {
    return await log.subscribe({
      group,
      topic,
      open,
      batchSize: 2_000,
      onError: (error, partition) => {
        telemetry.metrics.batchFailures.inc({ group });
        told.warn('A batch could not be committed and will be taken again.', {
          group,
          partition: partition ?? null,
          error: messageOf(error),
        });
      },
    });
  }

  const detection: Consumer = await subscribe('analyzer', 'activity', (assignment) =>
    openPartition(assignment, { detectors, telemetry, ...(learnUntil === undefined ? {} : { learnUntil }) }),
  );
  const judging: Consumer = await subscribe('judge', 'signal', (assignment) =>
    openJudge(assignment, { detectors, telemetry, ...(budget && { budget }) }),
  );
  const correlation: Consumer = await subscribe('correlator', 'finding', (assignment) =>
    openCorrelator(assignment, telemetry),
  );
  const tracking: Consumer = await subscribe('weaknesses', 'activity', (assignment) =>
    openTracker(assignment, telemetry),
  );
  return {
    async caughtUp(signal) {
      // What is joined with its job goes through the first topic once more.
      await detection.caughtUp(signal);
      await detection.caughtUp(signal);
      await judging.caughtUp(signal);
      await correlation.caughtUp(signal);
      await tracking.caughtUp(signal);
    },
    async close() {
      await Promise.all([detection.close(), judging.close(), correlation.close(), tracking.close()]);
    },
  };
}

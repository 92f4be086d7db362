// The pulse of a collector: every five minutes it says of each of its feeds how much came, so that silence is seen by those who
// judge without a clock.
import type { Clock } from '../core/clock.ts';
import type { Detector } from '../core/detector.ts';
import { ownTick } from '../core/own-activity.ts';
import type { EventLog } from '../core/ports/event-log.ts';
import { type Instant, MINUTE } from '../core/time.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { createRouter } from './host/route.ts';
import type { Collector } from './host.ts';

/** Silence counts in hours, and each beat of each feed is an entry of the log for as long as activities are kept. */
const EVERY = 5 * MINUTE;

export interface PulseOptions {
  readonly collector: Collector;
  readonly log: EventLog;
  readonly detectors: readonly Detector[];
  /** Ids of the sources whose records are delivered to us, and of those that we read. */
  readonly received: readonly string[];
  readonly read: readonly string[];
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** Which collector says it. */
  readonly owner: string;
}

export interface Pulse {
  /** The same collector, for what is delivered, and for what is read: these records are counted. */
  readonly receiving: Collector;
  /** What is delivered and was missed does not count when it is read: it would hide that deliveries no longer come. */
  readonly reading: Collector;
  /** Since when a feed cannot be read; undefined: it can. */
  failing(feed: string, since: Instant | undefined): void;
  close(): Promise<void>;
}

export function startPulse(options: PulseOptions): Pulse {
  const { collector, log, detectors, received, read, telemetry, clock, owner } = options;
  const counts = new Map([...received, ...read].map((feed) => [feed, 0]));
  const failures = new Map<string, Instant>();
  const route = createRouter(detectors);
  const closing = new AbortController();
  const beating = beat();
  return {
    receiving: counting(() => true),
    reading: counting((feed) => !received.includes(feed)),
    failing(feed, since) {
      if (since === undefined) failures.delete(feed);
      else failures.set(feed, since);
    },
    async close() {
      closing.abort();
      await beating;
    },
  };

  function counting(counted: (feed: string) => boolean): Collector {
    return {
      async ingest(records, signal) {
        const report = await collector.ingest(records, signal);
        for (const { source, history } of records) {
          const count = counts.get(source);
          if (count !== undefined && !history && counted(source)) counts.set(source, count + 1);
        }
        return report;
      },
    };
  }

  async function beat(): Promise<void> {
    const { signal } = closing;
    while (!signal.aborted) {
      try {
        await clock.sleep(EVERY, signal);
      } catch {
        return;
      }
      await tell().catch(() => telemetry.log.warn('the pulse of the feeds could not be written'));
    }
  }

  async function tell(): Promise<void> {
    const now = clock.now();
    const told = [...counts];
    const ticks = told.map(([feed, records]) => {
      const since = failures.get(feed);
      return ownTick(now, owner, { feed, records, ...(since !== undefined && { failing_since: since }) });
    });
    await log.append('activity', ticks.flatMap(route));
    // What came while this was written counts for the next.
    for (const [feed, records] of told) counts.set(feed, (counts.get(feed) ?? records) - records);
  }
}

// An event log that tells of itself: how long a partition takes to be taken over, and how far each group is behind.
import type { Clock } from '../../core/clock.ts';
import type { Assignment, Consumer, EventLog, PartitionProcessor, Subscription } from '../../core/ports/event-log.ts';
import type { Metrics } from '../../telemetry/metrics.ts';

/** How often lag is asked for; a question to the brokers a group. */
const LOOK_EVERY_MS = 10_000;

export interface MeasuredOptions {
  readonly metrics: Metrics;
  readonly clock: Clock;
}

/** The same log; closing it closes both. */
export function measured(log: EventLog, { metrics, clock }: MeasuredOptions): EventLog {
  const consumers = new Map<Consumer, Subscription>();
  const closing = new AbortController();

  async function open(subscription: Subscription, assignment: Assignment): Promise<PartitionProcessor> {
    const { group } = subscription;
    const started = clock.now();
    let entries = 0;
    const state = (async function* () {
      for await (const entry of assignment.state) {
        entries += 1;
        yield entry;
      }
    })();
    const processor = await subscription.open({ ...assignment, state });
    metrics.restoreSeconds.observe({ group }, (clock.now() - started) / 1000);
    metrics.restoredEntries.inc({ group }, entries);
    return processor;
  }

  async function look(): Promise<void> {
    for (const [consumer, { group, topic }] of consumers) {
      // While the log does not answer, the last that was known stands.
      await consumer.lag().then(
        (lag) => metrics.lagEntries.set({ group, topic }, lag),
        () => {},
      );
    }
  }

  const looking = (async () => {
    while (!closing.signal.aborted) {
      await clock.sleep(LOOK_EVERY_MS, closing.signal).catch(() => {}); // Closed.
      if (!closing.signal.aborted) await look();
    }
  })();

  return {
    append: (topic, entries) => log.append(topic, entries),
    read: (topic, partition, from, limit) => log.read(topic, partition, from, limit),
    end: (topic, partition) => log.end(topic, partition),
    state: (group, topic, partition) => log.state(group, topic, partition),
    partitions: (topic) => log.partitions(topic),
    async subscribe(subscription) {
      const inner = await log.subscribe({
        ...subscription,
        open: (assignment) => open(subscription, assignment),
      });
      consumers.set(inner, subscription);
      return {
        caughtUp: (signal) => inner.caughtUp(signal),
        lag: () => inner.lag(),
        async close() {
          consumers.delete(inner);
          await inner.close();
        },
      };
    },
    async close() {
      closing.abort();
      await looking;
      await log.close();
    },
  };
}

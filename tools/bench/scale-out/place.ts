// The Kafka log that a bench works on, as its scripts are told of it: `BROKER PREFIX`.
import { openKafkaEventLog } from '../../../services/adapters/event-log/kafka.ts';
import { untilCommitted } from '../../../services/adapters/event-log/kafka-progress.ts';
import { KafkaReader } from '../../../services/adapters/event-log/kafka-reader.ts';
import { naming } from '../../../services/adapters/event-log/kafka-topics.ts';
import { systemClock } from '../../../services/core/clock.ts';
import type { EventLog } from '../../../services/core/ports/event-log.ts';
import type { TopicName } from '../../../services/core/topics.ts';
import { silentLog } from '../../../services/telemetry/log.ts';

export function openBenchLog(broker: string, prefix: string): Promise<EventLog> {
  return openKafkaEventLog({ brokers: [broker], prefix, clientId: 'bench', clock: systemClock, log: silentLog });
}

/** Resolves when these groups have committed what was there at the call, one after the other. */
export async function untilDone(
  broker: string,
  prefix: string,
  groups: readonly (readonly [group: string, topic: TopicName])[],
): Promise<void> {
  const reader = new KafkaReader({ brokers: [broker], clientId: 'bench' }, systemClock, silentLog);
  await reader.connect();
  const names = naming(prefix);
  const signal = AbortSignal.timeout(300_000);
  for (const [group, name] of groups) {
    const topic = names.topic(name);
    await reader.topic(topic);
    await untilCommitted({ reader, groupId: names.group(group, name), topic }, systemClock, signal);
  }
  await reader.close();
}

// `node company.ts BROKER PREFIX REPOSITORIES`: leaves the profiles of a company of that size as the analyzers' state.
import { partitionOf } from '../../../services/adapters/event-log/kafka-topics.ts';
import type { EntityStage } from '../../../services/analyzer/entity-stage/stage.ts';
import type { ActivityEntry } from '../../../services/core/messages.ts';
import { createStages, keysOf, PARTITIONS } from '../analyzer/stages.ts';
import { PASSES, pass } from '../analyzer/traffic.ts';
import { openBenchLog } from './place.ts';

const [broker = '', prefix = '', repositories = ''] = process.argv.slice(2);

/** As Kafka spreads keys; all partitions have a leader. */
const partitions = Array.from({ length: PARTITIONS }, (_, partitionId) => ({
  partitionId,
  partitionErrorCode: 0,
  leader: 1,
  replicas: [1],
  isr: [1],
}));

function take(stages: readonly EntityStage[], key: string, entry: ActivityEntry): void {
  const taken = stages[partitionOf('activity', partitions, key)]?.take(key, entry);
  for (const next of taken?.joined ?? []) take(stages, next.key, next.entry);
}

const stages = createStages();
for (let number = 0; number < PASSES; number++) {
  for (const activity of pass(Number(repositories), number)) {
    for (const [index, key] of keysOf(activity).entries()) take(stages, key, { primary: index === 0, activity });
  }
}
const log = await openBenchLog(broker, prefix);
const consumer = await log.subscribe({
  group: 'analyzer',
  topic: 'activity',
  open: async ({ partition }) => ({ process: () => ({ state: stages[partition]?.flush() ?? [] }) }),
});
await log.append(
  'activity',
  partitions.map(({ partitionId }) => ({ key: '', value: '', partition: partitionId })),
);
await consumer.caughtUp();
await log.close();

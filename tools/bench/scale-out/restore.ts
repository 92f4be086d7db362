// `node restore.ts BROKER PREFIX`: takes over every partition's profiles, one after the other. Prints JSON.
import { detectors } from '../../../detectors/index.ts';
import { openPartition } from '../../../services/analyzer/entity-stage/partition.ts';
import type { StateEntry } from '../../../services/core/ports/event-log.ts';
import { createTelemetry } from '../../../services/telemetry/telemetry.ts';
import { openBenchLog } from './place.ts';

const [broker = '', prefix = ''] = process.argv.slice(2);
const log = await openBenchLog(broker, prefix);
let profiles = 0;

async function* counted(state: AsyncIterable<StateEntry>): AsyncGenerator<StateEntry> {
  for await (const entry of state) {
    if (entry.key.startsWith('profile/')) profiles += 1;
    yield entry;
  }
}

const telemetry = createTelemetry('silent');
const started = performance.now();
for (let partition = 0; partition < log.partitions('activity'); partition++) {
  await openPartition(
    { partition, state: counted(log.state('analyzer', 'activity', partition)), owns: () => true },
    { detectors, telemetry },
  );
}
const seconds = (performance.now() - started) / 1000;
await log.close();
process.stdout.write(JSON.stringify({ profiles, seconds }));

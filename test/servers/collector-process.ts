// A collector in a process of its own: it takes records from its parent and answers when their activities are durable.
// Arguments: broker, prefix. The live command would stamp the recording with today's time; here it keeps its own.
import { detectors } from '../../detectors/index.ts';
import { openKafkaEventLog } from '../../services/adapters/event-log/kafka.ts';
import { createCollector } from '../../services/collector/host.ts';
import type { SourceRecord } from '../../services/collector/source.ts';
import { systemClock } from '../../services/core/clock.ts';
import { createRedactor } from '../../services/redactor/engine.ts';
import { silentLog } from '../../services/telemetry/log.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';

const [broker = '', prefix = ''] = process.argv.slice(2);
const log = await openKafkaEventLog({
  brokers: [broker],
  prefix,
  clientId: 'collector',
  clock: systemClock,
  log: silentLog,
});
const collector = createCollector({
  log,
  redactor: createRedactor({ key: new Uint8Array(32) }),
  detectors,
  telemetry: createTelemetry('silent'),
  clock: systemClock,
});

/** A sender that is not answered sends again. */
async function ingest(records: readonly SourceRecord[]): Promise<void> {
  for (;;) {
    try {
      await collector.ingest(records);
      return;
    } catch {
      await systemClock.sleep(200);
    }
  }
}

process.on('message', async (records: readonly SourceRecord[]) => {
  await ingest(records);
  process.send?.('durable');
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

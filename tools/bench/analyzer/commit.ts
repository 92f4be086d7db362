// `node commit.ts FILE REPOSITORIES COUNT`: the whole analyzer on the event log FILE: reading and decoding, detectors, judge and
// correlation, one commit a batch. Prints JSON.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { detectors } from '../../../detectors/index.ts';
import { openSqliteEventLog } from '../../../services/adapters/event-log/sqlite.ts';
import { startAnalyzer } from '../../../services/analyzer/analyzer.ts';
import { systemClock } from '../../../services/core/clock.ts';
import { createTelemetry } from '../../../services/telemetry/telemetry.ts';
import { processor } from './used.ts';

const [path = '', repositories = '', count = ''] = process.argv.slice(2);
/** Not measured: profiles are restored, and the compiler has its own work with them. */
const WARM = 10_000;

/** In another process, whose time is the collector's. */
function append(from: number, number: number): void {
  const script = join(import.meta.dirname, 'append.ts');
  const { status } = spawnSync(process.execPath, [script, path, repositories, String(from), String(number)]);
  if (status !== 0) throw new Error('Nothing was appended.');
}

append(0, WARM);
const log = openSqliteEventLog({ path, clock: systemClock });
const analyzer = await startAnalyzer({ log, detectors, telemetry: createTelemetry('silent') });
await analyzer.caughtUp();
append(WARM, Number(count));
const seconds = await processor(() => analyzer.caughtUp());
await analyzer.close();
await log.close();

process.stdout.write(
  JSON.stringify({
    rate: Math.round(Number(count) / seconds),
    most_mb: Math.round(process.resourceUsage().maxRSS / 1e3),
  }),
);

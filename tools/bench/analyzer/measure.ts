// One measurement in a process of its own: `node measure.ts REPOSITORIES ACTIVITIES`. Prints JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectors } from '../../../detectors/index.ts';
import { openSqliteEventLog } from '../../../services/adapters/event-log/sqlite.ts';
import { startAnalyzer } from '../../../services/analyzer/analyzer.ts';
import { createEntityStage } from '../../../services/analyzer/entity-stage/stage.ts';
import { createRouter } from '../../../services/collector/host/route.ts';
import type { Activity } from '../../../services/core/activity.ts';
import { systemClock } from '../../../services/core/clock.ts';
import type { ActivityEntry } from '../../../services/core/messages.ts';
import { createRouting } from '../../../services/core/routing.ts';
import { createTelemetry } from '../../../services/telemetry/telemetry.ts';
import { traffic } from './traffic.ts';

const [repositories = 1_000, count = 200_000] = process.argv.slice(2).map(Number);
/** Activities that fill the profiles are not measured. */
const BATCH = 500;

const keysOf = createRouting(detectors);
const route = createRouter(detectors);
const stage = createEntityStage({
  detectors,
  onFault(_detector, _activity, error): never {
    throw error;
  },
});

function take(key: string, entry: ActivityEntry): void {
  for (const next of stage.take(key, entry).joined) take(next.key, next.entry);
}

// Warm up: every repository is met, so that its profiles exist.
for (const activity of traffic(repositories, Math.max(count, repositories * 12), 7)) {
  for (const [index, key] of keysOf(activity).entries()) take(key, { primary: index === 0, activity });
}
const profiles = stage.flush().filter(({ key }) => key.startsWith('profile/'));
const sizes = profiles.map(({ value }) => value?.length ?? 0).sort((a, b) => a - b);
global.gc?.();
const resident = process.memoryUsage.rss();

const activities: Activity[] = [...traffic(repositories, count, 11)];
const entries = activities.flatMap((activity) =>
  keysOf(activity).map((key, index) => [key, { primary: index === 0, activity }] as const),
);
const detecting = processor(() => {
  for (const [key, entry] of entries) take(key, entry);
});
const lines = activities.flatMap(route);
const decoding = processor(() => {
  for (const [index, { key, value }] of lines.entries()) {
    // Other ids, so that nothing is taken for a repeat.
    const entry: ActivityEntry = JSON.parse(value);
    take(key, { ...entry, activity: { ...entry.activity, id: `${entry.activity.id}${index}` } });
    if (index % BATCH === 0) stage.flush();
  }
});

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const log = openSqliteEventLog({ path: join(folder, 'log.db'), clock: systemClock });
const some = lines.slice(0, 40_000);
await log.append('activity', some);
const started = process.cpuUsage();
const analyzer = await startAnalyzer({ log, detectors, telemetry: createTelemetry('silent') });
await analyzer.caughtUp();
const committed = used(started);
await analyzer.close();
await log.close();
rmSync(folder, { recursive: true });

process.stdout.write(
  JSON.stringify({
    profiles: profiles.length,
    median_bytes: sizes[Math.floor(sizes.length / 2)] ?? 0,
    p99_bytes: sizes[Math.floor(sizes.length * 0.99)] ?? 0,
    resident_mb: Math.round(resident / 1e6),
    fan_out: Math.round((lines.length / activities.length) * 100) / 100,
    detector_only: Math.round(activities.length / detecting),
    decoded: Math.round(activities.length / decoding),
    committed: Math.round(((some.length / lines.length) * activities.length) / committed),
  }),
);

function processor(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return used(before);
}

/** Seconds of processor. */
function used(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

// What an event log tells of itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { measured } from '../../../services/adapters/event-log/measured.ts';
import { openSqliteEventLog } from '../../../services/adapters/event-log/sqlite.ts';
import { type Clock, systemClock } from '../../../services/core/clock.ts';
import { createMetrics } from '../../../services/telemetry/metrics.ts';
import { numbered, openEcho } from '../../contracts/event-log/stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'measured-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Long waits are over at once. */
const hasty: Clock = { now: systemClock.now, sleep: (_milliseconds, signal) => systemClock.sleep(5, signal) };

test('a log tells what was restored when partitions were taken over, and how far each group is behind', async () => {
  const metrics = createMetrics();
  const inner = openSqliteEventLog({ path: join(folder, 'log.db'), clock: systemClock });
  const log = measured(inner, { metrics, clock: hasty });
  const subscription = {
    group: 'worker',
    topic: 'activity' as const,
    open: async (assignment: Parameters<typeof openEcho>[0]) => ({ process: await openEcho(assignment) }),
  };
  await log.append('activity', numbered('v', 60, 30));
  const first = await log.subscribe(subscription);
  await first.caughtUp();
  await first.close();
  const second = await log.subscribe(subscription);
  await second.caughtUp();
  const text = () => metrics.registry.metrics();
  await expect.poll(text).toContain('pipewarden_lag_entries{group="worker",topic="activity"} 0');
  await expect.poll(text).toContain('pipewarden_restored_entries_total{group="worker"} 30');
  await expect.poll(text).toContain('pipewarden_restore_seconds_count{group="worker"} 24');
  await log.close();
});

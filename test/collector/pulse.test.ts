// The pulse: what came through a collector is told every five minutes, of each feed, and so is what cannot be read.
import { expect, test, vi } from 'vitest';
import { detectors } from '../../detectors/index.ts';
import { startPulse } from '../../services/collector/pulse.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { startCollecting } from './collecting.ts';
import { testClock } from './systems/reading.ts';

test('each feed is told of again and again, with what came since', async () => {
  const collecting = await startCollecting();
  const start = Date.parse('2026-03-02T10:00:00Z');
  const clock = testClock(start);
  const pulse = startPulse({
    collector: collecting.collector,
    log: collecting.log,
    detectors,
    received: ['github.webhook'],
    read: ['github.webhook', 'github.audit'],
    telemetry: createTelemetry('silent'),
    clock,
    owner: 'here',
  });
  const delivery = (number: number) => ({
    source: 'github.webhook',
    event: 'ping',
    received_at: start,
    body: { zen: `${number}`, hook: { id: number } },
  });
  pulse.failing('github.audit', start);
  await pulse.receiving.ingest([delivery(1), delivery(2)]);
  // Missed deliveries that are read do not hide that none come.
  await pulse.reading.ingest([delivery(3)]);
  const ticks = async () => (await collecting.activities()).flatMap((each) => (each.kind === 'tick' ? [each] : []));
  await vi.waitFor(async () => expect((await ticks()).length).toBeGreaterThanOrEqual(6));
  await pulse.close();
  const of = async (feed: string) => (await ticks()).filter(({ detail }) => detail.feed === feed);
  expect((await of('github.webhook')).reduce((sum, { detail }) => sum + (detail.records ?? 0), 0)).toBe(2);
  expect((await of('github.audit')).every(({ detail }) => detail.failing_since === start)).toBe(true);
  const times = (await of('github.webhook')).map(({ observed_at }) => observed_at);
  expect(new Set(times).size).toBe(times.length);
  await collecting.close();
});

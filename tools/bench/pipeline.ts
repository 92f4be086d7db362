// The bundled recording through collector and analyzer on the embedded event log, and each alone.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectors } from '../../detectors/index.ts';
import { openSqliteEventLog } from '../../services/adapters/event-log/sqlite.ts';
import { startAnalyzer } from '../../services/analyzer/analyzer.ts';
import { createCollector } from '../../services/collector/host.ts';
import { openRecording } from '../../services/collector/sample/recording.ts';
import type { SourceRecord } from '../../services/collector/source.ts';
import { systemClock } from '../../services/core/clock.ts';
import { createRedactor } from '../../services/redactor/engine.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { table } from '../reference/markdown.ts';

const CHUNK = 500;

export async function pipelineTable(): Promise<string> {
  const records: SourceRecord[] = [];
  for await (const record of openRecording()) records.push(record);
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const log = openSqliteEventLog({ path: join(folder, 'events.db'), clock: systemClock });
  const telemetry = createTelemetry('silent');
  const redactor = createRedactor({ key: new Uint8Array(32) });
  const collector = createCollector({ log, redactor, detectors, telemetry, clock: systemClock });
  let activities = 0;
  const collecting = await timed(async () => {
    for (let from = 0; from < records.length; from += CHUNK) {
      activities += (await collector.ingest(records.slice(from, from + CHUNK))).activities;
    }
  });
  const analyzing = await timed(async () => {
    const analyzer = await startAnalyzer({ log, detectors, telemetry });
    await analyzer.caughtUp();
    await analyzer.close();
  });
  await log.close();
  rmSync(folder, { recursive: true });
  const rate = (seconds: number) => Math.round(activities / seconds).toLocaleString('en-US');
  return table(
    ['stage', 'activities/s', 'activities'],
    [
      ['redact, normalize, append', rate(collecting), String(activities)],
      ['read, detect, correlate, commit', rate(analyzing), String(activities)],
    ],
  );
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

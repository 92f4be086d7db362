// Records through collector and analyzer, as `pipewarden replay` takes them, in this process.
import { detectors } from '../../detectors/index.ts';
import { createEngine } from '../../services/analyzer/engine.ts';
import { collectResults, type Results } from '../../services/cli/replay-results.ts';
import { createUnderstanding } from '../../services/collector/host/understand.ts';
import { readReplay } from '../../services/collector/replay.ts';
import type { SourceRecord } from '../../services/collector/source.ts';
import { systemClock } from '../../services/core/clock.ts';
import type { Incident } from '../../services/core/incident.ts';
import type { Instant } from '../../services/core/time.ts';
import { createRedactor } from '../../services/redactor/engine.ts';

/** Wrapped records; what is none is left out. */
export async function readRecords(file: string): Promise<readonly SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const record of readReplay({ file })) if (!('malformed' in record)) records.push(record);
  return records;
}

/** `file`: wrapped records. What is refused, or is no record, is left out; a detector that fails ends it. */
export async function replayed(
  file: string,
  onIncidents: (incidents: readonly Incident[], at: Instant) => void = () => undefined,
): Promise<Results & { readonly records: number }> {
  const understand = createUnderstanding({ redactor: createRedactor({ key: new Uint8Array(32) }), clock: systemClock });
  const engine = createEngine({
    detectors,
    onFault(_detector, _activity, error): never {
      throw error;
    },
  });
  const collect = collectResults();
  let records = 0;
  for await (const record of readReplay({ file })) {
    if ('malformed' in record) continue;
    records += 1;
    const understood = understand(record);
    if ('error' in understood) continue;
    for (const activity of understood.activities) {
      const found = engine.take(activity);
      collect.add(found);
      onIncidents(found.incidents, record.received_at);
    }
  }
  return { records, ...collect.results() };
}

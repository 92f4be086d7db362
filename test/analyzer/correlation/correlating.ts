// Findings through the correlator, and the incidents that they become. What was started ends with the test.
import { onTestFinished } from 'vitest';
import type { FindingRecord } from '../../../services/core/finding.ts';
import type { Incident } from '../../../services/core/incident.ts';
import { formatInstant, MINUTE } from '../../../services/core/time.ts';
import { type Analyzing, findingEntry, START, startAnalyzing } from '../analyzing.ts';

export async function correlating(logged: string[] = []): Promise<Analyzing> {
  const started = await startAnalyzing({ detectors: [], logged });
  onTestFinished(() => started.close());
  return started;
}

/** Each finding arrives on its own, as live ones do. */
export async function incidentsOf(...records: readonly FindingRecord[]): Promise<readonly Incident[]> {
  const { write, incidents } = await correlating();
  for (const record of records) await write('finding', findingEntry(record));
  return await incidents();
}

/** So many minutes after START, as incidents write it. */
export function minutes(count: number): string {
  return formatInstant(START + count * MINUTE);
}

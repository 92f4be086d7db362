// A detector's case through the same code as live input: the history is learned, then the activity is judged.
import type { Detector } from '../core/detector.ts';
import type { DetectorCase } from '../core/detector-case.ts';
import type { FindingRecord } from '../core/finding.ts';
import { createEngine } from './engine.ts';

/** What the detector raises on the case's activity. Throws what the detector throws. */
export function runCase(detector: Detector, { history, activity }: DetectorCase): FindingRecord | undefined {
  const engine = createEngine({
    detectors: [detector],
    onFault(_detector, _activity, error): never {
      throw error;
    },
  });
  for (const each of history) engine.take(each);
  return engine.take(activity).findings.at(-1);
}

// A detector's case through the same code as live input: the history is learned, then the activity is judged.
import type { Detector } from '../core/detector.ts';
import type { DetectorCase } from '../core/detector-case.ts';
import { entityKey } from '../core/entity.ts';
import type { FindingRecord } from '../core/finding.ts';
import { examine } from './examine.ts';
import { Profiles } from './profiles.ts';

/** What the detector raises on the case's activity. Throws what the detector throws. */
export function runCase(detector: Detector, { history, activity }: DetectorCase): FindingRecord | undefined {
  const profiles = new Profiles();
  const options = {
    detectors: [detector],
    onFault(_detector: Detector, error: unknown): never {
      throw error;
    },
  };
  let last: FindingRecord | undefined;
  for (const each of [...history, activity]) {
    const entity = detector.watches.includes(each.kind) ? detector.learned?.entity(each) : undefined;
    last = examine(entity ? entityKey(entity) : '', { primary: true, activity: each }, profiles, options)[0];
  }
  return last;
}

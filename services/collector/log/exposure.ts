// What a redacted log gives away: counted by the markers in it, since some logs come through `pipewarden redact`, or from
// another of us.
import type { ActivityDetails } from '../../core/activity.ts';
import { markerCounts, markersIn } from '../../redactor/marker.ts';

/** More are counted, and no longer named. */
const MOST_FINGERPRINTS = 100;

/** `encoded`: how many bytes of it were an encoded form of text. Undefined where there is nothing to tell. */
export function exposureIn(text: string, encoded = 0): ActivityDetails['exposure'] | undefined {
  const fingerprints = [...new Set(markersIn(text).map(({ fingerprint }) => fingerprint))].slice(0, MOST_FINGERPRINTS);
  return fingerprints.length > 0 || encoded > 0 ? { kinds: markerCounts(text), fingerprints, encoded } : undefined;
}

// Cases of a detector: data that feeds its tests, the generated reference, `detectors test` and the console's examples.
import type { Activity, ActivityBase, ActivityDetails, ActivityKind } from './activity.ts';
import { contentId } from './json.ts';
import type { Severity } from './severity.ts';
import type { Instant } from './time.ts';

export interface DetectorCase {
  /** A sentence: what happens. */
  readonly name: string;
  readonly kind: 'hit' | 'near-miss' | 'cold-start' | 'malformed';
  /** Learned first, oldest first. */
  readonly history: readonly Activity[];
  readonly activity: Activity;
  /** The severity that it raises; null: nothing. */
  readonly expected: Severity | null;
}

type Fields = Partial<ActivityBase>;

/** An activity for a case: what is not given gets the plainest value. */
export function activityAt<Kind extends ActivityKind>(
  at: Instant,
  kind: Kind,
  detail: ActivityDetails[Kind],
  fields: Fields = {},
): Activity {
  const activity = {
    id: contentId('case', at, kind, JSON.stringify({ detail, fields })),
    source: 'case',
    received_at: at,
    observed_at: at,
    native_type: kind,
    ...fields,
    kind,
    detail,
  };
  return activity as Activity;
}

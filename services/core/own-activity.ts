// What Pipewarden notices of itself goes the way of everything else: as an activity.
import type { Activity, ActivityDetails } from './activity.ts';
import { contentId } from './json.ts';
import type { Instant } from './time.ts';

export const OWN_SOURCE = 'pipewarden';

/** A collector's word on one of its feeds. `owner`: which collector. */
export function ownTick(at: Instant, owner: string, detail: ActivityDetails['tick']): Activity {
  const id = contentId(OWN_SOURCE, 'tick', at, owner, detail.feed ?? '');
  return { id, source: OWN_SOURCE, kind: 'tick', native_type: 'tick', received_at: at, observed_at: at, detail };
}

/** `rule` names what is wrong, `title` says it in words without a full stop. */
export function ownActivity(at: Instant, rule: string, title: string): Activity {
  return {
    id: contentId(OWN_SOURCE, at, rule, title),
    source: OWN_SOURCE,
    kind: 'alert',
    native_type: rule,
    received_at: at,
    observed_at: at,
    detail: { action: 'degraded', tool: OWN_SOURCE, rule, title },
  };
}

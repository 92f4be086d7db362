// What Pipewarden notices of itself goes the way of everything else: as an activity.
import type { Activity } from './activity.ts';
import { contentId } from './json.ts';
import type { Instant } from './time.ts';

export const OWN_SOURCE = 'pipewarden';

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

// When the forge's server says a delivery's event happened. No field says it for all events, so it is the newest stamp of
// the objects that the event is about.
import { isObject, type Json, type JsonObject } from '../../../../core/json.ts';
import type { Instant } from '../../../../core/time.ts';
import { instant } from '../../../fields.ts';

/** Objects beside the one an event is about; their stamps tell of older things. */
const BYSTANDERS: ReadonlySet<string> = new Set([
  'repository',
  'organization',
  'enterprise',
  'sender',
  'installation',
  'workflow',
  'hook',
  'changes',
  'member',
  'team',
  'commit',
  'head_commit',
  'client_payload',
  'inputs',
]);

/** Bystanders that are what these events are about. */
const OWN: ReadonlyMap<string, readonly string[]> = new Map([
  ['installation', ['installation']],
  ['installation_repositories', ['installation']],
  ['repository', ['repository']],
  ['public', ['repository']],
  ['repository_import', ['repository']],
]);

const ALWAYS = ['updated_at', 'completed_at', 'submitted_at', 'published_at', 'dismissed_at', 'fixed_at', 'closed_at'];
/** Stamps of a beginning: the event's own time only where the event is the beginning. */
const BEGINNINGS = ['created_at', 'started_at', 'run_started_at'];
/** Of events that bring the time themselves. */
const TOP_LEVEL = ['starred_at'];
const BEGIN =
  /^(?:created?|opened|requested|submitted|added|published|queued|waiting|in_progress|started|deployed|purchased)$/;
const END = /^(?:deleted|removed|destroyed|unpublished)$/;

/**
 * The newest stamp of the event's own objects; undefined where they only tell older times: an object that is deleted
 * carries the time of its last change, perhaps years ago.
 */
export function eventTime(event: string, action: string | undefined, body: JsonObject): Instant | undefined {
  const kept = { ...body };
  // The object that is gone. What it belonged to (the issue of a comment) was stamped by the deletion.
  if (END.test(action ?? ''))
    for (const key of [event, 'rule', 'key', 'comment', 'repository_ruleset']) delete kept[key];
  const begins = action === undefined || BEGIN.test(action);
  for (const stamp of TOP_LEVEL) {
    const time = instant(body, stamp);
    if (time !== undefined) return time;
  }
  return newest(kept, begins ? [...ALWAYS, ...BEGINNINGS] : ALWAYS, (key) => !BYSTANDERS.has(key), event);
}

/** The newest stamp anywhere near: no delivery can be older than what it tells of. */
export function newestTime(body: JsonObject): Instant | undefined {
  return newest(body, [...ALWAYS, ...BEGINNINGS, 'pushed_at', 'starred_at', 'since'], () => true);
}

function newest(
  body: Readonly<Record<string, Json | undefined>>,
  stamps: readonly string[],
  wanted: (key: string) => boolean,
  event?: string,
): Instant | undefined {
  let found: Instant | undefined;
  for (const [key, value] of Object.entries(body)) {
    if (!wanted(key) && !OWN.get(event ?? '')?.includes(key)) continue;
    if (!isObject(value)) continue;
    for (const stamp of stamps) {
      // A release's `created_at` is its commit's date: a claim.
      if (key === 'release' && stamp === 'created_at') continue;
      const time = instant(value, stamp);
      if (time !== undefined && (found === undefined || time > found)) found = time;
    }
  }
  return found;
}

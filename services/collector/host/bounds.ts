// What the host holds every activity to, whichever source made it: credible times, names of bounded length.
import { DAY, type Instant, MINUTE } from '../../core/time.ts';
import { wholeCharacters } from '../log/chunks.ts';
import type { ActivityDraft, RedactedRecord } from '../source.ts';

/** A server's clock may run ahead of ours by so much. */
export const MAX_AHEAD = 10 * MINUTE;
/** A live record that is older did not take its time from a clock that works. */
export const MAX_BEHIND = 400 * DAY;

/** The server's time where it is credible, else the time of arrival. Replayed records may be as old as they like. */
export function heldTime(observed: Instant | undefined, record: RedactedRecord): { at: Instant; corrected: boolean } {
  const { received_at } = record;
  if (observed === undefined) return { at: received_at, corrected: false };
  const live = record.input === undefined;
  const credible = observed <= received_at + MAX_AHEAD && (!live || observed >= received_at - MAX_BEHIND);
  return credible ? { at: observed, corrected: false } : { at: received_at, corrected: true };
}

/** Longest name of an actor, ref, path, job … The whole stands in the record. */
export const MAX_NAME = 1_024;

/** Longest text that somebody wrote: a commit's message, what a change, review or comment says. */
export const MAX_TEXT = 16 * 1_024;
const TEXTS: ReadonlySet<string> = new Set(['message', 'body']);

/** The draft with every string cut to a bounded length; a log's lines are bounded by their chunk. */
export function bounded(draft: ActivityDraft): ActivityDraft {
  return draft.kind === 'log' ? { ...cut(draft), detail: draft.detail } : cut(draft);
}

/** Rebuilds the same shape with shorter strings, hence the assertions. */
function cut<Value>(value: Value, most = MAX_NAME): Value {
  if (typeof value === 'string') {
    return value.length <= most ? value : (`${value.slice(0, wholeCharacters(value, most - 1))}…` as Value);
  }
  if (Array.isArray(value)) return value.map((inner) => cut(inner, most)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, cut(inner, TEXTS.has(key) ? MAX_TEXT : MAX_NAME)]),
  ) as Value;
}

// What becomes of an entry that cannot be read: it goes to the dead-letter list as size and hash, and the rest goes on.
import { contentId } from './json.ts';
import type { DeadLetter } from './messages.ts';
import type { Entry, Outcome } from './ports/event-log.ts';
import { formatInstant, type Instant } from './time.ts';
import type { TopicName } from './topics.ts';

/** `component`: who gave up. `at`: a time near that of the entry; the analyzer has no clock. */
export function unreadable(
  component: string,
  topic: TopicName,
  { partition, offset, value }: Entry,
  at: Instant,
): NonNullable<Outcome['produce']>[number] {
  const origin = `${topic}/${partition}/${offset}`;
  const letter: DeadLetter = {
    id: contentId('dead-letter', origin),
    time: formatInstant(at),
    component,
    error: 'RECORD_INVALID',
    reason: `an entry of the ${topic} topic is not what belongs there`,
    payload: { characters: value.length, hash: contentId(value) },
    origin,
  };
  return { topic: 'dead-letter', key: letter.component, value: JSON.stringify(letter) };
}

/** A time that can be written as text (ECMA-262, §21.4.1.1: 100 million days around 1970). */
export function isInstant(value: unknown): value is Instant {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}

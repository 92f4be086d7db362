// The forwarder's host: one consumer per destination and topic. What a destination cannot take now waits and comes again,
// what it refuses goes to the dead-letter list, and nothing else is held up by either.
import type { Clock } from '../core/clock.ts';
import { fateOf, messageOf, PipewardenError } from '../core/errors.ts';
import { contentId, isObject, type Json } from '../core/json.ts';
import type { DeadLetter } from '../core/messages.ts';
import type { Consumer, Entry, EventLog, Outcome } from '../core/ports/event-log.ts';
import { formatInstant } from '../core/time.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Destination, Message, MessageType } from './destination.ts';

/** Tries before a batch is given back to the log, which brings it again after a pause of its own. */
const TRIES = 5;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;

export interface ForwarderOptions {
  readonly log: EventLog;
  readonly destinations: readonly Destination[];
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** In [0, 1): spreads retries. */
  random(): number;
}

export interface Forwarder {
  /** Resolves when every destination has what was durable at the call. */
  caughtUp(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export async function startForwarder(options: ForwarderOptions): Promise<Forwarder> {
  const consumers: Consumer[] = [];
  for (const destination of options.destinations) {
    for (const type of destination.sends) consumers.push(await subscribe(destination, type, options));
  }
  return {
    async caughtUp(signal) {
      await Promise.all(consumers.map((consumer) => consumer.caughtUp(signal)));
    },
    async close() {
      await Promise.all(consumers.map((consumer) => consumer.close()));
      await Promise.all(options.destinations.map((destination) => destination.close?.()));
    },
  };
}

async function subscribe(destination: Destination, type: MessageType, options: ForwarderOptions): Promise<Consumer> {
  const { log, telemetry } = options;
  const told = telemetry.log.child({ component: 'forwarder', destination: destination.id });
  return await log.subscribe({
    group: `forwarder.${destination.id}`,
    topic: type,
    batchSize: 100,
    open: async () => ({ process: (batch, signal) => forward(destination, type, batch, signal, options) }),
    onError: (error) =>
      told.warn('A destination does not take what it is sent; it will be tried again.', { error: messageOf(error) }),
  });
}

async function forward(
  destination: Destination,
  type: MessageType,
  batch: readonly Entry[],
  signal: AbortSignal,
  options: ForwarderOptions,
): Promise<Outcome> {
  const { telemetry, clock } = options;
  const encoded = batch.flatMap(({ value }) => {
    const message = parse(type, value);
    return message ? [destination.encode(message)] : [];
  });
  if (encoded.length === 0) return {};
  const stop = telemetry.metrics.deliverySeconds.startTimer({ destination: destination.id });
  const refused: { item: unknown; reason: string }[] = [];
  try {
    await sendWithRetry(destination, encoded, signal, options);
  } catch (error) {
    if (fateOf(error) !== 'give-up') throw error;
    // One of them is refused: each on its own, so that the others arrive.
    for (const item of encoded) {
      try {
        await sendWithRetry(destination, [item], signal, options);
      } catch (single) {
        if (fateOf(single) !== 'give-up') throw single;
        refused.push({ item, reason: messageOf(single) });
      }
    }
  }
  stop();
  const count = (outcome: string, by: number) =>
    by > 0 && telemetry.metrics.deliveries.inc({ destination: destination.id, outcome }, by);
  count('delivered', encoded.length - refused.length);
  count('dead', refused.length);
  const time = formatInstant(clock.now());
  return {
    produce: refused.map(({ item, reason }) => {
      const letter: DeadLetter = {
        id: contentId('dead-letter', destination.id, JSON.stringify(item)),
        time,
        component: `forwarder.${destination.id}`,
        error: 'DESTINATION_REFUSED',
        reason,
        payload: toJson(item),
      };
      telemetry.metrics.deadLetters.inc({ component: 'forwarder' });
      return { topic: 'dead-letter', key: letter.component, value: JSON.stringify(letter) };
    }),
  };
}

async function sendWithRetry(
  destination: Destination,
  items: readonly unknown[],
  signal: AbortSignal,
  { clock, random, telemetry }: ForwarderOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await destination.send(items, signal);
    } catch (error) {
      if (signal.aborted || attempt === TRIES || fateOf(error) === 'give-up') throw error;
      telemetry.metrics.deliveries.inc({ destination: destination.id, outcome: 'retried' }, items.length);
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
      await clock.sleep(pause * (0.5 + random() / 2), signal);
    }
  }
}

/** Our own services wrote the entry; the topic tells what it is. Undefined: not for destinations (a verdict). */
function parse(type: MessageType, value: string): Message | undefined {
  const parsed: unknown = JSON.parse(value);
  if (!isObject(parsed)) throw new PipewardenError('INTERNAL', { problem: `an entry of topic ${type} is no object` });
  switch (type) {
    case 'finding':
      return parsed.type === 'finding' ? { type, record: JSON.parse(value) } : undefined;
    case 'incident':
      return { type, incident: JSON.parse(value) };
    case 'audit':
      return { type, entry: JSON.parse(value) };
    case 'dead-letter':
      return { type, letter: JSON.parse(value) };
  }
}

function toJson(item: unknown): Json {
  return JSON.parse(JSON.stringify(item));
}

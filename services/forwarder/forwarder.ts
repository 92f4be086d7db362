// The forwarder's host: one consumer per destination and topic. What a destination cannot take now waits and comes again,
// what it refuses goes to the dead-letter list, and nothing else is held up by either.
import type { Clock } from '../core/clock.ts';
import { fateOf, messageOf, PipewardenError } from '../core/errors.ts';
import { contentId, isObject, type Json } from '../core/json.ts';
import type { DeadLetter } from '../core/messages.ts';
import type { Consumer, Entry, EventLog, Outcome } from '../core/ports/event-log.ts';
import { formatInstant, HOUR } from '../core/time.ts';
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
  const closing = new AbortController();
  const tidying = keepTidy(options, closing.signal);
  return {
    async caughtUp(signal) {
      await Promise.all(consumers.map((consumer) => consumer.caughtUp(signal)));
    },
    async close() {
      closing.abort();
      await Promise.all(consumers.map((consumer) => consumer.close()));
      await tidying;
      await Promise.all(options.destinations.map((destination) => destination.close?.()));
    },
  };
}

/** A failure is told of and left to the next time. */
async function keepTidy({ destinations, clock, telemetry }: ForwarderOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const { id, tidy } of destinations) {
      await tidy?.(clock.now()).catch((error: unknown) => {
        const fields = { component: 'forwarder', destination: id, error: messageOf(error) };
        telemetry.log.warn('What is past its retention could not be removed; it will be tried again.', fields);
      });
    }
    await clock.sleep(HOUR, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

async function subscribe(destination: Destination, type: MessageType, options: ForwarderOptions): Promise<Consumer> {
  const { log, telemetry } = options;
  const { batchSize = 100 } = destination;
  const told = telemetry.log.child({ component: 'forwarder', destination: destination.id });
  return await log.subscribe({
    group: `forwarder.${destination.id}`,
    topic: type,
    batchSize,
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
  const { metrics } = options.telemetry;
  const items: unknown[] = [];
  const dead: { readonly payload: Json; readonly reason: string }[] = [];
  for (const { value } of batch) {
    try {
      const message = parse(type, value);
      if (message) items.push(destination.encode(message));
    } catch (error) {
      dead.push({ payload: { characters: value.length, hash: contentId(value) }, reason: messageOf(error) });
    }
  }
  if (items.length > 0) dead.push(...(await deliver(destination, items, signal, options)));
  if (dead.length === 0) return {};
  metrics.deliveries.inc({ destination: destination.id, outcome: 'dead' }, dead.length);
  // A letter about a letter would be refused as well, and so on for ever.
  if (type === 'dead-letter') {
    options.telemetry.log.warn('A destination refused dead letters; they stay in the event log alone.', {
      component: 'forwarder',
      destination: destination.id,
      count: dead.length,
    });
    return {};
  }
  metrics.deadLetters.inc({ component: 'forwarder' }, dead.length);
  const time = formatInstant(options.clock.now());
  return {
    produce: dead.map(({ payload, reason }) => {
      const letter: DeadLetter = {
        id: contentId('dead-letter', destination.id, JSON.stringify(payload)),
        time,
        component: `forwarder.${destination.id}`,
        error: 'DESTINATION_REFUSED',
        reason,
        payload,
      };
      return { topic: 'dead-letter', key: letter.component, value: JSON.stringify(letter) };
    }),
  };
}

/** Gives what the destination refused; all else has arrived. Throws when it cannot take it now. */
async function deliver(
  destination: Destination,
  items: readonly unknown[],
  signal: AbortSignal,
  options: ForwarderOptions,
): Promise<readonly { readonly payload: Json; readonly reason: string }[]> {
  const { metrics } = options.telemetry;
  const stop = metrics.deliverySeconds.startTimer({ destination: destination.id });
  try {
    await sendWithRetry(destination, items, signal, options);
    stop();
    metrics.deliveries.inc({ destination: destination.id, outcome: 'delivered' }, items.length);
    return [];
  } catch (error) {
    if (fateOf(error) !== 'give-up') throw error;
    if (items.length === 1) return [{ payload: toJson(items[0]), reason: messageOf(error) }];
  }
  // One of them is refused: each on its own, so that the others arrive.
  const refused: { readonly payload: Json; readonly reason: string }[] = [];
  for (const item of items) refused.push(...(await deliver(destination, [item], signal, options)));
  return refused;
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

/** The topic tells what it is. Undefined: not for destinations (a verdict). Throws when it is nothing of the kind. */
function parse(type: MessageType, value: string): Message | undefined {
  const parsed: unknown = JSON.parse(value);
  if (!isObject(parsed)) throw new PipewardenError('INTERNAL', { problem: `an entry of topic ${type} is no object` });
  switch (type) {
    case 'finding':
      return parsed.type === 'finding' ? { type, record: trusted(parsed) } : undefined;
    case 'incident':
      return { type, incident: trusted(parsed) };
    case 'weakness':
      return { type, weakness: trusted(parsed) };
    case 'measure':
      return { type, day: trusted(parsed) };
    case 'audit':
      return { type, entry: trusted(parsed) };
    case 'dead-letter':
      return { type, letter: trusted(parsed) };
  }
}

/** Our own services wrote it, hence the assertion; what is not as it should be makes `encode` throw. */
function trusted<Value>(value: object): Value {
  return value as Value;
}

function toJson(item: unknown): Json {
  return JSON.parse(JSON.stringify(item));
}

// The poller: reads each poll of each connection again and again, one collector at a time, from where it was.
import { setMaxListeners } from 'node:events';
import type { Clock } from '../../core/clock.ts';
import { messageOf } from '../../core/errors.ts';
import { formatInstant, type Instant } from '../../core/time.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { Collector } from '../host.ts';
import type { Poll } from '../systems/system.ts';
import { type Cursors, type Held, HOLD } from './cursors.ts';
import { jittered, pauseAfter } from './pause.ts';
import { outcomeOf, readAll } from './read.ts';

export interface PollerOptions {
  /** By the name of their system in the configuration. */
  readonly polls: readonly (readonly [system: string, poll: Poll])[];
  readonly collector: Collector;
  readonly cursors: Cursors;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Told when a poll fails, and when it can be read again. */
  onFailing?(source: string, since: Instant | undefined): void;
}

export interface Poller {
  /** Ends what is being read at its next turn; the places are kept, and free for others. */
  close(): Promise<void>;
}

export function startPoller({ polls, collector, cursors, telemetry, clock, random, onFailing }: PollerOptions): Poller {
  const closing = new AbortController();
  const { signal } = closing;
  setMaxListeners(0, signal);
  const loops = polls.map(([system, poll]) => loop(`${system}: ${poll.name}`, poll));
  return {
    async close() {
      closing.abort();
      await Promise.all(loops);
    },
  };

  async function loop(name: string, poll: Poll): Promise<void> {
    const log = telemetry.log.child({ feed: name });
    let failures = 0;
    let held: Held | undefined;
    while (!signal.aborted) {
      let pause = jittered(poll.every, random());
      try {
        held = await cursors.take(name);
        if (held) {
          await readOnce(held, poll);
          await held.save({ read_at: formatInstant(clock.now()), failing: null }, pause + HOLD);
          if (failures > 0) {
            log.info('a feed is read again');
            onFailing?.(poll.source, undefined);
          }
        } else pause = jittered(HOLD / 2, random());
        failures = 0;
      } catch (error) {
        if (signal.aborted) break;
        failures += 1;
        pause = pauseAfter(error, failures, random());
        telemetry.metrics.readings.inc({ source: poll.source, outcome: outcomeOf(error) });
        if (failures === 1) {
          log.warn('a feed cannot be read', { error: messageOf(error) });
          onFailing?.(poll.source, clock.now());
          const failing = { since: formatInstant(clock.now()), error: messageOf(error) };
          await held?.save({ failing }, pause + HOLD).catch(() => undefined);
        }
      }
      await clock.sleep(pause, signal).catch(() => undefined);
    }
    await held?.save({}, 0).catch(() => undefined);
  }

  async function readOnce(held: Held, poll: Poll): Promise<void> {
    const onMissing = (what: string) => {
      telemetry.metrics.readings.inc({ source: poll.source, outcome: 'missing' });
      telemetry.log.warn('something of a feed could not be read', { feed: poll.name, what });
    };
    await readAll(held, (until) => poll.read(held.cursor, until), { collector, clock, signal, onMissing });
    telemetry.metrics.readings.inc({ source: poll.source, outcome: 'read' });
    telemetry.metrics.lastRead.set({ source: poll.source }, clock.now() / 1000);
  }
}

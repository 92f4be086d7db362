// The clock that is passed in. Detection never has one: it knows only the times that activities carry.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from './time.ts';

export interface Clock {
  now(): Instant;
  /** Waits; rejects with the signal's reason when aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    await sleep(milliseconds, undefined, signal ? { signal } : {});
  },
};

// The contract of the EventLog port as tests: one suite that every adapter has to pass.
import { describe, test } from 'vitest';
import type { EventLog } from '../../services/core/ports/event-log.ts';
import { appending } from './event-log/appending.ts';
import { commits } from './event-log/commits.ts';
import { consuming } from './event-log/consuming.ts';
import { sharing } from './event-log/sharing.ts';
import { openStage, type Story } from './event-log/stage.ts';

/** One log. `start` is called for each test, and every call gives a log whose topics are empty (a new file, a new topic prefix). */
export interface EventLogHarness {
  /** Another client of the same log, as another process would have. The suite closes what it opens. */
  open(): Promise<EventLog>;
  /**
   * Makes the others believe that this client is dead while it hangs inside `process`: its heartbeats stop, nothing
   * else changes. Left out where hanging is enough for that. The takeover must follow within `patienceMs`.
   */
  silence?(log: EventLog): Promise<void>;
  stop(): Promise<void>;
}

export interface EventLogContractOptions {
  /** How long one expected thing (a takeover, a catching up) may take before it counts as missing. Default 10 000. */
  readonly patienceMs?: number;
}

export function eventLogContract(
  name: string,
  start: () => Promise<EventLogHarness>,
  options: EventLogContractOptions = {},
): void {
  const patienceMs = options.patienceMs ?? 10_000;
  const story: Story = (title, play) => {
    test(title, { timeout: patienceMs * 4 }, async () => {
      const stage = await openStage(await start(), patienceMs);
      try {
        await play(stage);
      } finally {
        await stage.close();
      }
    });
  };
  describe(`event log contract: ${name}`, () => {
    describe('append and read', () => appending(story));
    describe('subscribe', () => consuming(story));
    describe('commit', () => commits(story));
    describe('share', () => sharing(story));
  });
}

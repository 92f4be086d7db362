// The contract of the JobQueue port as tests: one suite that every adapter has to pass.
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { JobQueue } from '../../services/core/ports/job-queue.ts';
import { closing } from './job-queue/closing.ts';
import { enqueueing } from './job-queue/enqueueing.ts';
import { failing } from './job-queue/failing.ts';
import { sharing } from './job-queue/sharing.ts';
import { openStage, type Story } from './job-queue/stage.ts';
import type { VictimAdapter } from './job-queue/victim.ts';

/** One server (a file, a Redis). `start` is called once for the suite, and several clients may open what it gives. */
export interface JobQueueServer {
  /** One more client of the same queues. The suite closes what it opens. */
  open(): Promise<JobQueue>;
  /** How a worker in a process of its own, which can be killed, reaches the same queues. */
  readonly victim: VictimAdapter;
  /** Everything that is stored, as text. */
  dump(): Promise<string>;
  stop(): Promise<void>;
}

export function jobQueueContract(name: string, start: () => Promise<JobQueueServer>): void {
  describe(`job queue: ${name}`, () => {
    let server: JobQueueServer;
    let stories = 0;

    beforeAll(async () => {
      server = await start();
    });
    afterAll(async () => {
      await server.stop();
    });

    const story: Story = (title, play) => {
      test(title, { timeout: 30_000 }, async ({ onTestFinished }) => {
        const stage = await openStage(server, `story-${++stories}`);
        // Not a `finally`: a story that ran out of time with a job in hand must not spoil the next one.
        onTestFinished(() => stage.close());
        await play(stage);
      });
    };
    describe('enqueue', () => enqueueing(story));
    describe('fail', () => failing(story));
    describe('share', () => sharing(story));
    describe('close', () => closing(story));
  });
}

// Errands: what has to be fetched because of something that happened, such as the log of a job that ended. Activities are
// followed as they come; each errand is a job of the queue, so it survives a crash and is tried again until it is done.
import type { Clock } from '../../core/clock.ts';
import { PipewardenError } from '../../core/errors.ts';
import { canonicalJson, contentId } from '../../core/json.ts';
import type { ActivityEntry } from '../../core/messages.ts';
import type { Entry, EventLog } from '../../core/ports/event-log.ts';
import type { Job, JobQueue } from '../../core/ports/job-queue.ts';
import { DAY } from '../../core/time.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { Collector } from '../host.ts';
import type { Errand, Pull } from '../systems/system.ts';
import type { Cursors } from './cursors.ts';
import { outcomeOf, readAll } from './read.ts';

export const ERRANDS = 'errand';

/** An older activity's log was fetched long ago, or a whole backlog of them would be asked for. */
const OLDEST = DAY;
/** With pauses that grow to an hour: longer than a system is down. */
const ATTEMPTS = 40;
const FIRST_PAUSE = 2_000;
/** Most of the time an errand waits: for an answer, or for a build to go on. */
const AT_ONCE = 64;
/** After a crash, a log that grows is soon read on. */
const LEASE = 15_000;

export interface ErrandsOptions {
  /** By the name of their system in the configuration. */
  readonly pulls: readonly (readonly [system: string, pull: Pull])[];
  readonly log: EventLog;
  readonly queue: JobQueue;
  readonly collector: Collector;
  /** Of the collection `errand`, which remembers longer what was done than an activity is followed. */
  readonly cursors: Cursors;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

export interface Errands {
  /** Resolves when all activities that were durable at the call have been looked at. */
  followed(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export async function startErrands(options: ErrandsOptions): Promise<Errands> {
  const { pulls, log, queue, collector, cursors, telemetry, clock } = options;
  const byName = new Map(pulls.map(([system, pull]) => [`${system}: ${pull.name}`, pull]));

  async function follow(batch: readonly Entry[]): Promise<void> {
    const oldest = clock.now() - OLDEST;
    for (const { value } of batch) {
      const { primary, activity }: ActivityEntry = JSON.parse(value);
      // The past is read by whoever asked for it, and what follows from it would be judged as if it were now.
      if (!primary || activity.history || activity.received_at < oldest) continue;
      for (const [name, pull] of byName) {
        const errand = pull.wanted(activity);
        if (errand) await queue.enqueue(ERRANDS, jobOf(name, errand), { attempts: ATTEMPTS, backoffMs: FIRST_PAUSE });
      }
    }
  }

  async function run(job: Job, signal: AbortSignal): Promise<void> {
    const { pull: name = '', ...errand } = job.data;
    const pull = byName.get(name);
    // Its system was taken out of the configuration.
    if (!pull) throw new PipewardenError('NOT_FOUND', { what: 'pull', id: name, where: 'the configuration' });
    const { source } = pull;
    try {
      const held = await cursors.take(job.id);
      if (!held) throw new PipewardenError('FEED_TAKEN', { name: job.id });
      // A build that started led to it; now it has ended, and all of its log is there.
      if (held.isDone) return;
      const onMissing = (what: string) => {
        telemetry.metrics.readings.inc({ source, outcome: 'missing' });
        telemetry.log.warn('something that an errand asked for is not there', { errand: name, what });
      };
      await readAll(held, (until) => pull.read(errand, held.cursor, until), { collector, clock, signal, onMissing });
      await held.save({ done: true }, 0);
      telemetry.metrics.readings.inc({ source, outcome: 'read' });
    } catch (error) {
      if (!signal.aborted) telemetry.metrics.readings.inc({ source, outcome: outcomeOf(error) });
      throw error;
    }
  }

  const worker = await queue.work(ERRANDS, run, {
    leaseMs: LEASE,
    concurrency: AT_ONCE,
    onError: (error, job) =>
      telemetry.log.warn('an errand has to be tried again', { errand: job?.data.pull, error: outcomeOf(error) }),
  });
  const consumer = await log.subscribe({
    group: 'errands',
    topic: 'activity',
    open: async () => ({
      async process(batch) {
        await follow(batch);
        return {};
      },
    }),
    onError: (error) => telemetry.log.warn('activities cannot be followed at the moment', { error: outcomeOf(error) }),
  });
  return {
    followed: (signal) => consumer.caughtUp(signal),
    async close() {
      await Promise.all([consumer.close(), worker.close()]);
    },
  };
}

/** The same errand is one job, however often it is asked for. */
function jobOf(name: string, errand: Errand): Job {
  const data = { ...errand, pull: name };
  return { id: `errand ${contentId(canonicalJson(data))}`, data };
}

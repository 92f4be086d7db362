// A job of ours as BullMQ keeps it, and back.
import type { Job as BullJob } from 'bullmq';
import { z } from 'zod';
import type { Job } from '../../core/ports/job-queue.ts';

export const JobData = z.object({
  data: z.record(z.string(), z.string()),
  /** Silent workers that a revival has forgiven; see `tries`. */
  forgiven: z.number(),
});
export type JobData = z.infer<typeof JobData>;

// BullMQ refuses ids that are whole numbers or hold a colon, and queue names that hold a colon.
const PREFIX = 'id-';

export function idToBull(id: string): string {
  return PREFIX + encodeURIComponent(id.toWellFormed());
}

export function nameToBull(queue: string): string {
  return encodeURIComponent(queue.toWellFormed());
}

export function fromBull(job: BullJob): Job {
  return { id: decodeURIComponent((job.id ?? '').slice(PREFIX.length)), data: JobData.parse(job.data).data };
}

/** How often it was tried and failed: by an error, or by its worker falling silent. */
export function tries(job: BullJob): number {
  return job.attemptsMade + job.stalledCounter - JobData.parse(job.data).forgiven;
}

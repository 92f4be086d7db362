// The log of a job, while the job runs, or afterwards where its start was missed.
// https://docs.gitlab.com/api/jobs/#get-a-log-file: GitLab gives all of it each time (lib/api/ci/jobs.rb), with an ETag; what
// stands before an instance may give a part.
import { PipewardenError } from '../../../core/errors.ts';
import { MINUTE, SECOND } from '../../../core/time.ts';
import { identifier, text } from '../../fields.ts';
import { runState } from '../../sources/gitlab/shared/run-state.ts';
import { gathered } from '../bytes.ts';
import type { BytesAnswer, Client } from '../client.ts';
import { finishedLog, growingLog, isGrowing, LONGEST, type Stretch } from '../logs.ts';
import type { Errand, Pull, Surroundings } from '../system.ts';
import type { Watches } from './places.ts';

/** Runners send what was written every few seconds. */
const EVERY = 5 * SECOND;
/** A long log is looked at less often: each look brings all of it. */
const BYTES_A_SECOND = 1024 * 1024;
const TYPES = /^(?:text\/plain|application\/octet-stream|binary\/octet-stream)\b/i;

export function tracePull(watches: Watches, api: Client, surroundings: Surroundings): Pull {
  return {
    name: 'job-log',
    source: 'gitlab.job-log',
    wanted({ source, kind, detail, vcs, cicd }) {
      if (source !== 'gitlab.webhook' || kind !== 'job' || !('action' in detail)) return undefined;
      const repository = vcs?.repository?.name;
      const { run, task } = cicd?.pipeline ?? {};
      const state = runState(detail.action);
      if ((state !== 'executing' && state !== 'finished') || task?.run?.result === 'skip') return undefined;
      if (repository === undefined || run === undefined || task?.run?.id === undefined) return undefined;
      return watches(repository) ? { repository, run: run.id, job: task.run.id, name: task.name } : undefined;
    },
    async *read(errand, cursor, signal) {
      const { repository = '', run = '', name = '' } = errand;
      const trace = createTrace(errand, api, signal);
      const whose = { source: 'gitlab.job-log', repository, run_id: run, job: name };
      // In one go, unless it was begun while it grew.
      if (!isGrowing(cursor) && (await trace.isFinished())) {
        yield* finishedLog(trace.all(), whose, cursor, surroundings);
      } else {
        const every = (done: number) => Math.min(MINUTE, EVERY + Math.round((done / BYTES_A_SECOND) * SECOND));
        yield* growingLog(trace.from, whose, cursor, surroundings, every, signal);
      }
    },
  };
}

function createTrace({ repository = '', job = '' }: Errand, api: Client, signal: AbortSignal) {
  const path = `/projects/${encodeURIComponent(repository)}/jobs/${job}`;
  let etag: string | undefined;
  /** Where it ended at the last look, and whether it did so before: then it is time to ask whether there will be more. */
  let end = -1;
  let isQuiet = false;

  /** A job that is gone writes nothing more. */
  async function isFinished(): Promise<boolean> {
    const { status, body } = await api.get(path, signal, { expect: [404] });
    if (status !== 404 && identifier(body, 'id') !== job) {
      throw new PipewardenError('API_UNEXPECTED', { method: 'GET', path, problem: 'the answer is no job' });
    }
    return status === 404 || runState(text(body, 'status')) === 'finished';
  }

  async function look(offset: number): Promise<BytesAnswer> {
    const headers = { accept: 'text/plain', ...(offset > 0 && { range: `bytes=${offset}-` }) };
    const answer = await api.bytes(`${path}/trace`, signal, { headers, expect: [404, 416], ...(etag && { etag }) });
    const type = answer.headers.get('content-type') ?? '';
    if (answer.status < 300 && !TYPES.test(type)) {
      throw new PipewardenError('API_UNEXPECTED', {
        method: 'GET',
        path: `${path}/trace`,
        problem: `it is ${type.slice(0, 100)}`,
      });
    }
    return answer;
  }

  async function* all(): AsyncGenerator<Uint8Array> {
    const answer = await look(0);
    if (answer.status === 200) yield* answer.bytes();
  }

  async function from(offset: number): Promise<Stretch> {
    // Asked before the look: what is there then is all of it.
    const isOver = isQuiet && (await isFinished());
    // A part has an ETag of its own, and one that is over is looked at once more.
    if (isOver) etag = undefined;
    const answer = await look(offset);
    if (answer.status === 304) isQuiet = true;
    if (answer.status === 304) return NOTHING;
    const { bytes, isWhole } =
      answer.status < 300 ? await taken(answer, offset) : { bytes: NOTHING.bytes, isWhole: true };
    etag = isWhole && answer.status === 200 ? (answer.headers.get('etag') ?? undefined) : undefined;
    isQuiet = isWhole && end === offset + bytes.length;
    end = offset + bytes.length;
    return { bytes, complete: isOver && isWhole };
  }

  return { isFinished, all, from };
}

const NOTHING: Stretch = { bytes: new Uint8Array(), complete: false };

/** From the offset on, and whether it ends there. A log that has become shorter has nothing. */
async function taken({ status, headers, bytes }: BytesAnswer, offset: number) {
  const start = status === 206 ? Number(/^bytes (\d+)-/.exec(headers.get('content-range') ?? '')?.[1] ?? 0) : 0;
  return await gathered(bytes(), Math.max(0, offset - start), LONGEST);
}

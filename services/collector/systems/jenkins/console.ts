// The console of a build, while it is written. Jenkins counts it by the bytes of its file, which holds notes that are not
// sent, and sends every line with CR LF: only where an answer ends with a line is its place in both known.
// https://www.jenkins.io/doc/book/using/remote-access-api/
// https://javadoc.jenkins.io/component/stapler/org/kohsuke/stapler/framework/io/LargeText.html (progressiveText)
import { PipewardenError } from '../../../core/errors.ts';
import { SECOND } from '../../../core/time.ts';
import { flag } from '../../fields.ts';
import { gathered } from '../bytes.ts';
import type { BytesAnswer, Client } from '../client.ts';
import { finishedLog, growingLog, isGrowing, LONGEST, type Stretch } from '../logs.ts';
import type { Pull, Surroundings } from '../system.ts';
import { unixLines } from './console-text.ts';
import { pathOf } from './jobs.ts';

const EVERY = 2 * SECOND;
const NEWLINE = 0x0a;
/** One that is queued has no console yet. */
const PHASES: ReadonlySet<string> = new Set(['started', 'completed', 'finalized']);
const GONE: Stretch = { bytes: new Uint8Array(), complete: true, marks: [] };

export function consolePull(api: Client, surroundings: Surroundings): Pull {
  return {
    name: 'console',
    source: 'jenkins.console',
    wanted(activity) {
      if (activity.source !== 'jenkins.event' || activity.kind !== 'run' || !PHASES.has(activity.detail.action)) return;
      const { name: job, run } = activity.cicd?.pipeline ?? {};
      return job === undefined || run === undefined ? undefined : { job, build: run.id };
    },
    async *read({ job = '', build = '' }, cursor, signal) {
      const path = `${pathOf(job)}/${encodeURIComponent(build)}`;
      const about = await api.get(`${path}/api/json?tree=building`, signal, { expect: [404] });
      if (about.status === 404) return await mustAnswer(api, signal);
      const text = (start: number) =>
        api.bytes(`${path}/logText/progressiveText?start=${start}`, signal, { expect: [404] });
      const whose = { source: 'jenkins.console', run_id: build, job };
      if (flag(about.body, 'building') === false && !isGrowing(cursor)) {
        const answer = await text(0);
        if (answer.status !== 404) yield* finishedLog(unixLines(answer.bytes()), whose, cursor, surroundings);
      } else {
        const read = async (at: number, skip: number) => await stretchOf(await text(at), at, skip, path);
        yield* growingLog(read, whose, cursor, surroundings, EVERY, signal);
      }
    },
  };
}

/** What is not there is another Jenkins', or was deleted; but a proxy says so too while Jenkins is away. Throws then. */
async function mustAnswer(api: Client, signal: AbortSignal): Promise<void> {
  await api.get('/api/json?tree=mode', signal);
}

async function stretchOf(answer: BytesAnswer, at: number, skip: number, path: string): Promise<Stretch> {
  if (answer.status === 404) return GONE;
  const size = Number(answer.headers.get('x-text-size') ?? Number.NaN);
  if (Number.isNaN(size)) {
    throw new PipewardenError('API_UNEXPECTED', { method: 'GET', path, problem: 'the answer is no console' });
  }
  // Another build has its number now.
  if (size < at) return GONE;
  const { bytes, isWhole } = await gathered(unixLines(answer.bytes()), skip, LONGEST);
  const isOver = answer.headers.get('x-more-data') !== 'true';
  const isPlace = isWhole && bytes.at(-1) === NEWLINE;
  return { bytes, complete: isWhole && isOver, marks: isPlace ? [{ bytes: bytes.length, at: size }] : [] };
}

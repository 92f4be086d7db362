// The log of a build while it runs: what its steps print, one behind the other, as one log, because the build is one job.
// Buildbot counts a log by its lines; `raw` would give it from the beginning each time.
import type { JsonObject } from '../../../core/json.ts';
import { SECOND } from '../../../core/time.ts';
import { flag, identifier, list, text } from '../../fields.ts';
import type { Client } from '../client.ts';
import { growingLog, type Mark, type Stretch } from '../logs.ts';
import type { Pull, Surroundings } from '../system.ts';
import { firstOf } from './answer.ts';
import { stepLogsOf } from './step-logs.ts';

/** A worker sends what a command prints every five seconds. */
const EVERY = 2 * SECOND;
/** Bytes that are given at once, or a little more. */
const ENOUGH = 4 * 1024 * 1024;

const NEWLINE = 0x0a;

const GONE: Stretch = { bytes: new Uint8Array(), complete: true, marks: [] };

export function buildLogPull(api: Client, surroundings: Surroundings): Pull {
  return {
    name: 'build-log',
    source: 'buildbot.job-log',
    wanted(activity) {
      if (activity.source !== 'buildbot.webhook' || activity.kind !== 'run') return undefined;
      const { name: builder, run } = activity.cicd?.pipeline ?? {};
      return builder === undefined || run === undefined ? undefined : { build: run.id, builder };
    },
    async *read({ build = '', builder = '' }, cursor, signal) {
      const read = await openBuildLog(build, builder, api, signal);
      const whose = { source: 'buildbot.job-log', run_id: build, job: builder };
      if (read) yield* growingLog(read, whose, cursor, surroundings, EVERY, signal);
    },
  };
}

/** Undefined: it is not there any more, or another Buildbot's. */
async function openBuildLog(build: string, builder: string, api: Client, signal: AbortSignal) {
  const path = `/builds/${encodeURIComponent(build)}`;
  const first = firstOf(await api.get(`${path}?property=workername`, signal, { expect: [404] }));
  const builderId = identifier(first, 'builderid');
  const itsBuilder = builderId && firstOf(await api.get(`/builders/${builderId}`, signal, { expect: [404] }));
  if (!first || !itsBuilder || text(itsBuilder, 'name') !== builder) return undefined;
  const nth = stepLogsOf(build, headerOf(first, builder), api, signal);

  return async (from: number, skip: number): Promise<Stretch> => {
    // Asked first: what comes behind it would be missed.
    const now = firstOf(await api.get(path, signal, { expect: [404] }));
    if (!now) return GONE;
    const isOver = flag(now, 'complete') === true;
    const pages: Buffer[] = [];
    const marks: Mark[] = [];
    let size = -skip;
    let line = from;
    let before = 0;
    const stretch = (complete: boolean) => ({ bytes: Buffer.concat(pages).subarray(skip), complete, marks });
    for (let index = 0; ; index++) {
      const log = await nth(index, isOver);
      if (!log) return stretch(isOver);
      while (line < before + log.lines && size < ENOUGH) {
        const page = Buffer.from(await log.page(line - before));
        if (page.length === 0) break;
        pages.push(page);
        size += page.length;
        line += linesIn(page);
        marks.push({ bytes: size, at: line });
      }
      if (size >= ENOUGH || !log.complete) return stretch(false);
      // What a janitor took away meanwhile is passed over.
      before += log.lines;
      line = Math.max(line, before);
    }
  };
}

/** As `raw` begins. */
function headerOf(build: JsonObject, builder: string): string {
  const worker = list(build, 'properties', 'workername')[0];
  const named = typeof worker === 'string' ? `Worker name: ${worker}\n` : '';
  return `Builder: ${builder}\nBuild number: ${identifier(build, 'number')}\n${named}`;
}

function linesIn(page: Buffer): number {
  let lines = 0;
  for (let end = page.indexOf(NEWLINE); end !== -1; end = page.indexOf(NEWLINE, end + 1)) lines += 1;
  return lines;
}

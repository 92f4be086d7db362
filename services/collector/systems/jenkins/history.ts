// What Jenkins still knows of the past: the builds of every job, as far as it keeps them. It lists the newest first, and a job
// may have a hundred thousand: their numbers are listed in ranges, then they are asked for in ranges from the other end.
// https://www.jenkins.io/doc/book/using/remote-access-api/ (`tree`, and its ranges `{M,N}`)
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { flag, identifier, list } from '../../fields.ts';
import type { Client } from '../client.ts';
import { oldestFirst } from '../oldest-first.ts';
import { type PastStep, placeByPlace } from '../past.ts';
import type { History, Surroundings } from '../system.ts';
import { type Job, jobsOf, pathOf } from './jobs.ts';
import { BRIEF, BUILD_SOURCE, buildOf, buildRecords, LISTED, WHOLE_TREE, wholeBuild } from './told-builds.ts';

/** Builds of one job that are held, by number alone: 10 MB. */
const MOST_HELD = 100_000;
/** In one answer, by number alone and whole: what a build changed may be thousands of paths. */
const BRIEFLY = 1_000;
const WHOLE = 20;

interface Listed {
  readonly number: number;
  /** Its place in `allBuilds`, when it was listed; there is none where `builds` lists them all. */
  readonly index: number | undefined;
}

interface Wholes {
  readonly builds: readonly JsonObject[];
  /** The newest that was asked for. */
  readonly reached: number;
}

export function buildHistory(api: Client, { clock }: Pick<Surroundings, 'clock'>): History {
  async function asked(path: string, tree: string, signal: AbortSignal): Promise<Json> {
    return (await api.get(`${pathOf(path)}/api/json?${new URLSearchParams({ tree })}`, signal)).body;
  }

  async function range(path: string, fields: string, from: number, to: number, signal: AbortSignal) {
    return list(await asked(path, `allBuilds[${fields}]{${from},${to}}`, signal), 'allBuilds');
  }

  async function* pages(path: string, signal: AbortSignal): AsyncGenerator<readonly [number | undefined, Json][]> {
    const few = list(await asked(path, `builds[${BRIEF}]`, signal), 'builds');
    const isAll = few.length < LISTED;
    if (isAll) yield few.map((each) => [undefined, each]);
    for (let from = 0, isEnd = isAll; !isEnd; from += BRIEFLY) {
      const page = await range(path, BRIEF, from, from + BRIEFLY, signal);
      isEnd = page.length < BRIEFLY;
      yield page.map((each, index) => [from + index, each]);
    }
  }

  /** Newest first, down to what was reached or is older than that. */
  async function* listed(path: string, since: Instant, reached: number, signal: AbortSignal): AsyncGenerator<Listed> {
    let last = Number.POSITIVE_INFINITY;
    for await (const page of pages(path, signal)) {
      for (const [index, each] of page) {
        const build = buildOf(each);
        const number = Number(build?.number);
        // Builds that came meanwhile push others onto the next page, where they stand again.
        if (!build || number >= last) continue;
        if (build.at < since || number <= reached) return;
        last = number;
        yield { number, index };
      }
    }
  }

  /** In their order; without those that are gone. */
  async function* wholes(path: string, builds: readonly Listed[], signal: AbortSignal): AsyncGenerator<Wholes> {
    let shift = 0;
    for (let start = 0; start < builds.length; start += WHOLE) {
      const group = builds.slice(start, start + WHOLE);
      const [oldest, newest] = [group[0], group.at(-1)];
      const found = new Map<string | undefined, Json>();
      if (oldest?.index !== undefined && newest?.index !== undefined) {
        const there = await range(path, WHOLE_TREE, newest.index + shift, oldest.index + shift + 1, signal);
        for (const build of there) found.set(identifier(build, 'number'), build);
        // Those that came meanwhile stand before them.
        shift += there.filter((build) => Number(identifier(build, 'number')) > newest.number).length;
      }
      const wanted: JsonObject[] = [];
      for (const { number } of group) {
        const build = found.get(String(number)) ?? (await wholeBuild(path, String(number), api, signal));
        if (isObject(build)) wanted.push(build);
      }
      yield { builds: wanted, reached: newest?.number ?? 0 };
    }
  }

  async function* read({ path }: Job, since: Instant, from = 0, signal: AbortSignal): AsyncGenerator<PastStep> {
    const batches = oldestFirst<Listed>(MOST_HELD, (reached) => listed(path, since, reached?.number ?? from, signal));
    for await (const batch of batches) {
      for await (const { builds, reached } of wholes(path, batch, signal)) {
        // What still runs is not past: the poll tells it.
        const ended = builds.filter((build) => flag(build, 'building') !== true);
        const received_at = clock.now();
        const records = ended.flatMap((build) => buildRecords(path, build, ['STARTED', 'FINALIZED'], received_at));
        yield { records, from: reached };
      }
    }
  }

  return {
    name: 'builds',
    source: BUILD_SOURCE,
    read: placeByPlace<Job>({
      places: (signal, since) => sorted(jobsOf(api, `lastBuild[${BRIEF}]`, signal), since),
      idOf: ({ path }) => path,
      compare,
      nameOf: ({ path }) => `builds of ${path}`,
      read,
    }),
  };
}

/** Of those that were built since then, so that one can go on behind another; no more than their names is held. */
async function* sorted(jobs: AsyncIterable<Job>, since: Instant): AsyncGenerator<Job> {
  const found: Job[] = [];
  for await (const { path, about } of jobs) {
    const last = buildOf(about, 'lastBuild');
    if (last && last.at >= since) found.push({ path, about: null, within: null });
  }
  yield* found.sort((a, b) => compare(a.path, b.path));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

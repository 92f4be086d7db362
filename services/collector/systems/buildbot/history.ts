// What Buildbot still knows of the past: its builds. They have one number after the other, so the first one since a time is
// found by halving; times are no filter of its API (`DateTime` has no form in a query: master/buildbot/data/types.py).
import type { Json } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { flag, instant } from '../../fields.ts';
import type { Client } from '../client.ts';
import { past } from '../past.ts';
import type { History, Surroundings, Turn } from '../system.ts';
import { firstOf } from './answer.ts';
import { BUILD_SOURCE, beginningAndEnd, buildRecord, buildsAt, createCompletion, idOf, PAGE } from './told-builds.ts';

export function buildHistory(url: string, api: Client, { clock }: Pick<Surroundings, 'clock'>): History {
  /** All that have up to this number began before the time. */
  async function lastBefore(since: Instant, signal: AbortSignal): Promise<number> {
    const newest = firstOf(await api.get('/builds?order=-buildid&limit=1', signal));
    let [before, end] = [0, newest ? idOf(newest) + 1 : 1];
    while (end - before > 1) {
      const middle = Math.floor((before + end) / 2);
      // Some numbers are gone: the next one that is there.
      const build = firstOf(await api.get(`/builds?buildid__ge=${middle}&order=buildid&limit=1`, signal));
      if (build && (instant(build, 'started_at') ?? 0) < since) before = idOf(build);
      else end = middle;
    }
    return before;
  }

  async function* read(since: Instant, cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
    const complete = createCompletion(url, api, signal);
    let done = typeof cursor === 'number' ? cursor : await lastBefore(since, signal);
    for (let more = true; more; ) {
      const page = await buildsAt(`buildid__gt=${done}&order=buildid`, api, signal);
      const records = [];
      for (const build of page) {
        done = idOf(build);
        // What has not ended is not past: the poll tells it.
        if (flag(build, 'complete') !== true) continue;
        const bodies = beginningAndEnd(await complete(build));
        records.push(...bodies.map((body) => past(buildRecord(body, clock.now()))));
      }
      more = page.length === PAGE;
      yield { records, cursor: done };
    }
  }

  return { name: 'builds', source: BUILD_SOURCE, read };
}

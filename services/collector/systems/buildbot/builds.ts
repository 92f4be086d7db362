// Builds whose push never came, because one of the two was not there.
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { HOUR, MINUTE } from '../../../core/time.ts';
import { flag, instant } from '../../fields.ts';
import type { Client } from '../client.ts';
import type { Poll, Surroundings, Turn } from '../system.ts';
import { firstOf } from './answer.ts';
import { BUILD_SOURCE, beginningAndEnd, buildRecord, buildsAt, createCompletion, idOf, PAGE } from './told-builds.ts';

const EVERY = MINUTE;
/** When nothing was read before: what began since then, or runs. Of the newest page alone. */
const AT_FIRST = HOUR;

interface Place {
  /** Builds have one number after the other. */
  readonly newest: number;
  /** Those that had not ended. */
  readonly open: readonly number[];
}

export function buildsPoll(url: string, api: Client, { clock }: Pick<Surroundings, 'clock'>): Poll {
  async function* read(cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
    const before = placeIn(cursor);
    const complete = createCompletion(url, api, signal);
    const open = new Set(before?.open);
    let newest = before?.newest ?? 0;
    for (const id of before?.open ?? []) {
      const build = firstOf(await api.get(`/builds/${id}?property=*`, signal, { expect: [404] }));
      if (build && flag(build, 'complete') !== true) continue;
      open.delete(id);
      yield turn(build ? [await complete(build)] : []);
    }
    for (let more = true; more; ) {
      const place = before ? `buildid__gt=${newest}&order=buildid` : 'order=-buildid';
      const page = await buildsAt(place, api, signal);
      const records: JsonObject[] = [];
      for (const build of page) {
        newest = Math.max(newest, idOf(build));
        if (!before && !isOfNow(build)) continue;
        records.push(...beginningAndEnd(await complete(build)));
        if (flag(build, 'complete') !== true) open.add(newest);
      }
      more = before !== undefined && page.length === PAGE;
      yield turn(records);
    }

    function turn(bodies: readonly JsonObject[]): Turn {
      const received_at = clock.now();
      const records = bodies.map((body) => buildRecord(body, received_at));
      return { records, cursor: { newest, open: [...open] } };
    }
  }

  function isOfNow(build: Json): boolean {
    return flag(build, 'complete') !== true || (instant(build, 'started_at') ?? 0) >= clock.now() - AT_FIRST;
  }

  return { name: 'builds', source: BUILD_SOURCE, every: EVERY, read };
}

function placeIn(cursor: Json | undefined): Place | undefined {
  if (!isObject(cursor) || typeof cursor.newest !== 'number' || !Array.isArray(cursor.open)) return undefined;
  return { newest: cursor.newest, open: cursor.open.filter((id) => typeof id === 'number') };
}

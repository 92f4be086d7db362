// Builds whose push never came, because one of the two was not there: told in the form that HttpStatusPush has.
// https://docs.buildbot.net/latest/developer/rest.html
// https://docs.buildbot.net/latest/manual/configuration/reporters/http_status.html
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { HOUR, MINUTE } from '../../../core/time.ts';
import { flag, identifier, instant, list, number } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import type { Client } from '../client.ts';
import type { Poll, Surroundings, Turn } from '../system.ts';
import { firstOf } from './answer.ts';

const EVERY = MINUTE;
const PAGE = 100;
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
      const { body } = await api.get(`/builds?${place}&limit=${PAGE}&property=*`, signal);
      const page = list(body, 'builds')
        .flatMap((build) => (isObject(build) ? [build] : []))
        .sort(byId);
      const records: JsonObject[] = [];
      for (const build of page) {
        newest = Math.max(newest, number(build, 'buildid') ?? 0);
        if (!before && !isOfNow(build)) continue;
        const whole = await complete(build);
        records.push(asItBegan(whole));
        if (flag(build, 'complete') === true) records.push(whole);
        else open.add(newest);
      }
      more = before !== undefined && page.length === PAGE;
      yield turn(records);
    }

    function turn(bodies: readonly JsonObject[]): Turn {
      const received_at = clock.now();
      const records = bodies.map((body): SourceRecord => ({ source: 'buildbot.webhook', received_at, body }));
      return { records, cursor: { newest, open: [...open] } };
    }
  }

  function isOfNow(build: Json): boolean {
    return flag(build, 'complete') !== true || (instant(build, 'started_at') ?? 0) >= clock.now() - AT_FIRST;
  }

  return { name: 'builds', source: 'buildbot.webhook', every: EVERY, read };
}

/** A build with what the reporter puts around it. */
function createCompletion(url: string, api: Client, signal: AbortSignal) {
  const builders = new Map<string, JsonObject | undefined>();

  async function one(kind: string, id: string | undefined): Promise<JsonObject | undefined> {
    return id === undefined ? undefined : firstOf(await api.get(`/${kind}/${id}`, signal, { expect: [404] }));
  }

  async function builder(id: string | undefined): Promise<JsonObject | undefined> {
    if (id === undefined) return undefined;
    const found = builders.has(id) ? builders.get(id) : await one('builders', id);
    builders.set(id, found);
    return found;
  }

  return async (build: JsonObject): Promise<JsonObject> => {
    const id = identifier(build, 'builderid');
    const buildrequest = await one('buildrequests', identifier(build, 'buildrequestid'));
    const buildset = await one('buildsets', identifier(buildrequest, 'buildsetid'));
    const parentbuild = await one('builds', identifier(buildset, 'parent_buildid'));
    const parentbuilder = await builder(identifier(parentbuild, 'builderid'));
    return {
      ...build,
      builder: await builder(id),
      buildrequest,
      buildset,
      parentbuild: parentbuild ?? null,
      parentbuilder: parentbuilder ?? null,
      url: `${url.replace(/\/+$/, '')}/#/builders/${id}/builds/${identifier(build, 'number')}`,
    };
  };
}

function asItBegan(build: JsonObject): JsonObject {
  const { state_string: _state, ...rest } = build;
  return { ...rest, complete: false, complete_at: null, results: null };
}

function byId(a: Json, b: Json): number {
  return (number(a, 'buildid') ?? 0) - (number(b, 'buildid') ?? 0);
}

function placeIn(cursor: Json | undefined): Place | undefined {
  if (!isObject(cursor) || typeof cursor.newest !== 'number' || !Array.isArray(cursor.open)) return undefined;
  return { newest: cursor.newest, open: cursor.open.filter((id) => typeof id === 'number') };
}

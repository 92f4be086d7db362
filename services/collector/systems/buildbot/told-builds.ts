// Builds in the form that HttpStatusPush has, and their lists.
// https://docs.buildbot.net/latest/developer/rest.html
// https://docs.buildbot.net/latest/manual/configuration/reporters/http_status.html
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { flag, identifier, list, number } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import type { Client } from '../client.ts';
import { below } from '../settings.ts';
import { firstOf } from './answer.ts';

export const BUILD_SOURCE = 'buildbot.webhook';
export const PAGE = 100;

/** `place`: filters and order, as a query. Given in the order of their ids. */
export async function buildsAt(place: string, api: Client, signal: AbortSignal): Promise<readonly JsonObject[]> {
  const { body } = await api.get(`/builds?${place}&limit=${PAGE}&property=*`, signal);
  const found = list(body, 'builds').flatMap((build) => (isObject(build) ? [build] : []));
  return found.sort((a, b) => idOf(a) - idOf(b));
}

/** Builds have one number after the other. */
export function idOf(build: Json): number {
  return number(build, 'buildid') ?? 0;
}

/** What is told of one that was not told of before. */
export function beginningAndEnd(whole: JsonObject): readonly JsonObject[] {
  return flag(whole, 'complete') === true ? [asItBegan(whole), whole] : [asItBegan(whole)];
}

export function buildRecord(body: JsonObject, received_at: Instant): SourceRecord {
  return { source: BUILD_SOURCE, received_at, body };
}

/** A build with what the reporter puts around it. */
export function createCompletion(url: string, api: Client, signal: AbortSignal) {
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
      url: below(url, `/#/builders/${id}/builds/${identifier(build, 'number')}`),
    };
  };
}

function asItBegan(build: JsonObject): JsonObject {
  const { state_string: _state, ...rest } = build;
  return { ...rest, complete: false, complete_at: null, results: null };
}

// Builds as the API lists them, and in the form that the Notification plugin has.
// https://www.jenkins.io/doc/book/using/remote-access-api/ and https://plugins.jenkins.io/notification/
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { at, flag, identifier, instant } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import type { Client } from '../client.ts';
import { BUILD_TREE, eventOf, type Phase } from './event.ts';
import { pathOf } from './jobs.ts';

export const BUILD_SOURCE = 'jenkins.event';
/** Fields of the parameter `tree` that make a `Build`. */
export const BRIEF = 'number,timestamp,building';

/** Of a build as it is told. */
export const WHOLE_TREE = `building,${BUILD_TREE}`;
/** So many does `builds` list; `allBuilds` lists all. */
export const LISTED = 100;

export interface Build {
  readonly number: string;
  readonly at: Instant;
  readonly building: boolean;
}

export function buildOf(value: Json, ...path: readonly string[]): Build | undefined {
  const build = at(value, ...path);
  const number = identifier(build, 'number');
  const time = instant(build, 'timestamp');
  if (number === undefined || time === undefined) return undefined;
  return { number, at: time, building: flag(build, 'building') === true };
}

/** With the fields of `BUILD_TREE`, and whether it still runs; undefined where it is gone. */
export async function wholeBuild(
  path: string,
  number: string,
  api: Client,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  const query = new URLSearchParams({ tree: WHOLE_TREE });
  const { status, body } = await api.get(`${pathOf(path)}/${number}/api/json?${query}`, signal, { expect: [404] });
  return status === 404 || !isObject(body) ? undefined : body;
}

/** `build`: with the fields of `BUILD_TREE`. */
export function buildRecords(
  path: string,
  build: JsonObject,
  phases: readonly Phase[],
  received_at: Instant,
): readonly SourceRecord[] {
  return phases.map((phase) => ({ source: BUILD_SOURCE, received_at, body: eventOf(path, build, phase) }));
}

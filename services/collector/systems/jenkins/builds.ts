// Builds that no event told of: the plugin is missing in their job, or one of the two was not there. They are told in the
// form that the Notification plugin has.
// https://www.jenkins.io/doc/book/using/remote-access-api/ and https://plugins.jenkins.io/notification/
import { isObject, type Json } from '../../../core/json.ts';
import { HOUR, type Instant, MINUTE } from '../../../core/time.ts';
import { at, flag, identifier, instant, list, texts } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import type { Client } from '../client.ts';
import { createOverlap } from '../overlap.ts';
import type { Poll, Surroundings, Turn } from '../system.ts';
import { BUILD_TREE, eventOf, type Phase } from './event.ts';
import { jobsOf, pathOf } from './jobs.ts';

const EVERY = MINUTE;
/** A build may be seen so long after the time that it bears. */
const LATE = 15 * MINUTE;
/** When nothing was read before. */
const AT_FIRST = HOUR;
const BRIEF = 'number,timestamp,building';
/** So many does `builds` list; `allBuilds` lists all. */
const LISTED = 100;

interface Build {
  readonly number: string;
  readonly at: Instant;
  readonly building: boolean;
}

export function buildsPoll(api: Client, { clock }: Pick<Surroundings, 'clock'>): Poll {
  async function* read(cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
    const overlap = createOverlap(at(cursor, 'overlap'), clock.now() - AT_FIRST, LATE);
    const isOfNow = (build: Build) => build.building || build.at >= overlap.from;
    /** `folder/job#number` of those that had not ended, as far as they were not looked at again yet. */
    const before = new Set(texts(cursor, 'open'));
    const open = new Set<string>();

    for await (const { path, about } of jobsOf(api, `lastBuild[${BRIEF}]`, signal)) {
      const last = buildOf(about, 'lastBuild');
      const isAwaited = [...before].some((id) => id.startsWith(`${path}#`));
      if (!isAwaited && !(last && isOfNow(last))) continue;
      for (const build of await buildsOf(path)) {
        const id = `${path}#${build.number}`;
        const wasOpen = before.delete(id);
        if (build.building) open.add(id);
        const phases = phasesOf(build, wasOpen, !wasOpen && isOfNow(build) && overlap.isNew(id, build.at));
        if (phases.length > 0) yield await turn(path, build, phases);
      }
    }
    // What is still there was deleted.
    before.clear();
    yield { records: [], cursor: place() };

    /** The oldest first. */
    async function buildsOf(path: string): Promise<readonly Build[]> {
      const listed = await briefly(path, 'builds');
      const [oldest] = listed;
      return listed.length >= LISTED && oldest && isOfNow(oldest) ? await briefly(path, 'allBuilds') : listed;
    }

    async function briefly(path: string, field: 'builds' | 'allBuilds'): Promise<readonly Build[]> {
      const query = new URLSearchParams({ tree: `${field}[${BRIEF}]` });
      const { body } = await api.get(`${pathOf(path)}/api/json?${query}`, signal, { expect: [404] });
      return list(body, field)
        .flatMap((each) => buildOf(each) ?? [])
        .reverse();
    }

    async function turn(path: string, { number }: Build, phases: readonly Phase[]): Promise<Turn> {
      const query = new URLSearchParams({ tree: BUILD_TREE });
      const { body } = await api.get(`${pathOf(path)}/${number}/api/json?${query}`, signal, { expect: [404] });
      const received_at = clock.now();
      const records = isObject(body)
        ? phases.map(
            (phase): SourceRecord => ({ source: 'jenkins.event', received_at, body: eventOf(path, body, phase) }),
          )
        : [];
      return { records, cursor: place() };
    }

    function place(): Json {
      return { overlap: overlap.cursor(), open: [...before, ...open] };
    }
  }

  return { name: 'builds', source: 'jenkins.event', every: EVERY, read };
}

function phasesOf({ building }: Build, wasOpen: boolean, isNew: boolean): readonly Phase[] {
  if (isNew) return building ? ['STARTED'] : ['STARTED', 'FINALIZED'];
  return wasOpen && !building ? ['FINALIZED'] : [];
}

function buildOf(value: Json, ...path: readonly string[]): Build | undefined {
  const build = at(value, ...path);
  const number = identifier(build, 'number');
  const time = instant(build, 'timestamp');
  if (number === undefined || time === undefined) return undefined;
  return { number, at: time, building: flag(build, 'building') === true };
}

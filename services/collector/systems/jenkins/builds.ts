// Builds that no event told of: the plugin is missing in their job, or one of the two was not there.
import type { Json } from '../../../core/json.ts';
import { HOUR, MINUTE } from '../../../core/time.ts';
import { at, list, texts } from '../../fields.ts';
import type { Client } from '../client.ts';
import { createOverlap } from '../overlap.ts';
import type { Poll, Surroundings, Turn } from '../system.ts';
import type { Phase } from './event.ts';
import { jobsOf, pathOf } from './jobs.ts';
import { BRIEF, BUILD_SOURCE, type Build, buildOf, buildRecords, LISTED, wholeBuild } from './told-builds.ts';

const EVERY = MINUTE;
/** A build may be seen so long after the time that it bears. */
const LATE = 15 * MINUTE;
/** When nothing was read before. */
const AT_FIRST = HOUR;

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
      const build = await wholeBuild(path, number, api, signal);
      const records = build ? buildRecords(path, build, phases, clock.now()) : [];
      return { records, cursor: place() };
    }

    function place(): Json {
      return { overlap: overlap.cursor(), open: [...before, ...open] };
    }
  }

  return { name: 'builds', source: BUILD_SOURCE, every: EVERY, read };
}

function phasesOf({ building }: Build, wasOpen: boolean, isNew: boolean): readonly Phase[] {
  if (isNew) return building ? ['STARTED'] : ['STARTED', 'FINALIZED'];
  return wasOpen && !building ? ['FINALIZED'] : [];
}

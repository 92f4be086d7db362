// Pipelines whose webhook did not arrive, once they have ended.
import { DAY, HOUR, MINUTE } from '../../../core/time.ts';
import { identifier, instant, text } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import type { Client } from '../client.ts';
import { type Round, type RoundTerms, rounds } from '../rounds.ts';
import type { Poll, Surroundings } from '../system.ts';
import { endedAt, endedPipelines, PIPELINE_SOURCE } from './ended-pipelines.ts';
import { OUT_OF_REACH, type Place, projectsOf } from './places.ts';

/** Schedules start pipelines where nobody is active, so all projects are looked at, though less often. */
const ALL = { every: 2 * HOUR, terms: { first: DAY, late: 30 * MINUTE, longest: 6 * HOUR } };
/** What began while a project was quiet is found once it is active; GitLab notes activity once an hour. */
const ACTIVE = { every: 5 * MINUTE, terms: { first: DAY, late: ALL.every + 30 * MINUTE, longest: 6 * HOUR } };
const NOTED_EVERY = HOUR;

/** `group`: undefined for the whole instance. */
export function pipelinePolls(group: string | undefined, api: Client, { clock }: Surroundings): readonly Poll[] {
  const where = group === undefined ? '' : ` of ${group}`;
  const pipelines = endedPipelines(api, clock, OUT_OF_REACH);
  return [
    pipelinePoll(`pipelines${where}`, ACTIVE, (project, { since }) => activityOf(project) >= since - NOTED_EVERY),
    pipelinePoll(`pipelines${where}, quiet projects`, ALL, (project, { since }) => activityOf(project) < since),
  ];

  function pipelinePoll(
    name: string,
    { every, terms }: { readonly every: number; readonly terms: RoundTerms },
    isMeant: (project: Place, round: Round) => boolean,
  ): Poll {
    const read: Poll['read'] = (cursor, signal) =>
      rounds(
        cursor,
        clock.now(),
        terms,
        () => projectsOf(group, api, signal),
        async (project, round) => (isMeant(project, round) ? await ended(project, round, signal) : []),
      );
    return { name, source: PIPELINE_SOURCE, every, read };
  }

  async function ended(
    project: Place,
    { since, until, isNew }: Round,
    signal: AbortSignal,
  ): Promise<readonly SourceRecord[]> {
    const records: SourceRecord[] = [];
    for await (const page of pipelines.listed(project, since, until, signal)) {
      for (const pipeline of page) {
        const key = [identifier(pipeline, 'id'), text(pipeline, 'status'), text(pipeline, 'updated_at')].join('/');
        if (!isNew(key, endedAt(pipeline) ?? until)) continue;
        records.push(...(await pipelines.records(project, pipeline, signal)));
      }
    }
    return records;
  }
}

function activityOf({ told }: Place): number {
  return instant(told, 'last_activity_at') ?? Number.POSITIVE_INFINITY;
}

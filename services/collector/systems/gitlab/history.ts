// What GitLab still knows of the past: audit events, and the pipelines of every project with their jobs.
import { DAY } from '../../../core/time.ts';
import type { Client } from '../client.ts';
import { byNumber, placeByPlace } from '../past.ts';
import { stretches } from '../stretches.ts';
import type { History, Surroundings } from '../system.ts';
import { AUDIT_SOURCE, type AuditPlace, auditFeeds, auditPages, auditRecord, auditTime } from './audit-events.ts';
import { endedAt, endedPipelines, PIPELINE_SOURCE } from './ended-pipelines.ts';
import { type Place, projectsOf } from './places.ts';

/** GitLab answers queries that cover more with an error. */
const LONGEST = 30 * DAY;

type Clocked = Pick<Surroundings, 'clock'>;

export function auditHistories(
  groups: readonly string[],
  instance: boolean,
  api: Client,
  { clock }: Clocked,
): readonly History[] {
  return auditFeeds(groups, instance, api).map(({ name, places }) => ({
    name,
    source: AUDIT_SOURCE,
    read: placeByPlace<AuditPlace>({
      places,
      idOf: ({ id }) => String(id),
      compare: byNumber,
      nameOf: (place) => `audit events of ${place.name}`,
      async *read(place, since, from = since, signal) {
        const until = clock.now();
        const list = (start: number, end: number) => auditPages(place, start, end, api, signal);
        for await (const { found, until: end } of stretches(from, until, LONGEST, list)) {
          // What happened at its very end is the next one's.
          const within = found.filter((entry) => (auditTime(entry) ?? 0) < end).reverse();
          const received_at = clock.now();
          yield { records: within.map((entry) => auditRecord(entry, received_at)), from: end };
        }
      },
    }),
  }));
}

/** `group`: undefined for the whole instance. */
export function pipelineHistory(group: string | undefined, api: Client, { clock }: Clocked): History {
  const pipelines = endedPipelines(api, clock, []);
  return {
    name: group === undefined ? 'pipelines' : `pipelines of ${group}`,
    source: PIPELINE_SOURCE,
    read: placeByPlace<Place>({
      places: (signal) => projectsOf(group, api, signal),
      idOf: ({ id }) => String(id),
      compare: byNumber,
      nameOf: (project) => `pipelines of ${project.name}`,
      async *read(project, since, from = since, signal) {
        const until = clock.now();
        const list = (start: number, end: number) => pipelines.listed(project, start, end, signal);
        for await (const { found, until: end } of stretches(from, until, until - from, list)) {
          const within = found
            .map((pipeline) => ({ pipeline, ended: endedAt(pipeline) ?? from }))
            .filter(({ ended }) => ended < end)
            .sort((a, b) => a.ended - b.ended);
          for (const [index, { pipeline }] of within.entries()) {
            yield {
              records: await pipelines.records(project, pipeline, signal),
              from: within[index + 1]?.ended ?? end,
            };
          }
          if (within.length === 0) yield { records: [], from: end };
        }
      },
    }),
  };
}

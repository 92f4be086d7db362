// Audit events as the API lists them: of the whole instance at once, or of each group and each project on its own, newest first.
// https://docs.gitlab.com/api/audit_events/
import type { Json } from '../../../core/json.ts';
import { formatInstant, type Instant } from '../../../core/time.ts';
import { instant, list } from '../../fields.ts';
import type { SourceRecord } from '../../source.ts';
import type { Client } from '../client.ts';
import { pages } from '../pages.ts';
import { groupsOf, type Place, projectsOf } from './places.ts';

export const AUDIT_SOURCE = 'gitlab.audit';

export type AuditPlace = Pick<Place, 'id' | 'path' | 'name'>;

export interface AuditFeed {
  readonly name: string;
  readonly of: 'instance' | 'group' | 'project';
  places(signal: AbortSignal): AsyncIterable<AuditPlace> | Iterable<AuditPlace>;
}

export function auditFeeds(groups: readonly string[], instance: boolean, api: Client): readonly AuditFeed[] {
  if (instance) return [{ name: 'audit', of: 'instance', places: () => [{ id: 0, path: '', name: 'the instance' }] }];
  return groups.flatMap((group): AuditFeed[] => [
    { name: `audit ${group}`, of: 'group', places: (signal) => groupsOf(group, api, signal) },
    { name: `audit of ${group}'s projects`, of: 'project', places: (signal) => projectsOf(group, api, signal) },
  ]);
}

/** Both ends belong to it. A query may cover 30 days at most. `expect`: statuses that count as an empty page. */
export async function* auditPages(
  { path }: AuditPlace,
  since: Instant,
  until: Instant,
  api: Client,
  signal: AbortSignal,
  expect: readonly number[] = [],
): AsyncGenerator<readonly Json[]> {
  const query = new URLSearchParams({
    created_after: formatInstant(since),
    created_before: formatInstant(until),
    pagination: 'keyset',
    order_by: 'id',
    sort: 'desc',
    per_page: '100',
  });
  for await (const page of pages(api, `${path}/audit_events?${query}`, signal, { expect })) yield list(page);
}

export function auditRecord(body: Json, received_at: Instant): SourceRecord {
  return { source: AUDIT_SOURCE, received_at, body };
}

export function auditTime(entry: Json): Instant | undefined {
  return instant(entry, 'created_at');
}

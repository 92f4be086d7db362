// The audit log of an organization, in order of time.
// https://docs.github.com/en/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization
import { isObject, type Json } from '../../../core/json.ts';
import { DAY, formatInstant, type Instant, MINUTE } from '../../../core/time.ts';
import { instant, latest, list, text } from '../../fields.ts';
import type { Client } from '../client.ts';
import { createOverlap } from '../overlap.ts';
import type { Poll, Surroundings, Turn } from '../system.ts';

/** The log has a limit of its own: 1,750 queries an hour. */
const EVERY = MINUTE;
/** Entries may appear late by so much. */
const LATE = 10 * MINUTE;
/** What is read when nothing was read before. */
const AT_FIRST = DAY;
export const AUDIT_LIMIT = 'audit_log';

export function auditPoll(organization: string, api: Client, { clock }: Pick<Surroundings, 'clock'>): Poll {
  async function* read(cursor: Json | undefined, signal: AbortSignal): AsyncGenerator<Turn> {
    const overlap = createOverlap(cursor, clock.now() - AT_FIRST, LATE);
    let path: string | undefined = firstPage(organization, overlap.from);
    while (path !== undefined) {
      const page = await api.get(path, signal, { limit: AUDIT_LIMIT });
      const entries = list(page.body).filter((entry) => overlap.isNew(text(entry, '_document_id'), timeOf(entry)));
      const received_at = clock.now();
      yield {
        records: entries.map((body) => ({ source: 'github.audit', received_at, body })),
        cursor: overlap.cursor(),
      };
      path = page.next;
    }
  }
  return { name: `audit ${organization}`, source: 'github.audit', every: EVERY, read };
}

export function firstPage(organization: string, from: Instant, below?: Instant): string {
  const until = below === undefined ? '' : ` created:<${formatInstant(below)}`;
  const query = new URLSearchParams({
    phrase: `created:>=${formatInstant(from)}${until}`,
    include: 'all',
    order: 'asc',
    per_page: '100',
  });
  return `/orgs/${organization}/audit-log?${query}`;
}

export function timeOf(entry: Json): Instant | undefined {
  return isObject(entry) ? latest([instant(entry, '@timestamp'), instant(entry, 'created_at')]) : undefined;
}

// Audit events, as they come.
import type { Json } from '../../../core/json.ts';
import { DAY, HOUR, MINUTE } from '../../../core/time.ts';
import { identifier } from '../../fields.ts';
import type { Client } from '../client.ts';
import { rounds } from '../rounds.ts';
import type { Poll, Surroundings } from '../system.ts';
import { AUDIT_SOURCE, type AuditFeed, auditFeeds, auditPages, auditRecord, auditTime } from './audit-events.ts';
import { OUT_OF_REACH } from './places.ts';

/** What is between two ends is held in memory. */
const TERMS = { first: DAY, late: 10 * MINUTE, longest: 6 * HOUR };
const EVERY: Readonly<Record<AuditFeed['of'], number>> = {
  instance: MINUTE,
  group: 2 * MINUTE,
  project: 10 * MINUTE,
};

export function auditPolls(
  groups: readonly string[],
  instance: boolean,
  api: Client,
  { clock }: Pick<Surroundings, 'clock'>,
): readonly Poll[] {
  return auditFeeds(groups, instance, api).map(({ name, of, places }): Poll => {
    const expect = of === 'project' ? OUT_OF_REACH : [];
    return {
      name,
      source: AUDIT_SOURCE,
      every: EVERY[of],
      read: (cursor, signal) =>
        rounds(
          cursor,
          clock.now(),
          TERMS,
          () => places(signal),
          async (place, { since, until, isNew }) => {
            const found: Json[] = [];
            for await (const page of auditPages(place, since, until, api, signal, expect)) found.push(...page);
            const fresh = found.reverse().filter((entry) => isNew(keyOf(entry), auditTime(entry) ?? until));
            const received_at = clock.now();
            return fresh.map((entry) => auditRecord(entry, received_at));
          },
        ),
    };
  });
}

function keyOf(entry: Json): string {
  return `${identifier(entry, 'id')}/${auditTime(entry)}`;
}

// What people look for with Elastic's own tools, in the names of the Elastic Common Schema
// (https://www.elastic.co/docs/reference/ecs/ecs-field-reference). Pipewarden itself reads none of it.
import type { estypes } from '@elastic/elasticsearch';
import { z } from 'zod';
import { SEVERITIES } from '../../core/severity.ts';
import { formatInstant, parseTime } from '../../core/time.ts';
import type { CollectionName } from '../../core/topics.ts';

const keyword: estypes.MappingProperty = { type: 'keyword', ignore_above: 1024 };
const date: estypes.MappingProperty = { type: 'date' };
const inside = (properties: Record<string, estypes.MappingProperty>): estypes.MappingProperty => ({ properties });

export const ECS_FIELDS: Record<string, estypes.MappingProperty> = {
  '@timestamp': date,
  message: { type: 'text', norms: false },
  tags: keyword,
  ecs: inside({ version: keyword }),
  event: inside({
    id: keyword,
    kind: keyword,
    dataset: keyword,
    action: keyword,
    outcome: keyword,
    severity: { type: 'long' },
    sequence: { type: 'long' },
    hash: keyword,
    start: date,
    end: date,
  }),
  rule: inside({ id: keyword, name: keyword }),
  user: inside({ name: keyword }),
  threat: inside({ tactic: inside({ id: keyword }), technique: inside({ id: keyword }) }),
  error: inside({ code: keyword, message: { type: 'text', norms: false } }),
};

/** A document in ECS, and beside it what ECS has no name for. What is missing, or of another type, stays missing. */
export function ecsOf(
  collection: CollectionName,
  body: unknown,
): { readonly own: object; readonly [field: string]: unknown } {
  const { own = {}, event = {}, ...fields } = FIELDS[collection](body);
  return {
    ...fields,
    event: { ...event, dataset: `pipewarden.${collection}` },
    ecs: { version: '9.2.0' },
    own,
  };
}

interface Fields {
  readonly own?: { readonly severity?: string | undefined; readonly status?: string | undefined };
  readonly event?: object;
  readonly [field: string]: unknown;
}

/** Lone surrogates are no text for others. */
const text = z
  .string()
  .transform((value) => value.toWellFormed())
  .optional()
  .catch(undefined);
const texts = z
  .array(z.string().transform((value) => value.toWellFormed()))
  .optional()
  .catch(undefined);
const whole = z.int().nonnegative().optional().catch(undefined);
const time = z.unknown().transform((value) => {
  const claimed = parseTime(value);
  return claimed && formatInstant(claimed.at);
});
const severity = z.enum(SEVERITIES).optional().catch(undefined);

function fieldsOf<Shape extends z.ZodRawShape>(shape: Shape, fields: (read: z.output<z.ZodObject<Shape>>) => Fields) {
  const read = z.object(shape);
  return (body: unknown): Fields => {
    const parsed = read.safeParse(body);
    return parsed.success ? fields(parsed.data) : {};
  };
}

/** 1 (informational) to 5 (critical). */
function rank(word: (typeof SEVERITIES)[number] | undefined): number | undefined {
  return word && SEVERITIES.indexOf(word) + 1;
}

const finding = z.object({
  id: text,
  detector: text,
  title: text,
  severity,
  time,
  actor: text,
  owasp: texts,
  attack: texts,
});
const evidence = z.object({ observed: text }).optional().catch(undefined);

const FIELDS: Readonly<Record<CollectionName, (body: unknown) => Fields>> = {
  finding: fieldsOf({ finding: finding.extend({ evidence }), tactics: texts }, ({ finding, tactics }) => ({
    '@timestamp': finding.time,
    message: finding.evidence?.observed,
    tags: finding.owasp,
    event: { id: finding.id, kind: 'alert', severity: rank(finding.severity) },
    rule: { id: finding.detector, name: finding.title },
    user: { name: finding.actor },
    threat: { tactic: { id: tactics }, technique: { id: finding.attack } },
    own: { severity: finding.severity },
  })),
  incident: fieldsOf(
    { id: text, title: text, status: text, severity, opened: time, updated: time, detectors: texts, tactics: texts },
    ({ id, title, status, severity, opened, updated, detectors, tactics }) => ({
      '@timestamp': updated,
      message: title,
      event: { id, kind: 'alert', severity: rank(severity), start: opened },
      rule: { id: detectors },
      threat: { tactic: { id: tactics } },
      own: { severity, status },
    }),
  ),
  run: fieldsOf(
    { id: text, title: text, playbooks: texts, status: text, created: time, updated: time },
    ({ id, title, playbooks, status, created, updated }) => ({
      '@timestamp': updated,
      message: title,
      event: { id, kind: 'event', action: playbooks, start: created },
      own: { status },
    }),
  ),
  evidence: fieldsOf({ id: text, action: text, taken: time }, ({ id, action, taken }) => ({
    '@timestamp': taken,
    event: { id, kind: 'event', action },
  })),
  weakness: fieldsOf(
    { id: text, title: text, state: text, priority: severity, first_seen: time, last_seen: time, kinds: texts },
    ({ id, title, state, priority, first_seen, last_seen, kinds }) => ({
      '@timestamp': last_seen,
      message: title,
      tags: kinds,
      event: { id, kind: 'state', severity: rank(priority), start: first_seen },
      own: { severity: priority, status: state },
    }),
  ),
  audit: fieldsOf(
    { number: whole, hash: text, entry: z.object({ id: text, time, actor: text, action: text, outcome: text }) },
    ({ number, hash, entry }) => ({
      '@timestamp': entry.time,
      event: {
        id: entry.id,
        kind: 'event',
        action: entry.action,
        outcome: outcome(entry.outcome),
        sequence: number,
        hash,
      },
      user: { name: entry.actor },
    }),
  ),
  'dead-letter': fieldsOf({ id: text, time, error: text, reason: text }, ({ id, time, error, reason }) => ({
    '@timestamp': time,
    event: { id, kind: 'pipeline_error' },
    error: { code: error, message: reason },
  })),
  control: () => ({}),
  cursor: () => ({}),
  measure: fieldsOf({ id: text, day: text }, ({ id, day }) => ({
    '@timestamp': day === undefined ? undefined : `${day}T00:00:00.000Z`,
    event: { id, kind: 'metric' },
  })),
  errand: () => ({}),
  used: () => ({}),
};

/** ECS knows success, failure and unknown; an attempt is neither of the first two yet. */
function outcome(ours: string | undefined): string | undefined {
  return ours === 'attempt' ? 'unknown' : ours;
}

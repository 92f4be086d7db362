// CircleCI's audit log: one row a record, streamed as JSON or exported as CSV.
import type { Actor, Cicd, Vcs } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { anyKnown, at, identifier, instant, known, object, text } from '../../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { handed, said } from './audit/details.ts';
import { kindOf } from './audit/kinds.ts';
import { rowOf } from './audit/row.ts';
import { repositoryOfSlug } from './shared/project.ts';
import { runResult } from './shared/run-state.ts';

const MARKS = ['action', 'occurred_at', 'actor', 'target'];

export const circleciAudit = defineSource({
  id: 'circleci.audit',
  title: 'CircleCI audit log',
  reference: 'https://circleci.com/docs/guides/security/audit-logs/',
  body: 'json',
  csv: true,
  identifiers: ['id', 'provider_id', 'client_trace_id'],
  normalize,
  time: timeOf,
});

function timeOf(body: Json): Instant | undefined {
  return instant(body, 'occurred_at');
}

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body } = record;
  if (!isObject(body) || !MARKS.some((mark) => Object.hasOwn(body, mark))) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is no audit row' });
  }
  const row = rowOf(body);
  const action = text(row, 'action') ?? 'unnamed';
  const base = known({
    native_type: action,
    natural_id: text(row, 'id'),
    observed_at: timeOf(row),
    organization: organizationOf(row),
    actor: actorOf(row),
    client: anyKnown({
      address: text(row, 'request', 'ip_address') ?? text(row, 'common_fields', 'source_ip'),
      user_agent: text(row, 'request', 'user_agent'),
    }),
    vcs: vcsOf(row),
    cicd: cicdOf(row),
  });
  return [said(kindOf(action), action, row), ...handed(action, row)].map((each) => ({ ...base, ...each }));
}

/** The login at the provider, where the row has it; what CircleCI does itself is a bot's doing. */
function actorOf(row: JsonObject): Actor | undefined {
  const actor = object(row, 'actor');
  const type = text(actor, 'type');
  const found = anyKnown({
    name: text(actor, 'provider_login') ?? text(actor, 'login') ?? text(actor, 'name'),
    id: identifier(actor, 'id'),
  });
  return found && { ...found, type: type === 'user' ? 'person' : type === undefined ? 'unknown' : 'bot' };
}

function named(row: JsonObject, type: string): readonly JsonObject[] {
  return ['scope', 'target', 'organization', 'account']
    .map((field) => object(row, field))
    .filter((each) => each !== undefined)
    .filter((each) => text(each, 'type')?.toLowerCase().includes(type));
}

/** Names may carry the provider: `github/paperlane`. */
function organizationOf(row: JsonObject): string | undefined {
  const own = text(row, 'organization', 'name') ?? text(row, 'account', 'name');
  const name = own ?? named(row, 'org').flatMap((each) => text(each, 'name') ?? [])[0];
  return name?.slice(name.lastIndexOf('/') + 1);
}

function vcsOf(row: JsonObject): Vcs | undefined {
  const slugs = [
    ...named(row, 'project').flatMap((each) => [text(each, 'slug'), text(each, 'name')]),
    text(row, 'payload', 'project', 'slug'),
    text(row, 'payload', 'project_slug'),
  ];
  return slugs.map(repositoryOfSlug).find((repository) => repository !== undefined);
}

function cicdOf(row: JsonObject): Cicd | undefined {
  const payload = object(row, 'payload');
  const workflow = object(payload, 'workflow') ?? targetOf(row, 'workflow');
  const job = object(payload, 'job') ?? targetOf(row, 'job');
  const id = text(workflow, 'id');
  const name = text(job, 'name');
  const ran = anyKnown({
    id: identifier(job, 'number') ?? text(job, 'id'),
    result: runResult(text(job, 'job_status') ?? text(job, 'status')),
  });
  const result = runResult(text(workflow, 'status'));
  const pipeline = anyKnown({
    name: text(workflow, 'name'),
    run: id === undefined ? undefined : known({ id, result }),
    task: name === undefined ? undefined : known({ name, run: ran }),
  });
  return pipeline && { pipeline };
}

function targetOf(row: JsonObject, type: string): JsonObject | undefined {
  return at(row, 'target', 'type') === type ? object(row, 'target') : undefined;
}

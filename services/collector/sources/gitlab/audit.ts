// GitLab's audit events: streamed, polled (REST) or as lines of `audit_json.log`.
import type { Cicd, Vcs } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { anyKnown, identifier, instant, known, text, texts } from '../../fields.ts';
import { listed } from '../../push.ts';
import { token } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { exposed, said } from './audit/details.ts';
import { type Entry, entityPath, entryOf, targetOf, targetType } from './audit/entry.ts';
import { kindOf } from './audit/kinds.ts';
import { requestOf } from './audit/log-line.ts';
import { actorOf, clientOf, credentialOf } from './audit/who.ts';

const MARKS = ['event_type', 'details', 'detail', 'author_id', 'entity_type', 'entity_id', 'target_type', 'event_name'];
/** Of a line of another log of GitLab's. */
const LINE_MARKS = ['severity', 'correlation_id', 'path', 'query_string'];

export const gitlabAudit = defineSource({
  id: 'gitlab.audit',
  title: 'GitLab audit events',
  reference: 'https://docs.gitlab.com/user/compliance/audit_event_schema/',
  // https://docs.gitlab.com/administration/compliance/audit_event_streaming/
  push: { path: '/hooks/gitlab-audit', proof: token('X-Gitlab-Event-Streaming-Token'), split: listed },
  body: 'json',
  identifiers: [
    'id',
    'event_type',
    'event_name',
    'correlation_id',
    'token_id',
    'personal_access_token_id',
    'token_type',
    'meta.auth_fail_token_id',
  ],
  normalize,
  time: timeOf,
});

function timeOf(body: Json): Instant | undefined {
  return instant(body, 'created_at') ?? instant(body, 'time');
}

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body } = record;
  const own = isObject(body) && MARKS.some((mark) => Object.hasOwn(body, mark));
  if (!isObject(body) || !(own || LINE_MARKS.some((mark) => Object.hasOwn(body, mark)))) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is no audit event' });
  }
  const entry = entryOf(body);
  const line = own ? undefined : requestOf(body);
  const name = own ? entry.name : 'log_line';
  const id = identifier(body, 'id');
  const time = timeOf(body);
  const base = known({
    native_type: name,
    // Numbers are counted by instance, so they are not enough where several are watched.
    natural_id: id === undefined ? undefined : `${id}/${time ?? ''}`,
    observed_at: time,
    organization: organizationOf(entry),
    actor: actorOf(entry),
    credential: credentialOf(entry),
    client: clientOf(entry),
    vcs: vcsOf(entry),
    cicd: cicdOf(entry),
  });
  if (line) return [{ ...base, ...line }];
  if (!own) return [{ ...base, kind: 'other', detail: { type: name } }];
  const kind = kindOf(name);
  return [said(kind, entry), ...exposed(kind, entry)].map((each) => ({ ...base, ...each }));
}

/** The namespace at the top. */
function organizationOf(entry: Entry): string | undefined {
  const type = text(entry.body, 'entity_type');
  const path = type === 'Group' ? entityPath(entry) : projectOf(entry);
  return path?.split('/', 1)[0];
}

/** `group/subgroup/project`; lines of the log tell it as their target alone. */
function projectOf(entry: Entry): string | undefined {
  if (text(entry.body, 'entity_type') !== 'Project') return text(entry.body, 'meta.project');
  const target = targetType(entry) === 'Project' ? targetOf(entry) : undefined;
  return entityPath(entry) ?? text(entry.body, 'meta.project') ?? (target?.includes('/') ? target : undefined);
}

function vcsOf(entry: Entry): Vcs {
  const name = projectOf(entry);
  return known({
    provider: { name: 'gitlab' },
    repository: name === undefined ? undefined : known({ name, visibility: visibilityOf(entry) }),
  });
}

/** Which it has now, when that is what was changed. */
function visibilityOf({ name, to }: Entry): 'public' | 'private' | undefined {
  if (!name.includes('visibility') || to === undefined) return undefined;
  return to.toLowerCase() === 'public' ? 'public' : 'private';
}

/** The pipeline or runner that the event is about. */
function cicdOf(entry: Entry): Cicd | undefined {
  const { body, details } = entry;
  const id = identifier(body, 'target_id') ?? identifier(details, 'target_id');
  const type = targetType(entry);
  if (type === 'Ci::Pipeline' && id !== undefined) {
    const parent = anyKnown({
      id: identifier(details, 'upstream_root_pipeline_id'),
      repository: text(details, 'upstream_root_project_path'),
    });
    return { pipeline: { run: known({ id, parent }) } };
  }
  if (type !== 'Ci::Runner') return undefined;
  return anyKnown({ worker: anyKnown({ id, name: targetOf(entry), labels: labelsOf(entry) }) });
}

function labelsOf({ details }: Entry): readonly string[] | undefined {
  return details.tag_list === undefined ? undefined : texts(details, 'tag_list');
}

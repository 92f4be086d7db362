// GitHub's audit log: one entry a record, as it is streamed, polled (REST) or exported.
import type { Actor, Cicd, Client, Credential, Vcs } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { anyKnown, at, flag, identifier, instant, known, list, number, text, texts } from '../../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { firstText, handedSecrets, said, visibility } from './audit/details.ts';
import { kindOf } from './audit/kinds.ts';
import { isBotName } from './shared/actor.ts';
import { runResult } from './shared/run-state.ts';

const MARKS = ['action', '@timestamp', 'created_at', '_document_id'];

export const githubAudit = defineSource({
  id: 'github.audit',
  title: 'GitHub audit log',
  reference:
    'https://docs.github.com/en/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/streaming-the-audit-log-for-your-enterprise',
  body: 'json',
  identifiers: [
    '_document_id',
    'hashed_token',
    'token_id',
    'token_scopes',
    'programmatic_access_type',
    'secrets_passed',
    'secret_type',
    'secret_name',
    'head_sha',
    'sha',
    'before',
    'after',
    'request_id',
    'calling_workflow_shas',
    'public_key_fingerprint',
    'fingerprint',
  ],
  normalize,
  time: (body) => timeOf(body),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const entry = record.body;
  if (!isObject(entry) || !MARKS.some((mark) => Object.hasOwn(entry, mark))) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is not an audit entry' });
  }
  const action = text(entry, 'action') ?? 'unnamed';
  const base = known({
    native_type: action,
    natural_id: text(entry, '_document_id'),
    observed_at: timeOf(entry),
    organization: firstText(entry, 'org'),
    actor: actorOf(entry),
    credential: credentialOf(entry),
    client: clientOf(entry),
    vcs: vcsOf(entry),
    cicd: cicdOf(entry),
  });
  const secrets = handedSecrets(action, entry);
  const first = { ...base, ...said(kindOf(action), action, entry) };
  return secrets ? [first, { ...base, ...secrets }] : [first];
}

/** Streams say `@timestamp`, exports and the API `created_at`; a query engine may have renamed the first. */
function timeOf(entry: Json): Instant | undefined {
  return instant(entry, '@timestamp') ?? instant(entry, 'at_sign_timestamp') ?? instant(entry, 'created_at');
}

function actorOf(entry: JsonObject): Actor | undefined {
  const name = text(entry, 'actor');
  if (name === undefined) return undefined;
  const bot = flag(entry, 'actor_is_bot');
  return { name, type: bot || isBotName(name) ? 'bot' : bot === false ? 'person' : 'unknown' };
}

function credentialOf(entry: JsonObject): Credential | undefined {
  const id = text(entry, 'hashed_token');
  return id === undefined ? undefined : known({ id, type: text(entry, 'programmatic_access_type') });
}

function clientOf(entry: JsonObject): Client | undefined {
  return anyKnown({
    address: text(entry, 'actor_ip'),
    country_iso_code: text(entry, 'actor_location', 'country_code'),
    user_agent: text(entry, 'user_agent'),
  });
}

function vcsOf(entry: JsonObject): Vcs {
  const name = firstText(entry, 'repo') ?? firstText(entry, 'repository');
  const head = anyKnown({ name: text(entry, 'head_branch'), revision: text(entry, 'head_sha') });
  const change = identifier(entry, 'pull_request_id') ?? identifier(entry, 'number');
  return known({
    provider: { name: 'github' },
    repository: name === undefined ? undefined : known({ name, visibility: visibility(entry) }),
    ref: head && { head },
    change: change === undefined ? undefined : known({ id: change, title: text(entry, 'pull_request_title') }),
  });
}

function cicdOf(entry: JsonObject): Cicd | undefined {
  const id = identifier(entry, 'workflow_run_id');
  const job = text(entry, 'job_name');
  const workflow = text(entry, 'action')?.startsWith('workflows.') ?? false;
  const pipeline = anyKnown({
    name: workflow ? text(entry, 'name') : undefined,
    definition: definition(entry),
    run:
      id === undefined
        ? undefined
        : known({
            id,
            attempt: number(entry, 'run_attempt'),
            trigger: text(entry, 'event'),
            state: text(entry, 'completed_at') ? ('finished' as const) : undefined,
            result: runResult(text(entry, 'conclusion')),
          }),
    task: job === undefined ? undefined : { name: job },
  });
  const worker = anyKnown({
    id: identifier(entry, 'runner_id'),
    name: text(entry, 'runner_name'),
    labels: texts(entry, 'runner_labels'),
  });
  return anyKnown({ pipeline, worker });
}

/**
 * The definition that was started: the outermost caller where the job's own file is a called one. References read
 * `owner/name/.github/workflows/ci.yml@refs/heads/main`.
 */
function definition(entry: JsonObject): string | undefined {
  const callers = list(entry, 'calling_workflow_refs');
  const outermost = callers.at(-1) ?? at(entry, 'job_workflow_ref');
  const file = typeof outermost === 'string' ? outermost.split('@', 1)[0] : undefined;
  return file?.split('/').slice(2).join('/') || undefined;
}

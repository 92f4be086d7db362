// GitHub's audit log: one entry a record, as it is streamed, polled (REST) or exported.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject } from '../../../core/json.ts';
import { known, text } from '../../fields.ts';
import { COLLECTOR_ANSWER, collectorEvents } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { actorOf, cicdOf, clientOf, credentialOf, organizationOf, timeOf, vcsOf } from './audit/context.ts';
import { handedSecrets, said } from './audit/details.ts';
import { kindOf } from './audit/kinds.ts';

const MARKS = ['action', '@timestamp', 'created_at', '_document_id'];

export const githubAudit = defineSource({
  id: 'github.audit',
  title: 'GitHub audit log',
  reference:
    'https://docs.github.com/en/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/streaming-the-audit-log-for-your-enterprise',
  // Streamed to a Splunk, which we are for it: https://docs.github.com/en/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/streaming-the-audit-log-for-your-enterprise
  push: { path: '/services/collector/event', proof: authorization, split: collectorEvents, answer: COLLECTOR_ANSWER },
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
    'secret_types',
    'secret_type_display_name',
    'head_sha',
    'sha',
    'before',
    'after',
    'commit_oid',
    'request_id',
    'calling_workflow_shas',
    'public_key_fingerprint',
    'deploy_key_fingerprint',
    'fingerprint',
    'actions_cache_key',
    'actions_cache_version',
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
    organization: organizationOf(entry),
    actor: actorOf(entry),
    credential: credentialOf(entry),
    client: clientOf(entry),
    vcs: vcsOf(entry),
    cicd: cicdOf(action, entry),
  });
  const secrets = handedSecrets(action, entry);
  const first = { ...base, ...said(kindOf(action), action, entry) };
  return secrets ? [first, { ...base, ...secrets }] : [first];
}

// Azure DevOps audit log: one row, as the query API writes it (`actionId`) or a stream (`ActionId`).
import type { Actor, Client, Credential } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { anyKnown, instant, known, text } from '../../fields.ts';
import { COLLECTOR_ANSWER, collectorEvents } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { rowOf } from './audit/row.ts';
import { said } from './audit/said.ts';
import { isService, named } from './shared/identity.ts';

export const azureDevopsAudit = defineSource({
  id: 'azure-devops.audit',
  title: 'Azure DevOps audit log',
  reference: 'https://learn.microsoft.com/en-us/azure/devops/organizations/audit/auditing-events',
  // Streamed to a Splunk, which we are for it: https://learn.microsoft.com/en-us/azure/devops/organizations/audit/auditing-streaming
  push: { path: '/services/collector', proof: authorization, split: collectorEvents, answer: COLLECTOR_ANSWER },
  body: 'json',
  identifiers: [
    'id',
    'correlationId',
    'activityId',
    'actorUserId',
    'actorCUID',
    'Id',
    'CorrelationId',
    'ActivityId',
    'ActorUserId',
    'ActorCUID',
    'AuthorizationId',
    'TokenId',
  ],
  normalize,
  time: (body) => (isObject(body) ? timeOf(rowOf(body)) : undefined),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const row = isObject(record.body) ? rowOf(record.body) : {};
  const action = text(row, 'actionId');
  if (action === undefined) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is no audit row' });
  }
  const base = known({
    native_type: action,
    natural_id: text(row, 'id'),
    observed_at: timeOf(row),
    // `fabrikam (Organization)`.
    organization: text(row, 'scopeDisplayName')?.split(' (', 1)[0],
    actor: actorOf(row),
    credential: credentialOf(row),
    client: clientOf(row),
  });
  return [{ ...base, ...said(action, row) }];
}

function timeOf(row: Json): Instant | undefined {
  return instant(row, 'timestamp');
}

function actorOf(row: JsonObject): Actor | undefined {
  const principal = text(row, 'actorUPN');
  const display = text(row, 'actorDisplayName');
  const client = text(row, 'actorClientId');
  const app = principal === undefined && client !== undefined && !/^[0-]+$/.test(client);
  return named(principal ?? display, text(row, 'actorUserId') ?? text(row, 'actorCUID'), app || isService(display));
}

/** `PAT_Basic authorizationId: 0000…`: how it was signed in, and with which token. */
function credentialOf(row: JsonObject): Credential | undefined {
  const mechanism = text(row, 'authenticationMechanism');
  const [, type, id] = /^(.*?) ?(?:authorizationId|tokenId): ?([0-9a-fA-F-]{8,})/.exec(mechanism ?? '') ?? [];
  return id === undefined ? undefined : known({ id, type: type || undefined });
}

function clientOf(row: JsonObject): Client | undefined {
  return anyKnown({ address: text(row, 'ipAddress'), user_agent: text(row, 'userAgent') });
}

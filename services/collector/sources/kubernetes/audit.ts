// Audit events of a Kubernetes API server: one JSON object a line of its log, or an EventList of its webhook.
// https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { instant, known, latest, text } from '../../fields.ts';
import { listed } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { callOf, said } from './audit/said.ts';
import { actorOf, clientOf, credentialOf, originOf } from './audit/user.ts';

export const kubernetesAudit = defineSource({
  id: 'kubernetes.audit',
  title: 'Kubernetes audit events',
  reference: 'https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/',
  push: { path: '/hooks/kubernetes', proof: authorization, split: (body) => listed(body).flatMap(eventsIn) },
  body: 'json',
  identifiers: [
    'auditID',
    'uid',
    'resourceVersion',
    'authentication.kubernetes.io/credential-id',
    'authentication.kubernetes.io/node-uid',
    'authentication.kubernetes.io/pod-uid',
  ],
  // Of Secrets and of tokens, where the policy has bodies written down.
  secrets: ['data', 'stringData', 'token', 'kubectl.kubernetes.io/last-applied-configuration'],
  normalize,
  time: (body) => latest(eventsIn(body).map((event) => timeOf(event, 'stageTimestamp'))),
});

function eventsIn<Body>(body: Body): readonly Body[] {
  return isObject(body) && body.kind === 'EventList' && Array.isArray(body.items) ? body.items : [body];
}

function normalize({ body, source }: RedactedRecord): readonly ActivityDraft[] {
  return eventsIn(body).flatMap((event) => {
    if (!isObject(event) || text(event, 'auditID') === undefined || text(event, 'stage') === undefined) {
      throw new PipewardenError('RECORD_INVALID', { source, problem: 'the body is no audit event' });
    }
    return activitiesOf(event);
  });
}

/**
 * `RequestReceived` only says that a call came; what came of it follows under the same id, so nothing is lost without it. A
 * call that goes on (a watch, a shell in a pod) is told when it begins and again when it ends, and counts once.
 */
function activitiesOf(event: JsonObject): readonly ActivityDraft[] {
  if (text(event, 'stage') === 'RequestReceived') return [];
  const call = callOf(event);
  const base = known({
    native_type: call.operation,
    natural_id: text(event, 'auditID'),
    observed_at: timeOf(event, 'requestReceivedTimestamp'),
    actor: actorOf(event),
    credential: credentialOf(event),
    client: clientOf(event),
    ...originOf(event),
  });
  return said(event, call).map((piece) => ({ ...base, ...piece }));
}

function timeOf(event: Json, first: 'requestReceivedTimestamp' | 'stageTimestamp'): Instant | undefined {
  const other = first === 'stageTimestamp' ? 'requestReceivedTimestamp' : 'stageTimestamp';
  return instant(event, first) ?? instant(event, other);
}

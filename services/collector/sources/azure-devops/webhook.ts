// Azure DevOps service hooks: code, pull requests, builds, pipelines, releases; work items as discussion.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { instant, known, object, text } from '../../fields.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { mapperOf } from './webhook/events.ts';
import { organizationOf } from './webhook/hook.ts';

export const azureDevopsWebhook = defineSource({
  id: 'azure-devops.webhook',
  title: 'Azure DevOps service hooks',
  reference: 'https://learn.microsoft.com/en-us/azure/devops/service-hooks/events',
  // https://learn.microsoft.com/en-us/azure/devops/service-hooks/services/webhooks
  push: { path: '/hooks/azure-devops', proof: authorization },
  body: 'json',
  identifiers: [
    'id',
    'commitId',
    'objectId',
    'oldObjectId',
    'newObjectId',
    'sourceVersion',
    'sourceGetVersion',
    'mergeId',
  ],
  normalize,
  time: (body) => timeOf(body),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body } = record;
  const event = isObject(body) ? (text(body, 'eventType') ?? record.event) : undefined;
  if (!isObject(body) || event === undefined) {
    throw new PipewardenError('RECORD_INVALID', {
      source: record.source,
      problem: 'the body is no event of a service hook',
    });
  }
  const base = known({
    native_type: event,
    observed_at: timeOf(body),
    organization: organizationOf(body),
  });
  const resource = object(body, 'resource') ?? {};
  const pieces = mapperOf(event)?.({ event, body, resource }) ?? [];
  if (pieces.length === 0) return [{ ...base, kind: 'other', detail: { type: event } }];
  return pieces.map((piece) => ({ ...base, ...piece }));
}

/** When the event was made; what it is about has times of its own. */
function timeOf(body: Json): Instant | undefined {
  return isObject(body) ? instant(body, 'createdDate') : undefined;
}

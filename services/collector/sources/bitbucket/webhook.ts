// Bitbucket's webhook deliveries, of Cloud and of Data Center. The event is the `X-Event-Key` header.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject } from '../../../core/json.ts';
import { at, known } from '../../fields.ts';
import { hmac } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { actorOf } from './shared/people.ts';
import { organizationOf, vcsOf } from './webhook/delivery.ts';
import { eventTime, guessEvent, mapperOf, newestTime } from './webhook/events.ts';

/** Every delivery carries at least one of these. */
const MARKS = ['actor', 'repository', 'eventKey', 'test', 'push', 'pullrequest', 'pullRequest', 'resourceSpans'];

export const bitbucketWebhook = defineSource({
  id: 'bitbucket.webhook',
  title: 'Bitbucket webhooks',
  reference: 'https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/',
  push: {
    path: '/hooks/bitbucket',
    // https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/#Secure-webhooks
    proof: hmac('X-Hub-Signature', 'sha256='),
    event: 'X-Event-Key',
    // Of the cloud, and of Data Center.
    delivery: ['X-Request-UUID', 'X-Request-Id'],
  },
  body: 'json',
  identifiers: [
    'account_id',
    'commitId',
    'commit',
    'displayId',
    'fromHash',
    'toHash',
    'hash',
    'id',
    'latestCommit',
    'previousFromHash',
    'previousToHash',
    'ruleName',
    'spanId',
    'parentSpanId',
    'traceId',
    'uuid',
  ],
  normalize,
  time: (body) => (isObject(body) ? newestTime(body) : undefined),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body } = record;
  if (!isObject(body) || !MARKS.some((mark) => Object.hasOwn(body, mark))) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is not a delivery' });
  }
  const told = record.event === 'unknown' ? undefined : record.event;
  const event = told ?? guessEvent(body) ?? 'unnamed';
  const base = known({
    native_type: event,
    observed_at: eventTime(event, body),
    actor: actorOf(at(body, 'actor')),
    organization: organizationOf(body),
    vcs: at(body, 'repository') ? vcsOf(at(body, 'repository')) : undefined,
  });
  const mapper = mapperOf(event);
  if (!mapper) return [{ ...base, kind: 'other', detail: { type: event } }];
  return mapper({ event, body }).map((piece) => ({ ...base, ...piece }));
}

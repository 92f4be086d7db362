// AWS CloudTrail: one event, the `detail` of an EventBridge event, or a log file's `{"Records":[…]}`.
import { isIP } from 'node:net';
import type { Client } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import { anyKnown, at, instant, known, latest, list, text } from '../../fields.ts';
import { listed } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type Piece, type RedactedRecord } from '../../source.ts';
import { type Deed, deedOf } from './cloudtrail/deed.ts';
import { grantsOf } from './cloudtrail/grants.ts';
import { actorOf, credentialOf } from './cloudtrail/identity.ts';
import { originOf } from './cloudtrail/origin.ts';
import { isSignIn, signIn } from './cloudtrail/sign-in.ts';

/** Events of one batch that are read; how many there are more, a last activity says. */
export const MOST_EVENTS = 10_000;

export const awsCloudtrail = defineSource({
  id: 'aws.cloudtrail',
  title: 'AWS CloudTrail',
  reference:
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html',
  push: { path: '/hooks/cloudtrail', proof: authorization, split: listed },
  body: 'json',
  identifiers: [
    'principalId',
    'arn',
    'ARN',
    'roleArn',
    'eventID',
    'sharedEventID',
    'requestID',
    'assumedRoleId',
    'imageDigest',
    'secretId',
    'keyId',
  ],
  credentials: ['accessKeyId', 'credentialId'],
  normalize,
  time: (body) => latest(eventsOf(body).map((event) => instant(event, 'eventTime'))),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const events = eventsOf(record.body);
  if (events.length === 0 || !isEvent(events[0])) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is no CloudTrail event' });
  }
  const drafts = events.slice(0, MOST_EVENTS).flatMap(activitiesOf);
  const left = events.length - MOST_EVENTS;
  if (left <= 0) return drafts;
  return [
    ...drafts,
    { kind: 'other', native_type: 'Records', detail: { type: `${left} more events in the same batch` } },
  ];
}

function isEvent(event: Json | undefined): boolean {
  return ['eventName', 'eventSource', 'eventType', 'userIdentity'].some(
    (mark) => isObject(event) && Object.hasOwn(event, mark),
  );
}

function eventsOf(body: Json): readonly Json[] {
  if (!isObject(body)) return [];
  if (Object.hasOwn(body, 'Records')) return list(body, 'Records');
  return [isObject(body.detail) ? body.detail : body];
}

function activitiesOf(event: Json): readonly ActivityDraft[] {
  const deed = deedFrom(event);
  const base = known({
    native_type: deed.name ?? text(event, 'eventType') ?? 'unnamed',
    natural_id: text(event, 'eventID'),
    observed_at: instant(event, 'eventTime'),
    organization: text(event, 'recipientAccountId') ?? text(event, 'userIdentity', 'accountId'),
    actor: actorOf(event),
    credential: credentialOf(event),
    client: clientOf(event),
    ...originOf(event),
  });
  return [{ ...base, ...said(event, deed) }, ...grantsOf(event, deed).map((grant) => ({ ...base, ...grant }))];
}

function said(event: Json, deed: Deed): Piece {
  if (text(event, 'eventType') === 'AwsCloudTrailInsight') {
    const rule = text(event, 'insightDetails', 'insightType');
    const action = text(event, 'insightDetails', 'state') ?? 'found';
    return { kind: 'alert', detail: known({ action, tool: 'CloudTrail Insights', rule, title: deed.name }) };
  }
  return isSignIn(deed) ? signIn(event, deed) : deedOf(deed);
}

function deedFrom(event: Json): Deed {
  return known({
    name: text(event, 'eventName'),
    service: text(event, 'eventSource'),
    region: text(event, 'awsRegion'),
    parameters: at(event, 'requestParameters') ?? undefined,
    answer: at(event, 'responseElements') ?? undefined,
    error: text(event, 'errorCode'),
    resource: text(list(event, 'resources')[0], 'ARN'),
  });
}

/** A call that a service makes for somebody names the service where the address would stand. */
function clientOf(event: Json): Client | undefined {
  const address = text(event, 'sourceIPAddress');
  return anyKnown({
    address: address !== undefined && isIP(address) !== 0 ? address : undefined,
    user_agent: text(event, 'userAgent'),
  });
}

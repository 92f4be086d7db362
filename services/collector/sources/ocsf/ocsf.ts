// OCSF events of any product: identity, API, network, system and findings classes; others by their category.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { instant, known, numeric, text } from '../../fields.ts';
import { listed } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { CATEGORIES, CLASSES } from './classes/classes.ts';
import { type Event, namedActivity } from './classes/event.ts';
import { actorOf, clientOf, credentialOf, hostOf, processOf } from './classes/parties.ts';

export const ocsf = defineSource({
  id: 'ocsf',
  title: 'OCSF events',
  reference: 'https://schema.ocsf.io/',
  push: { path: '/hooks/ocsf', proof: authorization, split: listed },
  body: 'json',
  identifiers: [
    'uid',
    'uid_alt',
    'entity_uid',
    'correlation_uid',
    'account_uid',
    'cmd_uid',
    'transaction_uid',
    'community_uid',
    'issuer',
    'ja3_hash',
    'ja3s_hash',
    'fingerprint',
  ],
  credentials: ['credential_uid'],
  normalize,
  time: (body) => timeOf(body),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const event = isObject(record.body) ? eventOf(record.body) : undefined;
  if (!event)
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body has no class_uid' });
  const { body, classUid } = event;
  const base = known({
    native_type: text(body, 'type_name') ?? `${text(body, 'class_name') ?? classUid}: ${namedActivity(event)}`,
    natural_id: text(body, 'metadata', 'uid'),
    observed_at: timeOf(body),
    organization:
      text(body, 'cloud', 'account', 'uid') ??
      text(body, 'cloud', 'org', 'name') ??
      text(body, 'metadata', 'tenant_uid'),
    actor: actorOf(event),
    credential: credentialOf(event),
    client: clientOf(event),
    process: processOf(event),
    host: hostOf(event),
  });
  const mapper = CLASSES.get(classUid) ?? CATEGORIES.get(Math.floor(classUid / 1_000));
  const said = mapper?.(event);
  return [{ ...base, ...(said ?? { kind: 'other', detail: { type: base.native_type } }) }];
}

/** `type_uid` is the class and the activity in one: class × 100 + activity. */
function eventOf(body: JsonObject): Event | undefined {
  const type = numeric(body, 'type_uid');
  const classUid = numeric(body, 'class_uid') ?? (type === undefined ? undefined : Math.floor(type / 100));
  if (classUid === undefined) return undefined;
  const activity = numeric(body, 'activity_id') ?? (type === undefined ? 0 : type % 100);
  return { body, classUid, activity };
}

/** `time` is in milliseconds; `time_dt` is the same as text, where the profile for dates is in use. */
function timeOf(body: Json): number | undefined {
  if (!isObject(body)) return undefined;
  return instant(body, 'time') ?? instant(body, 'time_dt');
}

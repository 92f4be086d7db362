// CDEvents, in a structured CloudEvent or bare (as the HTTP binary mode sends them).
// https://cdevents.dev/docs/cloudevents-binding/
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { instant, known, object, text } from '../../fields.ts';
import { listed } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { customBase } from './events/custom.ts';
import type { CdEvent } from './events/event.ts';
import { MAPPERS } from './events/mappers.ts';

export const cdevents = defineSource({
  id: 'cdevents',
  title: 'CDEvents',
  reference: 'https://cdevents.dev/docs/spec/',
  push: { path: '/hooks/cdevents', proof: authorization, split: listed },
  body: 'json',
  identifiers: ['id', 'chainId', 'contextId', 'subject', 'artifactId', 'signature'],
  normalize,
  time: (body) => timeOf(body),
});

/** `dev.cdevents.artifact.published.0.3.0`; of other vendors' events `dev.cdeventsx.tool-subject.predicate.0.1.0`. */
const TYPE = /^dev\.cdevents\.([a-z]+)\.([a-z]+)\.\d/;

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const body = isObject(record.body) ? record.body : {};
  const data = dataOf(body);
  const type = text(data, 'context', 'type') ?? text(body, 'type');
  const subject = object(data, 'subject');
  if (type === undefined || (!subject && !type.startsWith('dev.cdevents'))) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is no CDEvent' });
  }
  const [, about = '', predicate = ''] = TYPE.exec(type) ?? [];
  const mapper = subject && MAPPERS.get(about);
  const source = text(data, 'context', 'source') ?? text(body, 'source');
  const id = text(data, 'context', 'id') ?? text(body, 'id');
  const base = known({
    native_type: about === '' ? type : `${about}.${predicate}`,
    // An id is unique within its source.
    natural_id: id === undefined ? undefined : `${source ?? ''} ${id}`,
    observed_at: timeOf(body),
    ...customBase(data.customData),
  });
  if (!mapper) return [{ ...base, kind: 'other', detail: { type } }];
  const event: CdEvent = known({
    about,
    predicate,
    subject,
    content: object(subject, 'content') ?? {},
    source,
  });
  return [{ ...base, ...mapper(event) }];
}

/** The event within the envelope, or the event itself. */
function dataOf(body: JsonObject): JsonObject {
  return isObject(body.data) ? body.data : body;
}

function timeOf(body: Json): number | undefined {
  if (!isObject(body)) return undefined;
  return instant(dataOf(body), 'context', 'timestamp') ?? instant(body, 'time');
}

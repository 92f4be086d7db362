// What a log record tells of: lines of a job's log, where it belongs to a job and is text.
// https://opentelemetry.io/docs/specs/semconv/cicd/cicd-logs/
import type { Json } from '../../../../core/json.ts';
import { known, object, text } from '../../../fields.ts';
import { chunksOf } from '../../../log/chunks.ts';
import { exposureIn } from '../../../log/exposure.ts';
import type { ActivityDraft } from '../../../source.ts';
import { hasAny } from './attributes.ts';
import { cicdOf, vcsOf } from './place.ts';
import { moment } from './spans.ts';
import { JOB } from './unpack.ts';

/**
 * Lines count from the beginning of what came in one request: nothing says what came before, nor whether more follows.
 */
export function logDrafts(resource: Json | undefined, record: Json): readonly ActivityDraft[] {
  const attributes = { ...object(resource, 'attributes'), ...object(record, 'attributes') };
  const base = known({
    native_type: text(record, 'eventName') ?? 'log',
    observed_at: moment(record, 'timeUnixNano') ?? moment(record, 'observedTimeUnixNano'),
    vcs: vcsOf(attributes),
    cicd: cicdOf(attributes),
  });
  const body = object(record)?.body;
  if (typeof body !== 'string' || !hasAny(attributes, JOB)) {
    return [{ ...base, kind: 'other', detail: { type: base.native_type } }];
  }
  const chunks = [...chunksOf(body)].map((chunk) => ({
    ...base,
    kind: 'log' as const,
    detail: { ...chunk, last: false },
  }));
  const exposure = exposureIn(body);
  return exposure ? [...chunks, { ...base, kind: 'exposure', detail: exposure }] : chunks;
}

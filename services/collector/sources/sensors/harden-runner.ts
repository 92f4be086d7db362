// StepSecurity's Harden-Runner. Public are its detections, as its webhook and its S3 export send them (one, or a run's in a
// list), and what its open agent reports; the form of its insights is not. What is neither is kept as kind `other`.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import { text } from '../../fields.ts';
import { listed } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { agentDraft } from './harden-runner/agent.ts';
import { detectionDrafts, isDetection } from './harden-runner/detection.ts';
import { moment } from './shared/values.ts';

export const hardenRunner = defineSource({
  id: 'harden-runner',
  title: 'StepSecurity Harden-Runner',
  reference: 'https://docs.stepsecurity.io/admin-console/integrations/webhook-integration',
  push: { path: '/hooks/harden-runner', proof: authorization, split: listed },
  body: 'json',
  identifiers: ['sha', 'sha256', 'detection', 'id_timestamp', 'correlation_id', 'event_id'],
  normalize,
  time: (body) => newest(entriesOf(body)),
});

/**
 * The entries of a delivery: it bundles what one run gave in `data`, the API in `data.detections`. What stands beside the
 * list is said of each of them.
 */
function entriesOf(body: Json): readonly JsonObject[] {
  if (Array.isArray(body)) return body.filter(isEntry);
  if (!isEntry(body)) return [];
  const { data, detections, ...around } = body;
  const bundled = Array.isArray(data) ? data : isEntry(data) ? data.detections : detections;
  return Array.isArray(bundled) ? bundled.filter(isEntry).map((entry) => ({ ...around, ...entry })) : [body];
}

function isEntry(value: Json | undefined): value is JsonObject {
  return isObject(value) && Object.keys(value).length > 0;
}

function newest(entries: readonly JsonObject[]): Instant | undefined {
  const times = entries.map((entry) => moment(entry, 'timestamp') ?? moment(entry, 'Timestamp'));
  return times.reduce((latest, time) => (latest === undefined || (time ?? 0) > latest ? time : latest), undefined);
}

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const entries = entriesOf(record.body);
  if (entries.length === 0) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body holds no event' });
  }
  return entries.flatMap((entry) => {
    if (isDetection(entry)) return detectionDrafts(entry);
    return agentDraft(entry, record) ?? unknown(entry);
  });
}

function unknown(entry: JsonObject): ActivityDraft {
  const type = text(entry, 'type') ?? text(entry, 'id') ?? 'unnamed';
  return { native_type: type, kind: 'other', detail: { type } };
}

// Tetragon's events: one JSON object an event, as it exports them to a file or prints them. In `pod`, `process_credentials`
// and `cap` stand more than an activity carries; they stay in the record.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';
import { instant, known, object, text } from '../../fields.ts';
import { listed } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { BLIND, type Deed } from './shared/deed.ts';
import { fileDeed } from './shared/files.ts';
import { count } from './shared/values.ts';
import { hooked } from './tetragon/deeds.ts';
import { placeOfEvent, processOf } from './tetragon/process.ts';

export const tetragon = defineSource({
  id: 'tetragon',
  title: 'Tetragon',
  reference: 'https://tetragon.io/docs/reference/grpc-api/#geteventsresponse',
  push: { path: '/hooks/tetragon', proof: authorization, split: listed },
  body: 'json',
  identifiers: ['exec_id', 'parent_exec_id', 'docker', 'uid', 'cookie', 'buildid', 'ima_hash'],
  normalize,
  time: (body) => instant(body, 'time'),
});

/** The one field whose name tells the type; a type of a later version is known by its form. */
function typeOf(body: JsonObject): string | undefined {
  return Object.keys(body).find((key) => key.startsWith('process_') || key === 'rate_limit_info' || key === 'test');
}

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body, source } = record;
  const type = isObject(body) ? typeOf(body) : undefined;
  if (!isObject(body) || type === undefined) {
    throw new PipewardenError('RECORD_INVALID', { source, problem: 'the body is not an event of Tetragon' });
  }
  const event = object(body, type) ?? {};
  const process = object(event, 'process');
  const base = known({
    native_type: type,
    natural_id: naturalId(type, body, event, process),
    observed_at: instant(body, 'time'),
    process: process && processOf(event, process),
    ...placeOfEvent(body, process),
  });
  return [{ ...base, ...deedOf(type, event) }];
}

/**
 * A process is named once in all of a cluster and all time. What it did is told apart by when and to what; clocks of
 * sensors may be coarse.
 */
function naturalId(
  type: string,
  body: JsonObject,
  event: JsonObject,
  process: JsonObject | undefined,
): string | undefined {
  const id = text(process, 'exec_id');
  const time = text(body, 'time');
  if (id === undefined || time === undefined) return undefined;
  const deed = hookOf(type, event);
  const parts = [type, text(body, 'node_name') ?? '', id, time];
  return (deed === undefined ? parts : [...parts, deed, JSON.stringify(event.args ?? [])]).join(' ');
}

function hookOf(type: string, event: JsonObject): string | undefined {
  switch (type) {
    case 'process_kprobe':
    case 'process_lsm':
      return text(event, 'function_name');
    case 'process_tracepoint':
      return text(event, 'event');
    case 'process_uprobe':
      return text(event, 'symbol');
    case 'process_usdt':
      return text(event, 'name');
    case 'process_loader':
      return text(event, 'path');
    default:
      return undefined;
  }
}

function deedOf(type: string, event: JsonObject): Deed {
  const hook = hookOf(type, event);
  switch (type) {
    case 'process_exec':
      return { kind: 'process', detail: { action: 'start' } };
    case 'process_exit':
      return { kind: 'process', detail: { action: 'end' } };
    case 'process_loader':
      return hook === undefined ? { kind: 'other', detail: { type } } : fileDeed('read', hook);
    case 'rate_limit_info':
      return blind('rate limit', `${count(event, 'number_of_dropped_process_events') ?? 'Some'} events were dropped`);
    case 'process_throttle':
      // https://tetragon.io/docs/concepts/cgroup-rate/
      return text(event, 'type') === 'THROTTLE_START'
        ? blind('cgroup rate', `Events of ${text(event, 'cgroup') ?? 'a cgroup'} are not told for now`)
        : { kind: 'other', detail: { type } };
    default:
      return hook === undefined ? { kind: 'other', detail: { type } } : hooked(type, hook, event);
  }
}

function blind(rule: string, title: string): Deed {
  return { kind: 'alert', detail: { action: BLIND, tool: 'tetragon', rule, title } };
}

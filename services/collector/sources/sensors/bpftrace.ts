// Pipewarden's own sensor: the lines of deploy/sensors/bpftrace/pipewarden.bt, whose format README.md beside it describes.
import type { Process } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { anyKnown, identifier, instant, known, number, text } from '../../fields.ts';
import { listed } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { unpackLine } from './bpftrace/line.ts';
import { BLIND, type Deed } from './shared/deed.ts';
import { endpoint } from './shared/endpoints.ts';
import { fileDeed, openAction } from './shared/files.ts';
import { lookupOf } from './shared/names.ts';
import { placeOf } from './shared/place.ts';
import { count } from './shared/values.ts';

const VERSION = 1;

export const bpftrace = defineSource({
  id: 'bpftrace',
  title: 'Pipewarden’s sensor for bpftrace',
  reference: 'https://github.com/bpftrace/bpftrace/blob/master/man/adoc/bpftrace.adoc',
  push: { path: '/hooks/bpftrace', proof: authorization, split: listed },
  body: 'json',
  identifiers: ['cgroup'],
  unpack: unpackLine,
  normalize,
  time: (body) => timeOf(body),
});

function timeOf(body: Json) {
  const event = unpackLine(body);
  const time = isObject(event) ? event.time : undefined;
  return typeof time === 'string' ? instant(time) : undefined;
}

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const { body, source } = record;
  const type = text(body, 'type');
  if (!isObject(body) || type === undefined || !(Object.hasOwn(body, 'v') || Object.hasOwn(body, 'data'))) {
    throw new PipewardenError('RECORD_INVALID', { source, problem: 'the body is not an event of the sensor' });
  }
  if (body.v !== undefined && body.v !== VERSION) {
    throw new PipewardenError('RECORD_INVALID', { source, problem: `its version is not ${VERSION}` });
  }
  const base = known({
    native_type: type,
    observed_at: instant(body, 'time'),
    process: processOf(type, body),
    ...placeOf({ host: text(body, 'host'), cgroup: identifier(body, 'cgroup') }),
  });
  if (type === 'alive' || type === 'start') return [{ ...base, kind: 'tick', detail: {} }];
  return [{ ...base, ...deedOf(type, body) }];
}

/** The program by its path where it has just started, else by its short name. */
function processOf(type: string, body: JsonObject): Process | undefined {
  const parent = anyKnown({ executable: text(body, 'pcomm'), pid: number(body, 'ppid') });
  return anyKnown({
    executable: (type === 'process' ? text(body, 'path') : undefined) ?? text(body, 'comm'),
    command_line: text(body, 'args'),
    pid: number(body, 'pid'),
    user: count(body, 'uid')?.toString(),
    ancestors: parent === undefined ? undefined : [parent],
  });
}

function deedOf(type: string, body: JsonObject): Deed {
  switch (type) {
    case 'process':
      return { kind: 'process', detail: { action: 'start' } };
    case 'exit':
      return { kind: 'process', detail: { action: 'end' } };
    case 'stop':
      return blind('stop', 'The sensor was stopped');
    case 'lost':
      return blind('lost', `${count(body, 'events') ?? 'Some'} events were lost`);
    default:
      return carried(type, body) ?? { kind: 'other', detail: { type } };
  }
}

function carried(type: string, body: JsonObject): Deed | undefined {
  switch (type) {
    case 'connect': {
      const remote = endpoint(text(body, 'address'), number(body, 'port'));
      const transport = text(body, 'transport') === 'udp' ? ('udp' as const) : undefined;
      return remote && { kind: 'connection', detail: known({ ...remote, transport, direction: 'egress' as const }) };
    }
    case 'dns':
      return lookupOf(text(body, 'name'), false);
    case 'open': {
      const path = text(body, 'path');
      return path === undefined ? undefined : fileDeed(openAction(number(body, 'flags')), path);
    }
    case 'memory': {
      const action = text(body, 'action');
      const pid = number(body, 'target');
      if (action !== 'read' && action !== 'write' && action !== 'trace') return undefined;
      return { kind: 'memory', detail: known({ action, target: pid === undefined ? undefined : { pid } }) };
    }
    default:
      return undefined;
  }
}

function blind(rule: string, title: string): Deed {
  return { kind: 'alert', detail: { action: BLIND, tool: 'bpftrace', rule, title } };
}

// An event of Tracee in either of its two forms, read into one: the older `trace.Event` (`eventName`, `args`) and the
// newer, the protocol buffer `v1beta1.Event` (`name`, `workload`, `data`).
// https://aquasecurity.github.io/tracee/latest/docs/outputs/event-structure/
import { isObject, type Json, type JsonObject } from '../../../../core/json.ts';
import type { Instant } from '../../../../core/time.ts';
import { at, list, object, text } from '../../../fields.ts';
import { moment } from '../shared/values.ts';

/** Arguments by name, without their types. */
export type Arguments = ReadonlyMap<string, Json>;

/** What happened: the event itself, or the one that a signature was triggered by. */
export interface Happening {
  readonly name: string;
  readonly args: Arguments;
  /** Of a system call: negative where it failed. */
  readonly returned: number | undefined;
}

export interface Threat {
  readonly rule: string | undefined;
  readonly title: string | undefined;
  readonly level: string | undefined;
}

export interface TraceeEvent extends Happening {
  readonly body: JsonObject;
  readonly older: boolean;
  readonly time: Instant | undefined;
  /** Of events that a signature or detector raised. */
  readonly threat: Threat | undefined;
  readonly trigger: Happening | undefined;
}

/** Undefined when it is no event of Tracee. */
export function readEvent(body: Json): TraceeEvent | undefined {
  if (!isObject(body)) return undefined;
  const older = text(body, 'eventName');
  if (older !== undefined) {
    const args = argumentsOf(list(body, 'args'));
    return {
      body,
      older: true,
      name: older,
      args,
      time: timeOf(body),
      returned: signed(body.returnValue),
      threat: signatureOf(body, older),
      trigger: happening(args.get('triggeredBy') ?? args.get('detectedFrom'), 'args'),
    };
  }
  const name = Object.hasOwn(body, 'workload') || Object.hasOwn(body, 'data') ? text(body, 'name') : undefined;
  if (name === undefined) return undefined;
  const args = argumentsOf(list(body, 'data'));
  return {
    body,
    older: false,
    name,
    args,
    time: timeOf(body),
    returned: signed(args.get('returnValue')),
    threat: threatOf(body, name),
    trigger: happening(body.detected_from ?? body.triggered_by, 'data'),
  };
}

/**
 * The older form counts nanoseconds: since 1970, or since the machine started, which tells no time. The newer has RFC 3339
 * text, or seconds and nanoseconds.
 */
export function timeOf(body: Json): Instant | undefined {
  const found = at(body, 'timestamp');
  return typeof found === 'number' && found < 1e17 ? undefined : moment(body, 'timestamp');
}

function signed(value: Json | undefined): number | undefined {
  const found = Number(typeof value === 'string' || typeof value === 'number' ? value : Number.NaN);
  return Number.isFinite(found) ? found : undefined;
}

function happening(value: Json | undefined, args: 'args' | 'data'): Happening | undefined {
  const name = isObject(value) ? text(value, 'name') : undefined;
  if (name === undefined) return undefined;
  const read = argumentsOf(list(value, args));
  return { name, args: read, returned: signed(at(value, 'returnValue') ?? read.get('returnValue')) };
}

/** `{"name","type","value"}`, or `{"name"}` with one more key that tells the type: `{"name":"argv","str_array":{"value":[…]}}`. */
function argumentsOf(entries: readonly Json[]): Arguments {
  const found = new Map<string, Json>();
  for (const entry of entries) {
    const name = text(entry, 'name');
    if (!isObject(entry) || name === undefined) continue;
    const type = Object.hasOwn(entry, 'value') ? 'value' : Object.keys(entry).find((key) => key !== 'name');
    const value = type === undefined ? undefined : unwrapped(entry[type]);
    if (value !== undefined && value !== null) found.set(name, value);
  }
  return found;
}

/** Lists of the newer form stand in an object of their own. */
function unwrapped(value: Json | undefined): Json | undefined {
  if (!isObject(value)) return value;
  const inner = value.value ?? value.questions ?? value.responses;
  return Array.isArray(inner) && !Object.hasOwn(value, 'answers') ? inner : value;
}

/** By number, as in api/v1beta1/threat.proto; signatures of the older form count alike. */
const LEVELS = ['info', 'low', 'medium', 'high', 'critical'];

function levelOf(severity: Json | undefined): string | undefined {
  if (typeof severity === 'string') return /^\d$/.test(severity) ? LEVELS[Number(severity)] : severity.toLowerCase();
  return typeof severity === 'number' ? LEVELS[severity] : undefined;
}

function signatureOf(body: JsonObject, name: string): Threat | undefined {
  const properties = object(body, 'metadata', 'Properties');
  if (!properties) return undefined;
  return {
    rule: text(properties, 'signatureID') ?? name,
    title: text(properties, 'signatureName') ?? text(body, 'metadata', 'Description'),
    level: levelOf(properties.Severity),
  };
}

function threatOf(body: JsonObject, name: string): Threat | undefined {
  const threat = object(body, 'threat');
  if (!threat) return undefined;
  return {
    rule: text(threat, 'properties', 'signatureID') ?? text(threat, 'properties', 'id') ?? name,
    title: text(threat, 'name') ?? text(threat, 'description'),
    level: levelOf(threat.severity),
  };
}

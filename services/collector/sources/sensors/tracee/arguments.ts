// Reading single arguments of an event.
import { isObject, type Json } from '../../../../core/json.ts';
import { list, text } from '../../../fields.ts';
import { type Endpoint, endpoint } from '../shared/endpoints.ts';
import { count } from '../shared/values.ts';
import type { Arguments } from './event.ts';

export function firstText(args: Arguments, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = args.get(name);
    if (typeof found === 'string' && found !== '') return found;
  }
  return undefined;
}

export function argumentTexts(args: Arguments, name: string): readonly string[] {
  const found = args.get(name);
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
}

/** A flag or request: a number, or its name where Tracee was told to parse arguments. */
export function wordOrNumber(args: Arguments, name: string): string | number | undefined {
  const found = args.get(name);
  if (typeof found !== 'string') return typeof found === 'number' ? found : undefined;
  return /^\d{1,10}$/.test(found) ? Number(found) : found;
}

/** `{"sa_family":"AF_INET","sin_addr":"203.0.113.9","sin_port":"443"}`; undefined for sockets of the machine itself. */
export function addressOf(value: Json | undefined): Endpoint | undefined {
  if (!isObject(value)) return undefined;
  return endpoint(
    text(value, 'sin_addr') ?? text(value, 'sin6_addr'),
    count(value, 'sin_port') ?? count(value, 'sin6_port'),
  );
}

export interface Packet {
  readonly from: Endpoint | undefined;
  readonly to: Endpoint | undefined;
  readonly bytes: number | undefined;
  readonly direction: 'egress' | 'ingress' | undefined;
}

/** Ends of a packet or flow: as arguments of their own, or in `metadata`. */
export function packetOf(args: Arguments): Packet {
  const about = args.get('metadata');
  const part = (name: string, other: string) => (isObject(about) ? (about[name] ?? about[other]) : undefined);
  const side = (name: 'src' | 'dst') =>
    endpoint(
      firstText(args, name) ?? text(part(`${name}_ip`, `${name}IP`)),
      count(args.get(`${name}_port`)) ?? count(part(`${name}_port`, `${name}Port`)),
    );
  return {
    from: side('src'),
    to: side('dst'),
    bytes: count(part('packet_len', 'packetLen')),
    direction: directionOf(part('direction', 'direction')),
  };
}

/** 1 came in; 2 went out in the older form (types/trace/network_trace.go), 3 in the newer (api/v1beta1/event_data.proto). */
function directionOf(value: Json | undefined): 'egress' | 'ingress' | undefined {
  if (value === 2 || value === 3) return 'egress';
  if (value === 1) return 'ingress';
  const word = typeof value === 'string' ? value.toLowerCase() : undefined;
  return word === 'egress' || word === 'ingress' ? word : undefined;
}

export function firstOf(value: Json | undefined): Json | undefined {
  return list(value)[0];
}

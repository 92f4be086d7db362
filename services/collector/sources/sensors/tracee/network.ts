// Network events of Tracee, which it derives from packets: https://aquasecurity.github.io/tracee/latest/docs/events/builtin/network/
import { isObject, type Json } from '../../../../core/json.ts';
import { at, known, list, text } from '../../../fields.ts';
import type { Deed } from '../shared/deed.ts';
import type { Endpoint } from '../shared/endpoints.ts';
import { lookupOf } from '../shared/names.ts';
import { argumentTexts, firstOf, firstText, type Packet, packetOf } from './arguments.ts';
import type { Arguments } from './event.ts';

/** Undefined where a deed cannot be told, and for events that are not of the network. */
export function networkDeed(name: string, args: Arguments): Deed | undefined {
  if (name.startsWith('net_packet_dns')) return dns(args);
  if (name.startsWith('net_packet_http')) return http(args);
  if (name === 'net_flow_tcp_begin') return flow(args);
  const transport = name.endsWith('_tcp') ? 'tcp' : name.endsWith('_udp') ? 'udp' : undefined;
  return name.startsWith('net_packet_') ? connection(packetOf(args), { transport }) : undefined;
}

type More = {
  readonly host?: string | undefined;
  readonly path?: string | undefined;
  readonly transport?: 'tcp' | 'udp' | undefined;
};

/**
 * The other side is where a packet went to or came from. Where its direction is not told, it is the side that serves:
 * the one with the smaller port.
 */
function connection({ from, to, bytes, direction }: Packet, { host, path, transport }: More): Deed | undefined {
  const other = direction === undefined ? serving(from, to) : direction === 'egress' ? to : from;
  if (!other) return undefined;
  return {
    kind: 'connection',
    detail: known({
      host,
      address: other.address,
      port: direction === 'ingress' ? to?.port : other.port,
      transport,
      direction,
      path,
      bytes: direction === 'egress' ? bytes : undefined,
    }),
  };
}

function serving(from: Endpoint | undefined, to: Endpoint | undefined): Endpoint | undefined {
  return from?.port !== undefined && to?.port !== undefined && from.port < to.port ? from : (to ?? from);
}

function flow(args: Arguments): Deed | undefined {
  const word = firstText(args, 'conn_direction');
  const direction = word === 'outgoing' ? ('egress' as const) : word === 'incoming' ? ('ingress' as const) : undefined;
  const host = direction === 'ingress' ? undefined : argumentTexts(args, 'dst_dns')[0];
  return connection({ ...packetOf(args), direction }, { host, transport: 'tcp' });
}

function http(args: Arguments): Deed | undefined {
  const told = args.get('proto_http') ?? args.get('http_request') ?? args.get('http');
  const host = text(told, 'host')?.split(':', 1)[0];
  return connection(packetOf(args), { host, path: text(told, 'uri_path'), transport: 'tcp' });
}

/** Questions and answers stand in `proto_dns`, or each in an argument of its own. */
function dns(args: Arguments): Deed | undefined {
  const message = args.get('proto_dns') ?? args.get('dns');
  const question = firstOf(at(message, 'questions')) ?? firstOf(args.get('dns_questions'));
  const response = firstOf(args.get('dns_response') ?? args.get('dns_responses'));
  const asked = question ?? at(response, 'query_data') ?? at(response, 'dns_query_data');
  const answers = [...list(message, 'answers'), ...list(response, 'dns_answer')].map(addressIn);
  const addresses = answers.filter((address) => address !== undefined);
  return lookupOf(text(asked, 'name') ?? text(asked, 'query'), false, {
    type: text(asked, 'type') ?? text(asked, 'query_type'),
    addresses: addresses.length > 0 ? addresses : undefined,
  });
}

function addressIn(answer: Json): string | undefined {
  if (!isObject(answer)) return undefined;
  const type = text(answer, 'type') ?? text(answer, 'answer_type');
  if (type !== 'A' && type !== 'AAAA') return undefined;
  return text(answer, 'IP') ?? text(answer, 'ip') ?? text(answer, 'answer');
}

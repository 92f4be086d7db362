// Network Activity, category 4. https://schema.ocsf.io/categories/network

import type { ActivityDetails } from '../../../../core/activity.ts';
import { known, list, numeric, text } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { type Event, verdictOf } from './event.ts';

const DIRECTIONS: Readonly<Record<number, 'egress' | 'ingress'>> = { 1: 'ingress', 2: 'egress' };

/** 4001, 4002 and the protocols above them: who talks to whom. */
export function connection(event: Event): Piece {
  const { body } = event;
  const protocol = text(body, 'connection_info', 'protocol_name')?.toLowerCase();
  return {
    kind: 'connection',
    detail: known({
      host:
        text(body, 'dst_endpoint', 'hostname') ??
        text(body, 'http_request', 'url', 'hostname') ??
        text(body, 'url', 'hostname'),
      address: text(body, 'dst_endpoint', 'ip'),
      port: numeric(body, 'dst_endpoint', 'port'),
      transport: transportOf(protocol, numeric(body, 'connection_info', 'protocol_num')),
      direction: DIRECTIONS[numeric(body, 'connection_info', 'direction_id') ?? 0],
      verdict: verdictOf(event),
      path: text(body, 'http_request', 'url', 'path'),
      bytes: numeric(body, 'traffic', 'bytes_out'),
    }),
  };
}

/** Protocol numbers of IANA: 6 is TCP, 17 UDP. */
function transportOf(name: string | undefined, number: number | undefined): ActivityDetails['connection']['transport'] {
  if (name === 'tcp' || number === 6) return 'tcp';
  return name === 'udp' || number === 17 ? 'udp' : undefined;
}

/** 4003. */
export function dns(event: Event): Piece | undefined {
  const { body } = event;
  const name = text(body, 'query', 'hostname');
  if (name === undefined) return undefined;
  const addresses = list(body, 'answers').flatMap((answer) => text(answer, 'rdata') ?? []);
  return {
    kind: 'dns',
    detail: known({
      name,
      type: text(body, 'query', 'type'),
      addresses: addresses.length === 0 ? undefined : addresses,
      verdict: verdictOf(event),
    }),
  };
}

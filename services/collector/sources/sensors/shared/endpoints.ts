// The other side of a connection, as sensors write it.
import { isIP } from 'node:net';
import { known } from '../../../fields.ts';

export interface Endpoint {
  readonly host?: string;
  readonly address?: string;
  readonly port?: number;
}

/** A host's name or address, with what is known of its port. Undefined for the empty and the unspecified address. */
export function endpoint(where: string | undefined, port?: number): Endpoint | undefined {
  if (where === undefined || where === '') return undefined;
  const bare = where.startsWith('::ffff:') && isIP(where.slice(7)) === 4 ? where.slice(7) : where;
  if (bare === '0.0.0.0' || bare === '::') return undefined;
  const known_port = port !== undefined && port > 0 ? port : undefined;
  return isIP(bare) > 0
    ? known({ address: bare, port: known_port })
    : known({ host: bare.toLowerCase(), port: known_port });
}

/** `registry.example:443`, `10.0.0.1:443`, `[fd00::1]:443`, `fd00::1:443` (as Falco writes it), or any without a port. */
export function parseEndpoint(text: string): Endpoint | undefined {
  if (isIP(text) > 0) return endpoint(text);
  const colon = text.lastIndexOf(':');
  const digits = colon < 0 ? '' : text.slice(colon + 1);
  if (!/^\d{1,5}$/.test(digits)) return endpoint(text);
  return endpoint(text.slice(0, colon).replace(/^\[|\]$/g, ''), Number(digits));
}

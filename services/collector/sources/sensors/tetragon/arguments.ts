// The arguments of a hooked function: a list of objects, each with one key that tells the type (`sock_arg`, `file_arg`).
// https://tetragon.io/docs/reference/grpc-api/#kprobeargument
import { isObject, type Json } from '../../../../core/json.ts';
import { text } from '../../../fields.ts';
import { type Endpoint, endpoint } from '../shared/endpoints.ts';
import { count } from '../shared/values.ts';

const PATHS = ['file_arg', 'path_arg', 'linux_binprm_arg'];
const NUMBERS = ['int_arg', 'uint_arg', 'long_arg'];

/** The first argument of a type. */
export function argument(args: readonly Json[], type: string): Json | undefined {
  for (const one of args) if (isObject(one) && one[type] !== undefined) return one[type];
  return undefined;
}

/** Files, in order: as the kernel resolved them, or as the program wrote them. */
export function paths(args: readonly Json[]): readonly string[] {
  return args.map(pathOf).filter((path) => path !== undefined);
}

/** Whole numbers, in order. */
export function numbers(args: readonly Json[]): readonly number[] {
  return args.map(numberOf).filter((value) => value !== undefined);
}

/** The first number that stands behind the first path: flags of an open, the mask of a permission check. */
export function numberAfterPath(args: readonly Json[]): number | undefined {
  const first = args.findIndex((one) => pathOf(one) !== undefined);
  return first < 0 ? undefined : numbers(args.slice(first + 1))[0];
}

function pathOf(one: Json): string | undefined {
  if (!isObject(one)) return undefined;
  const type = PATHS.find((name) => one[name] !== undefined);
  return type === undefined ? text(one, 'string_arg') : text(one, type, 'path');
}

function numberOf(one: Json): number | undefined {
  if (!isObject(one)) return undefined;
  const type = NUMBERS.find((name) => one[name] !== undefined);
  return type === undefined ? undefined : count(one, type);
}

export interface Socket {
  /** Destination of a connection that was opened or of a packet that was sent. */
  readonly remote: Endpoint | undefined;
  /** Port on this side. */
  readonly port: number | undefined;
  readonly transport: 'tcp' | 'udp' | undefined;
}

/** Undefined where no network is involved (AF_UNIX) or the arguments hold no socket. */
export function socketOf(args: readonly Json[]): Socket | undefined {
  const found = argument(args, 'sock_arg') ?? argument(args, 'skb_arg');
  if (isObject(found)) {
    return {
      remote: endpoint(text(found, 'daddr'), count(found, 'dport')),
      port: count(found, 'sport'),
      transport: transportOf(text(found, 'protocol')),
    };
  }
  const address = argument(args, 'sockaddr_arg');
  if (!isObject(address)) return undefined;
  return { remote: endpoint(text(address, 'addr'), count(address, 'port')), port: undefined, transport: undefined };
}

/** `IPPROTO_TCP`. */
function transportOf(protocol: string | undefined): 'tcp' | 'udp' | undefined {
  if (protocol?.endsWith('TCP')) return 'tcp';
  return protocol?.endsWith('UDP') ? 'udp' : undefined;
}

export function sizeOf(args: readonly Json[]): number | undefined {
  return count(argument(args, 'size_arg'));
}

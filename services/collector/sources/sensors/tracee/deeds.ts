// What an event of Tracee says was done, by its name: system calls, security hooks, and what Tracee derives from them.
// https://aquasecurity.github.io/tracee/latest/docs/events/
import { known } from '../../../fields.ts';
import { type Call, callOf } from '../shared/calls.ts';
import { type Deed, RAISED } from '../shared/deed.ts';
import { endpoint } from '../shared/endpoints.ts';
import { fileDeed, openAction } from '../shared/files.ts';
import { memoryDeed } from '../shared/memory.ts';
import { count } from '../shared/values.ts';
import { addressOf, argumentTexts, firstText, wordOrNumber } from './arguments.ts';
import type { Arguments, Happening } from './event.ts';
import { networkDeed } from './network.ts';

/** Calls that are under way when they return. */
const PENDING: readonly (Call | undefined)[] = ['connect', 'send'];

/** Undefined for what no kind of activity carries, and for a call that failed: nothing was done then. */
export function deedOf({ name, args, returned = 0 }: Happening): Deed | undefined {
  const call = callOf(name);
  if (returned < 0 && !name.startsWith('security_') && !PENDING.includes(call)) return undefined;
  if (name === 'net_tcp_connect') return tcpConnect(args);
  return networkDeed(name, args) ?? (call && called(call, name, args));
}

function called(call: Call, name: string, args: Arguments): Deed | undefined {
  switch (call) {
    case 'exec':
      return { kind: 'process', detail: { action: 'start' } };
    case 'exit':
      return { kind: 'process', detail: { action: 'end' } };
    case 'trace':
    case 'peek':
    case 'poke':
      return memoryDeed(call, count(args.get('pid')), wordOrNumber(args, 'request'));
    case 'connect':
    case 'send':
      return egress(args);
    case 'accept':
    case 'listen':
      return ingress(args);
    case 'module':
      return {
        kind: 'alert',
        detail: known({ action: RAISED, tool: 'tracee', rule: name, title: moduleTitle(name, args) }),
      };
    default:
      return file(call, args);
  }
}

function moduleTitle(name: string, args: Arguments): string {
  return [name, firstText(args, 'name', 'pathname')].filter((part) => part !== undefined).join(' ');
}

function egress(args: Arguments): Deed | undefined {
  const remote = addressOf(args.get('remote_addr') ?? args.get('addr') ?? args.get('dest_addr'));
  if (!remote) return undefined;
  const type = firstText(args, 'type');
  const transport = type?.includes('STREAM')
    ? ('tcp' as const)
    : type?.includes('DGRAM')
      ? ('udp' as const)
      : undefined;
  return { kind: 'connection', detail: known({ ...remote, transport, direction: 'egress' as const }) };
}

/** The address that came, and the port of this side. */
function ingress(args: Arguments): Deed | undefined {
  const remote = addressOf(args.get('remote_addr') ?? args.get('addr'));
  const own = addressOf(args.get('local_addr'));
  if (!remote && !own) return undefined;
  return {
    kind: 'connection',
    detail: known({ address: remote?.address, port: own?.port, direction: 'ingress' as const }),
  };
}

function tcpConnect(args: Arguments): Deed | undefined {
  const remote = endpoint(firstText(args, 'dst', 'dst_ip'), count(args.get('dst_port')));
  if (!remote) return undefined;
  const host = argumentTexts(args, 'dst_dns')[0] ?? argumentTexts(args, 'results')[0];
  return {
    kind: 'connection',
    detail: known({ host, ...remote, transport: 'tcp' as const, direction: 'egress' as const }),
  };
}

function file(
  call: Exclude<
    Call,
    'exec' | 'exit' | 'trace' | 'peek' | 'poke' | 'connect' | 'send' | 'accept' | 'listen' | 'module'
  >,
  args: Arguments,
): Deed | undefined {
  const made = firstText(args, 'new_path', 'newpath', 'newname', 'linkpath');
  const old = firstText(args, 'old_path', 'oldpath', 'oldname', 'target', 'dev_name', 'source');
  const path = firstText(args, 'pathname', 'file_path', 'path', 'file_name', 'filename', 'dir_name');
  if (call === 'rename') return old === undefined ? undefined : fileDeed(call, old, made);
  if (call === 'link' || call === 'mount') {
    const where = made ?? path ?? (call === 'mount' ? firstText(args, 'target') : undefined);
    return where === undefined ? undefined : fileDeed(call, where, old === where ? undefined : old);
  }
  if (path === undefined) return undefined;
  if (call !== 'open' && call !== 'permission') return fileDeed(call, path);
  return fileDeed(openAction(wordOrNumber(args, 'flags')), path);
}

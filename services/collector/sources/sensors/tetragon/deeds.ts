// What an event of a hook says was done. Which functions are hooked is the user's own tracing policy, so the same deed may
// come under several names; what no kind of activity can carry is an alert where the policy's author gave it words.
import type { Json, JsonObject } from '../../../../core/json.ts';
import { known, list, text } from '../../../fields.ts';
import { type Call, callOf } from '../shared/calls.ts';
import { type Deed, RAISED } from '../shared/deed.ts';
import { fileDeed, openAction } from '../shared/files.ts';
import { memoryDeed } from '../shared/memory.ts';
import { isLookup, lookupOf } from '../shared/names.ts';
import { argument, numberAfterPath, numbers, paths, sizeOf, socketOf } from './arguments.ts';

/** `type`: `process_kprobe` …; `name`: the function, hook, tracepoint or symbol. */
export function hooked(type: string, name: string, event: JsonObject): Deed {
  const args = list(event, 'args');
  const call = callOf(name);
  const found = isLookup(name) ? lookup(args, event) : call && called(call, args, event);
  return found ?? told(type, name, call, args, event);
}

function called(call: Call, args: readonly Json[], event: JsonObject): Deed | undefined {
  const [first, second] = paths(args);
  switch (call) {
    case 'connect':
    case 'send':
      return connection(call, 'egress', args, event);
    case 'accept':
    case 'listen':
      return connection(call, 'ingress', args, event);
    case 'trace':
      return memoryDeed(call, numbers(args)[1], numbers(args)[0]);
    case 'peek':
    case 'poke':
      return memoryDeed(call, numbers(args)[0]);
    case 'exit':
      return { kind: 'process', detail: { action: 'end' } };
    case 'module':
      return undefined;
  }
  if (first === undefined) return undefined;
  switch (call) {
    case 'exec':
      return fileDeed('read', first);
    case 'open':
      return fileDeed(openAction(numberAfterPath(args)), first);
    case 'permission':
      return fileDeed(writes(numberAfterPath(args)) ? 'write' : 'read', first);
    case 'link':
    case 'mount':
      // What is made stands last: link(old, new), mount(source, target).
      return second === undefined ? fileDeed(call, first) : fileDeed(call, second, first);
    case 'rename':
      return fileDeed(call, first, second);
    default:
      return fileDeed(call, first);
  }
}

/** MAY_WRITE and MAY_APPEND of include/linux/fs.h. */
function writes(mask = 0): boolean {
  return (mask & 0b1010) !== 0;
}

/** Of a connection that was accepted: the address that came, and the port of this side that it came to. */
function connection(
  call: Call,
  direction: 'egress' | 'ingress',
  args: readonly Json[],
  event: JsonObject,
): Deed | undefined {
  const socket = socketOf(args);
  if (!socket) return undefined;
  const { remote, port, transport } = socket;
  if (direction === 'egress' && !remote) return undefined;
  return {
    kind: 'connection',
    detail: known({
      ...remote,
      ...(direction === 'ingress' && known({ port })),
      transport,
      direction,
      verdict: stopped(event) ? ('blocked' as const) : undefined,
      bytes: call === 'send' ? sizeOf(args) : undefined,
    }),
  };
}

function lookup(args: readonly Json[], event: JsonObject): Deed | undefined {
  return lookupOf(text(argument(args, 'string_arg')), stopped(event));
}

const STOPS = new Set(['KPROBE_ACTION_SIGKILL', 'KPROBE_ACTION_OVERRIDE', 'KPROBE_ACTION_NOTIFYENFORCER']);

function stopped(event: JsonObject): boolean {
  return STOPS.has(text(event, 'action') ?? '') || STOPS.has(text(event, 'return_action') ?? '');
}

function told(type: string, name: string, call: Call | undefined, args: readonly Json[], event: JsonObject): Deed {
  const message = text(event, 'message');
  const module = call === 'module' ? (text(argument(args, 'module_arg'), 'name') ?? paths(args)[0]) : undefined;
  if (message === undefined && module === undefined) return { kind: 'other', detail: { type: `${type}/${name}` } };
  return {
    kind: 'alert',
    detail: known({
      action: RAISED,
      tool: 'tetragon',
      rule: text(event, 'policy_name') ?? name,
      title: message ?? `${name} ${module}`,
    }),
  };
}

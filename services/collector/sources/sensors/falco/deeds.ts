// The deed that an alert rests on, where its fields carry it: `evt.type` with what `fd.*` and `evt.arg.*` say.
import type { JsonObject } from '../../../../core/json.ts';
import { flag, known } from '../../../fields.ts';
import { type Call, callOf } from '../shared/calls.ts';
import type { Deed } from '../shared/deed.ts';
import { endpoint, parseEndpoint } from '../shared/endpoints.ts';
import { type FileAction, fileDeed, openAction } from '../shared/files.ts';
import { memoryDeed } from '../shared/memory.ts';
import { count } from '../shared/values.ts';
import { field } from './fields.ts';

/** `sentence`: the alert's text without its fields, which may say what an open without flags was for. */
export function deedOf(fields: JsonObject, sentence: string): Deed | undefined {
  const call = callOf(field(fields, 'evt.type'));
  switch (call) {
    case 'exec':
      return { kind: 'process', detail: { action: 'start' } };
    case 'exit':
      return { kind: 'process', detail: { action: 'end' } };
    case 'trace':
    case 'peek':
    case 'poke':
      return memoryDeed(call, count(fields, 'evt.arg.pid'), field(fields, 'evt.arg.request'));
    default:
      return connection(call, fields, sentence) ?? file(call, fields, sentence);
  }
}

/** `fd.name` of a socket reads `172.17.0.9:43812->10.96.0.1:443`: client, then server. */
function connection(call: Call | undefined, fields: JsonObject, sentence: string): Deed | undefined {
  const [client, server] = (field(fields, 'fd.name') ?? '').split('->', 2).map(parseEndpoint);
  const direction = directionOf(call, fields, sentence);
  const own = direction === 'ingress';
  const remote =
    endpoint(
      field(fields, 'fd.rip', own ? 'fd.cip' : 'fd.sip'),
      count(fields, 'fd.rport') ?? count(fields, 'fd.sport'),
    ) ?? (own ? client : server);
  const isSocket = server !== undefined || field(fields, 'fd.rip', 'fd.sip') !== undefined;
  if (!isSocket || !remote) return undefined;
  return {
    kind: 'connection',
    detail: known({
      host: own ? undefined : (field(fields, 'fd.rip.name', 'fd.sip.name') ?? remote.host),
      address: remote.address,
      // Of a connection that came in, the port is the one that it came to.
      port: own
        ? (count(fields, 'fd.lport') ?? count(fields, 'fd.sport') ?? server?.port)
        : (remote.port ?? server?.port),
      transport: transportOf(field(fields, 'fd.l4proto')),
      direction,
    }),
  };
}

function directionOf(call: Call | undefined, fields: JsonObject, sentence: string): 'egress' | 'ingress' | undefined {
  const server = flag(fields, 'fd.is_server');
  if (server === true || call === 'accept' || call === 'listen' || /\binbound\b/i.test(sentence)) return 'ingress';
  return server === false || call === 'connect' || call === 'send' || /\boutbound\b/i.test(sentence)
    ? 'egress'
    : undefined;
}

function transportOf(protocol: string | undefined): 'tcp' | 'udp' | undefined {
  return protocol === 'tcp' || protocol === 'udp' ? protocol : undefined;
}

function file(call: Call | undefined, fields: JsonObject, sentence: string): Deed | undefined {
  const made = field(fields, 'evt.arg.linkpath', 'evt.arg.newpath', 'evt.arg.dir');
  const old = field(fields, 'evt.arg.target', 'evt.arg.oldpath', 'evt.arg.dev');
  if ((call === 'link' || call === 'mount') && made !== undefined) return fileDeed(call, made, old);
  if (call === 'rename' && old !== undefined) return fileDeed(call, old, made);
  const path = pathOf(fields);
  return path === undefined ? undefined : fileDeed(actionOf(call, fields, sentence), path);
}

function pathOf(fields: JsonObject): string | undefined {
  const name = field(fields, 'fd.name');
  if (name !== undefined && (name.startsWith('/') || field(fields, 'fd.typechar') === 'f')) return name;
  return field(fields, 'evt.arg.path', 'evt.arg.name', 'evt.arg.filename');
}

const CHANGES = /\b(?:writ|modif|creat|tamper|overwr|adding|added|scheduled|edited)/i;

function actionOf(call: Call | undefined, fields: JsonObject, sentence: string): FileAction {
  switch (call) {
    case 'read':
    case 'write':
    case 'create':
    case 'delete':
    case 'rename':
    case 'attributes':
    case 'link':
    case 'mount':
      return call;
  }
  const flags = field(fields, 'evt.arg.flags');
  if (flags !== undefined) return openAction(flags);
  return flag(fields, 'evt.is_open_write') || CHANGES.test(sentence) ? 'write' : 'read';
}

// What Harden-Runner's agent reports of a job while it runs, as its source shows it: `DNSRecord` and `NetworkConnection`
// of apiclient.go, `Event` of procmon.go (github.com/step-security/agent). Such a report says neither repository nor run;
// the record around it may.
import type { Process } from '../../../../core/activity.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { anyKnown, at, known, list, text } from '../../../fields.ts';
import type { ActivityDraft, RedactedRecord } from '../../../source.ts';
import type { Deed } from '../shared/deed.ts';
import { endpoint } from '../shared/endpoints.ts';
import { fileDeed } from '../shared/files.ts';
import { lookupOf } from '../shared/names.ts';
import { count, moment } from '../shared/values.ts';
import { processOf } from './tool.ts';

/** Undefined when it is none of the agent's reports. */
export function agentDraft(entry: JsonObject, record: RedactedRecord): ActivityDraft | undefined {
  const type = typeOf(entry);
  if (type === undefined) return undefined;
  const { repository, run_id, job } = record;
  const pipeline = anyKnown({
    run: run_id === undefined ? undefined : { id: run_id },
    task: job === undefined ? undefined : { name: job },
  });
  const deed = deedOf(type, entry) ?? { kind: 'other' as const, detail: { type } };
  return {
    ...known({
      native_type: type,
      observed_at: moment(entry, 'timestamp') ?? moment(entry, 'Timestamp'),
      process: processOf(at(entry, 'tool')) ?? eventProcess(entry),
      vcs: repository === undefined ? undefined : { provider: { name: 'github' }, repository: { name: repository } },
      cicd: pipeline && { pipeline },
    }),
    ...deed,
  };
}

/** `netmon`, `filemon` and `procmon` are the agent's own names for its monitors. */
function typeOf(entry: JsonObject): string | undefined {
  const event = text(entry, 'EventType');
  if (event !== undefined) return event;
  if (Object.hasOwn(entry, 'filetype')) return 'file';
  if (!Object.hasOwn(entry, 'domainName') && !Object.hasOwn(entry, 'ipAddress')) return undefined;
  return Object.hasOwn(entry, 'tool') || Object.hasOwn(entry, 'port') ? 'networkconnection' : 'dns';
}

function deedOf(type: string, entry: JsonObject): Deed | undefined {
  switch (type) {
    case 'dns':
      return dns(entry);
    case 'networkconnection':
      return connection(text(entry, 'domainName'), text(entry, 'ipAddress'), entry);
    case 'netmon':
      return connection(undefined, text(entry, 'IPAddress'), entry);
    case 'filemon':
      return file(entry);
    case 'procmon':
      return { kind: 'process', detail: { action: 'start' } };
    default:
      return undefined;
  }
}

/** A blocked name is answered with an address of the agent's own; the policy that blocked it is told where there is one. */
const SINKHOLE = '54.185.253.63';

function dns(entry: JsonObject): Deed | undefined {
  const address = text(entry, 'ipAddress');
  const blocked = address === SINKHOLE || text(entry, 'matched_policy') !== undefined;
  return lookupOf(text(entry, 'domainName'), blocked, {
    addresses: address === undefined || blocked ? undefined : [address],
  });
}

/** `port` is text, and may name the service behind its number: `443(https)`. */
function connection(host: string | undefined, address: string | undefined, entry: JsonObject): Deed | undefined {
  const to = endpoint(address, count(entry, 'port') ?? count(entry, 'Port'));
  const name = host?.replace(/\.$/, '').toLowerCase();
  if (!to && !name) return undefined;
  const dropped = text(entry, 'status') === 'Dropped' || text(entry, 'matched_policy') !== undefined;
  return {
    kind: 'connection',
    detail: known({
      host: name || undefined,
      ...to,
      direction: 'egress' as const,
      verdict: dropped ? ('blocked' as const) : undefined,
    }),
  };
}

/** The agent watches for writes, and for renames onto a file. */
function file(entry: JsonObject): Deed | undefined {
  const name = text(entry, 'FileName');
  const folder = text(entry, 'Path');
  if (name === undefined) return undefined;
  return fileDeed(
    'write',
    name.startsWith('/') || folder === undefined ? name : `${folder.replace(/\/$/, '')}/${name}`,
  );
}

function eventProcess(entry: JsonObject): Process | undefined {
  const words = list(entry, 'ProcessArguments').filter((word) => typeof word === 'string');
  const parent = count(entry, 'PPid');
  return anyKnown({
    executable: text(entry, 'Exe'),
    command_line: words.length > 0 ? words.join(' ') : undefined,
    pid: count(entry, 'Pid'),
    user: count(entry, 'Euid')?.toString(),
    ancestors: parent === undefined ? undefined : [{ pid: parent }],
  });
}

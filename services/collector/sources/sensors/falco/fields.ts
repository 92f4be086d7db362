// The output fields of an alert: which ones a record carries is up to the rule that made it, so all are optional.
// https://falco.org/docs/reference/rules/supported-fields/
import type { Actor, Ancestor, Client, Process } from '../../../../core/activity.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { anyKnown, identifier, known, text } from '../../../fields.ts';
import { type Place, placeOf } from '../shared/place.ts';
import { count } from '../shared/values.ts';

/** Ancestors are told as `proc.aname[2]` and so on; 1 is the parent. */
const MOST_ANCESTORS = 15;

/** The first of the fields that says something; `<NA>` is Falco's own word for nothing. */
export function field(fields: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = identifier(fields, name);
    if (found !== undefined && found !== '<NA>') return found;
  }
  return undefined;
}

export function processOf(fields: JsonObject): Process | undefined {
  const ancestors = ancestorsOf(fields);
  return anyKnown({
    executable: field(fields, 'proc.exepath', 'proc.exe', 'proc.name'),
    command_line: field(fields, 'proc.cmdline'),
    pid: count(fields, 'proc.pid'),
    working_directory: field(fields, 'proc.cwd'),
    user: field(fields, 'user.name') ?? count(fields, 'user.uid')?.toString(),
    ancestors: ancestors.length > 0 ? ancestors : undefined,
  });
}

function ancestorsOf(fields: JsonObject): readonly Ancestor[] {
  const found: Ancestor[] = [];
  const parent = anyKnown({
    executable: field(fields, 'proc.pexepath', 'proc.pexe', 'proc.pname', 'proc.aexepath[1]', 'proc.aname[1]'),
    command_line: field(fields, 'proc.pcmdline', 'proc.acmdline[1]'),
    pid: count(fields, 'proc.ppid') ?? count(fields, 'proc.apid[1]'),
  });
  if (parent) found.push(parent);
  for (let level = 2; level <= MOST_ANCESTORS; level++) {
    const one = anyKnown({
      executable: field(fields, `proc.aexepath[${level}]`, `proc.aexe[${level}]`, `proc.aname[${level}]`),
      command_line: field(fields, `proc.acmdline[${level}]`),
      pid: count(fields, `proc.apid[${level}]`),
    });
    if (!one) break;
    found.push(one);
  }
  return found;
}

/** What comes from system calls, or is about the sensor, happened on its machine; what a plug-in reads did not. */
const LOCAL = new Set(['syscall', 'internal', 'debug']);

export function placeOfAlert(alert: JsonObject, fields: JsonObject): Place {
  const target = field(fields, 'ka.target.resource') === 'pods' ? field(fields, 'ka.target.name') : undefined;
  const pod = field(fields, 'k8s.pod.name', 'k8smeta.pod.name') ?? target;
  const namespace = field(fields, 'k8s.ns.name', 'k8smeta.ns.name', 'ka.target.namespace');
  const id = field(fields, 'container.id');
  const environment = Object.keys(fields).some((name) => name.startsWith('proc.env['));
  return placeOf({
    host: text(alert, 'hostname') ?? field(fields, 'evt.hostname', 'hostname'),
    elsewhere: !LOCAL.has((text(alert, 'source') ?? 'syscall').toLowerCase()),
    pod: pod === undefined ? undefined : known({ name: pod, namespace }),
    // A process outside of containers is said to be in one that is called `host`.
    container:
      id === 'host' ? undefined : anyKnown({ id, name: field(fields, 'container.name'), image: imageOf(fields) }),
    cwd: field(fields, 'proc.cwd'),
    variables: environment ? (name) => field(fields, `proc.env[${name}]`) : undefined,
  });
}

function imageOf(fields: JsonObject): string | undefined {
  const repository = field(fields, 'container.image.repository');
  const tag = field(fields, 'container.image.tag');
  if (repository === undefined) return field(fields, 'container.image');
  return tag === undefined ? repository : `${repository}:${tag}`;
}

/** Of the plug-ins for Kubernetes audit events, CloudTrail and GitHub: who did it, and where from. */
export function whoOf(fields: JsonObject): { readonly actor?: Actor; readonly client?: Client } {
  const name = field(fields, 'ka.user.name', 'ct.user', 'github.user');
  return known({
    actor: name === undefined ? undefined : { name, type: 'unknown' as const },
    client: anyKnown({ address: field(fields, 'ct.srcip'), user_agent: field(fields, 'ct.useragent', 'ka.useragent') }),
  });
}

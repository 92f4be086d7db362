// Who, with what, from where, on which machine: the objects that all classes share.
// https://schema.ocsf.io/objects/actor, …/user, …/network_endpoint, …/process, …/device
import { isIP } from 'node:net';
import type { Actor, Ancestor, Client, Credential, Host, Process } from '../../../../core/activity.ts';
import { isObject, type Json } from '../../../../core/json.ts';
import { anyKnown, at, known, list, numeric, object, text } from '../../../fields.ts';
import type { Event } from './event.ts';

/** Category 3 names in `user` whom it is about: for a sign-in that is who did it, unless an actor is named too. */
export function actorOf({ body, classUid }: Event): Actor | undefined {
  const user = object(body, 'actor', 'user') ?? (classUid === 3002 ? object(body, 'user') : undefined);
  const service = text(body, 'actor', 'invoked_by') ?? text(body, 'actor', 'app_name');
  const name = nameOf(user);
  const id = text(user, 'uid');
  if (name === undefined && id === undefined) return service === undefined ? undefined : { name: service, type: 'bot' };
  return known({ name, id, email: text(user, 'email_addr')?.toLowerCase(), type: typeOf(user) });
}

export function nameOf(user: Json | undefined): string | undefined {
  return text(user, 'name') ?? text(user, 'email_addr');
}

/** `type_id`: 1 user, 2 administrator, 3 system, 4 service. */
function typeOf(user: Json | undefined): Actor['type'] {
  const type = numeric(user, 'type_id');
  if (type === 3 || type === 4) return 'bot';
  return type === 1 || type === 2 ? 'person' : 'unknown';
}

export function credentialOf({ body }: Event): Credential | undefined {
  const places = [['actor', 'user'], ['actor', 'session'], ['user'], ['session']] as const;
  const id = places.map((place) => text(body, ...place, 'credential_uid')).find((uid) => uid !== undefined);
  return id === undefined ? undefined : known({ id, name: text(body, 'actor', 'session', 'issuer') });
}

/** Of network classes the source is whom the connection is from, so they tell it themselves. */
export function clientOf({ body, classUid }: Event): Client | undefined {
  if (Math.floor(classUid / 1_000) === 4) return undefined;
  const address = text(body, 'src_endpoint', 'ip');
  return anyKnown({
    address: address !== undefined && isIP(address) !== 0 ? address : undefined,
    country_iso_code: text(body, 'src_endpoint', 'location', 'country'),
    asn: numeric(body, 'src_endpoint', 'autonomous_system', 'number'),
    user_agent: text(body, 'http_request', 'user_agent'),
  });
}

/** The machine that saw it; of a sign-in without one, the machine that was signed in to. */
export function hostOf({ body, classUid }: Event): Host | undefined {
  const signedInTo = classUid === 3002 ? text(body, 'dst_endpoint', 'hostname') : undefined;
  const container = object(body, 'container') ?? object(body, 'device', 'container');
  return anyKnown({
    name: text(body, 'device', 'hostname') ?? text(body, 'device', 'name') ?? signedInTo,
    container: anyKnown({
      id: text(container, 'uid'),
      name: text(container, 'name'),
      image: text(container, 'image', 'name'),
    }),
  });
}

/** Class 1007 is about `process`; else the actor's process did it. */
export function processOf({ body, classUid }: Event): Process | undefined {
  const process = classUid === 1007 ? object(body, 'process') : object(body, 'actor', 'process');
  if (!process) return undefined;
  const parents =
    classUid === 1007
      ? (object(body, 'actor', 'process') ?? object(process, 'parent_process'))
      : process.parent_process;
  return anyKnown({
    executable: text(process, 'file', 'path') ?? text(process, 'name') ?? text(process, 'file', 'name'),
    command_line: text(process, 'cmd_line'),
    pid: numeric(process, 'pid'),
    entity_id: text(process, 'uid'),
    working_directory: text(process, 'working_directory'),
    user: text(process, 'user', 'name') ?? text(body, 'actor', 'user', 'name'),
    ancestors: ancestorsOf(parents, process),
  });
}

/** As deep as `parent_process` goes, else what `ancestry` lists. */
function ancestorsOf(parent: Json | undefined, process: Json): readonly Ancestor[] | undefined {
  const found: Ancestor[] = [];
  for (let next = parent; isObject(next) && found.length < 16; next = at(next, 'parent_process'))
    found.push(ancestor(next));
  const listed = list(process, 'ancestry').slice(0, 16).map(ancestor);
  const all = found.length >= listed.length ? found : listed;
  return all.length === 0 ? undefined : all;
}

function ancestor(process: Json): Ancestor {
  return known({
    executable: text(process, 'file', 'path') ?? text(process, 'name') ?? text(process, 'file', 'name'),
    command_line: text(process, 'cmd_line'),
    pid: numeric(process, 'pid'),
  });
}

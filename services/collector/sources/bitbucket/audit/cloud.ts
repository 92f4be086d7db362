// Bitbucket Cloud's audit log: events of the Atlassian organization, and rows of a workspace's own log.
// https://developer.atlassian.com/cloud/admin/organization/rest/api-group-events/
// https://support.atlassian.com/bitbucket-cloud/kb/request-audit-log-data-for-a-workspace/
import { isObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { anyKnown, at, identifier, instant, known, list, scalar, text } from '../../../fields.ts';
import { actorOf } from '../shared/people.ts';
import type { Affected, Entry } from './entry.ts';

export function organizationEntry(body: JsonObject, attributes: Json): Entry {
  const things = [...list(attributes, 'context'), ...list(attributes, 'container')];
  const workspace = things.find((thing) => /workspace|site|org/i.test(text(thing, 'type') ?? ''));
  const token = identifier(attributes, 'actor', 'auth', 'tokenId');
  return known({
    action: text(attributes, 'action') ?? 'unnamed',
    natural_id: text(body, 'id'),
    observed_at: instant(attributes, 'time'),
    actor: actorOf(at(attributes, 'actor')),
    credential:
      token === undefined
        ? undefined
        : known({
            id: token,
            type: text(attributes, 'actor', 'auth', 'authType'),
            name: text(attributes, 'actor', 'auth', 'tokenLabel'),
          }),
    client: anyKnown({ address: text(attributes, 'location', 'ip') }),
    organization: nameOf(workspace) ?? text(workspace, 'id'),
    affected: things.map(affectedOf),
    changes: [],
    extra: new Map(),
    message: messageOf(body.message ?? at(attributes, 'message')),
  });
}

function messageOf(message: Json | undefined): string | undefined {
  return isObject(message) ? text(message, 'content') : text(message);
}

/** The things of the context differ in what names them. */
function nameOf(thing: Json | undefined): string | undefined {
  const attributes = at(thing, 'attributes');
  return (
    text(attributes, 'full_name') ??
    text(attributes, 'slug') ??
    text(attributes, 'name') ??
    text(attributes, 'siteName') ??
    text(attributes, 'email')
  );
}

/** `users` → `USER`, `bitbucket-repository` → `REPOSITORY`. */
function affectedOf(thing: Json): Affected {
  const type = text(thing, 'type') ?? '';
  const found = /repositor|project|group|user/i.exec(type)?.[0]?.toUpperCase() ?? type.toUpperCase();
  return known({
    type: found === 'REPOSITOR' ? 'REPOSITORY' : found,
    name: nameOf(thing),
    id: identifier(thing, 'id'),
  });
}

/** The columns of a row, by name in lower case; its first name is the one that is read. */
const COLUMNS = {
  action: ['event', 'action', 'event type'],
  time: ['date', 'time', 'timestamp', 'created_on', 'created on'],
  actor: ['actor', 'user', 'author', 'username'],
  address: ['ip', 'ip address', 'ip_address', 'source'],
  workspace: ['workspace', 'account', 'team'],
  repository: ['repository', 'repo'],
  message: ['description', 'details', 'message', 'detail'],
} as const;

/** Undefined where it is no row of such a log. */
export function rowEntry(body: JsonObject): Entry | undefined {
  const row: JsonObject = Object.fromEntries(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
  const action = cell(row, COLUMNS.action);
  if (action === undefined) return undefined;
  const actor = COLUMNS.actor.map((name) => row[name]).find((value) => value !== undefined && value !== null);
  const repository = cell(row, COLUMNS.repository);
  return known({
    action,
    observed_at: rowTime(body),
    actor: isObject(actor) ? actorOf(actor) : personOf(text(actor)),
    client: anyKnown({ address: cell(row, COLUMNS.address) }),
    organization: cell(row, COLUMNS.workspace),
    affected: repository === undefined ? [] : [{ type: 'REPOSITORY', name: repository }],
    changes: [],
    extra: new Map(),
    message: cell(row, COLUMNS.message),
  });
}

export function rowTime(body: JsonObject): number | undefined {
  const found = Object.entries(body).find(([name]) => COLUMNS.time.some((column) => column === name.toLowerCase()));
  return found && instant(found[1]);
}

function personOf(name: string | undefined): Entry['actor'] | undefined {
  if (name === undefined) return undefined;
  return known({ name, email: name.includes('@') ? name.toLowerCase() : undefined, type: 'unknown' });
}

function cell(row: JsonObject, names: readonly string[]): string | undefined {
  const name = names.find((column) => row[column] !== undefined && row[column] !== null && row[column] !== '');
  return name === undefined ? undefined : scalar(row, name);
}

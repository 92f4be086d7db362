// Data Center's audit log, as its files and its REST interface write it; the second calls `type` what the first calls
// `auditType`. https://confluence.atlassian.com/bitbucketserver/view-and-configure-the-audit-log-776640417.html
import type { Actor } from '../../../../core/activity.ts';
import { isObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { type Instant, SECOND } from '../../../../core/time.ts';
import { anyKnown, at, identifier, instant, known, list, number, scalar, text } from '../../../fields.ts';
import { hostOf } from '../../github/shared/address.ts';
import { actorOf } from '../shared/people.ts';
import type { Affected, Changed, Entry } from './entry.ts';

export function typeOf(body: JsonObject): JsonObject | undefined {
  const type = body.auditType ?? body.type;
  return isObject(type) ? type : undefined;
}

export function serverEntry(body: JsonObject, type: JsonObject): Entry {
  const extra = new Map<string, string>();
  for (const attribute of list(body, 'extraAttributes')) {
    const [name, value] = [text(attribute, 'name')?.toLowerCase(), scalar(attribute, 'value')];
    if (name !== undefined && value !== undefined) extra.set(name, value);
  }
  return known({
    action: text(type, 'action') ?? 'unnamed',
    category: text(type, 'category'),
    observed_at: timeOf(at(body, 'timestamp')),
    actor: authorOf(at(body, 'author')),
    client: anyKnown({ address: addressOf(text(body, 'source')) }),
    organization: hostOf(text(body, 'system')),
    affected: list(body, 'affectedObjects').map(affectedOf),
    changes: list(body, 'changedValues').flatMap(changedOf),
    extra,
  });
}

/** `{ epochSecond, nano }` in files, text or a number elsewhere. */
export function timeOf(timestamp: Json | undefined): Instant | undefined {
  if (!isObject(timestamp)) return instant(timestamp);
  const seconds = number(timestamp, 'epochSecond');
  if (seconds === undefined) return undefined;
  return Math.trunc(seconds * SECOND + (number(timestamp, 'nano') ?? 0) / 1e6);
}

/** `Anonymous` is nobody, `System` the server itself. */
function authorOf(author: Json | undefined): Actor | undefined {
  if (identifier(author, 'id') === '-2') return undefined;
  const actor = actorOf(author);
  return actor && identifier(author, 'id') === '-1' ? { ...actor, type: 'bot' } : actor;
}

/** Behind a proxy it holds all addresses on the way, the first of them first. */
function addressOf(source: string | undefined): string | undefined {
  return source?.split(',', 1)[0]?.trim() || undefined;
}

function affectedOf(thing: Json): Affected {
  return known({
    type: text(thing, 'type')?.toUpperCase() ?? '',
    name: text(thing, 'name'),
    id: identifier(thing, 'id'),
    uri: text(thing, 'uri'),
  });
}

function changedOf(change: Json): readonly Changed[] {
  const name = text(change, 'key');
  return name === undefined ? [] : [known({ name, from: scalar(change, 'from'), to: scalar(change, 'to') })];
}

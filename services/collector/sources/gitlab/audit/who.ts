// Who did it, with what, and from where.
// https://docs.gitlab.com/user/compliance/audit_event_schema/ and …/security/tokens/token_troubleshooting/
import type { Actor, Client, Credential } from '../../../../core/activity.ts';
import { anyKnown, identifier, known, text, told } from '../../../fields.ts';
import { actor, emailOf } from '../shared/actor.ts';
import { type Entry, entityPath } from './entry.ts';

/** Authors that are no users have ids from -1 down. */
const NO_USER = /^-/;
/** What acts by itself, without a user. */
const MACHINES: ReadonlySet<string> = new Set(['DeployKey', 'DeployToken', 'CiRunnerToken', 'AnonymousUser']);

/**
 * By user name where the event tells it; else by the name that people read, which anybody may choose. The id stays the
 * same, also across feeds.
 */
export function actorOf(entry: Entry): Actor | undefined {
  const { body, details } = entry;
  const author = identifier(body, 'author_id');
  const name = text(body, 'author_name') ?? text(details, 'author_name');
  const kind = text(details, 'author_class');
  if (kind !== undefined && MACHINES.has(kind)) return name === undefined ? undefined : { name, type: 'bot' };
  if (author !== undefined && NO_USER.test(author)) return stranger(name);
  return actor({
    username: text(body, 'meta.user') ?? text(body, 'username') ?? ownPath(entry, author),
    name,
    id: author ?? identifier(body, 'meta.user_id') ?? identifier(body, 'user_id'),
    email: emailOf(details, 'author_email') ?? emailOf(body, 'author_email'),
  });
}

/** Of somebody who is not signed in, the name is what they typed, or says that there is none. */
function stranger(name: string | undefined): Actor | undefined {
  return name === undefined || /^An unauthenticated user/i.test(name) ? undefined : { name, type: 'unknown' };
}

/** An event about the author themselves has their user name as its path. */
function ownPath(entry: Entry, author: string | undefined): string | undefined {
  const own = text(entry.body, 'entity_type') === 'User' && identifier(entry.body, 'entity_id') === author;
  return own && author !== undefined ? entityPath(entry) : undefined;
}

/** One name for a token in all its events: as GitLab's API log has it, `PersonalAccessToken/12`. */
export function credentialOf(entry: Entry): Credential | undefined {
  const { body, details } = entry;
  const method = text(details, 'auth_method') ?? text(body, 'auth_method');
  const token = identifier(details, 'token_id') ?? identifier(details, 'personal_access_token_id');
  if (token !== undefined) return known({ id: `${tokenClass(entry)}/${token}`, type: method });
  const failed = text(body, 'meta.auth_fail_token_id');
  if (failed !== undefined) return { id: failed };
  const registration = text(details, 'runner_registration_token');
  if (registration !== undefined) return { id: `RunnerRegistrationToken/${registration}`, type: 'runner registration' };
  const kind = text(details, 'author_class');
  const name = text(details, 'author_name');
  // They carry no id; their titles are unique in a project as far as anybody can tell.
  if ((kind !== 'DeployKey' && kind !== 'DeployToken') || name === undefined) return undefined;
  return { id: [kind, entityPath(entry), name].filter((part) => part !== undefined).join('/'), type: kind, name };
}

/** Tokens of people, projects and groups are numbered together. */
function tokenClass({ body, details }: Entry): string {
  const told = text(details, 'token_type') ?? text(body, 'token_type');
  return told === undefined || /access_?token$/i.test(told) ? 'PersonalAccessToken' : told;
}

export function clientOf({ body, details }: Entry): Client | undefined {
  return anyKnown({
    address:
      text(body, 'ip_address') ??
      text(details, 'ip_address') ??
      text(body, 'meta.remote_ip') ??
      text(body, 'remote_ip') ??
      text(body, 'ip'),
    user_agent: told(details, 'user_agent') ?? text(body, 'ua'),
  });
}

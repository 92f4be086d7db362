// Who did it, as GitLab names people and the users that are none: those of tokens, service accounts and GitLab itself.
// https://docs.gitlab.com/administration/internal_users/ and …/user/profile/service_accounts/
import type { Actor } from '../../../../core/activity.ts';
import { botNamed } from '../../../../core/identity/bots.ts';
import type { Json } from '../../../../core/json.ts';
import { anyKnown, identifier, text } from '../../../fields.ts';

/** Whether a user name, or an e-mail address, is one that GitLab makes for a machine. */
export function isBot(...names: readonly (string | undefined)[]): boolean {
  return names.some((name) => botNamed(name, 'gitlab') !== undefined);
}

/** Addresses that are withheld read `[REDACTED]`. */
export function emailOf(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const address = text(value, ...path)?.toLowerCase();
  return address?.includes('@') ? address : undefined;
}

/** A `user` object of a delivery. Without a user name, people cannot be told from the users of tokens. */
export function actorOf(user: Json | undefined): Actor | undefined {
  return actor({
    username: text(user, 'username'),
    name: text(user, 'name'),
    id: identifier(user, 'id'),
    email: emailOf(user, 'email'),
  });
}

export function actor(told: {
  readonly username: string | undefined;
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly email?: string | undefined;
}): Actor | undefined {
  const found = anyKnown({ name: told.username ?? told.name, id: told.id, email: told.email });
  if (found === undefined) return undefined;
  const type = isBot(told.username, told.email) ? 'bot' : told.username === undefined ? 'unknown' : 'person';
  return { ...found, type };
}

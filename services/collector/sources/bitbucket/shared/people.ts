// Who did it, as Bitbucket names people: Cloud by nickname and Atlassian account, Data Center by user name and number.
import type { Actor } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { identifier, known, text } from '../../../fields.ts';

const PERSON = /^(?:user|normal)$/i;
/** Of Cloud `AppUser`, of Data Center `SERVICE` and, in its audit log, `system`. */
const MACHINE = /^(?:app_?user|service|system)$/i;

/** A user object; one that only an older edition fills has `username`, one of the audit log `email`. */
export function actorOf(user: Json | undefined): Actor | undefined {
  const name = nameOf(user);
  if (name === undefined) return undefined;
  const type = text(user, 'type') ?? '';
  return known({
    name,
    id: text(user, 'account_id') ?? text(user, 'uuid') ?? identifier(user, 'id'),
    email: (text(user, 'emailAddress') ?? text(user, 'email'))?.toLowerCase(),
    type: MACHINE.test(type) ? 'bot' : PERSON.test(type) ? 'person' : 'unknown',
  });
}

export function nameOf(user: Json | undefined): string | undefined {
  return (
    text(user, 'nickname') ??
    text(user, 'name') ??
    text(user, 'username') ??
    text(user, 'display_name') ??
    text(user, 'displayName')
  );
}

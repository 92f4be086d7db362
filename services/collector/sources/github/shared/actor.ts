// Who did it, as GitHub names people, apps and machine accounts.
import type { Actor } from '../../../../core/activity.ts';
import type { Json } from '../../../../core/json.ts';
import { text } from '../../../fields.ts';

/** Apps act under a login that ends in `[bot]`; no person can register such a name. */
export function isBotName(name: string | undefined): boolean {
  return name?.endsWith('[bot]') ?? false;
}

/** A `user` object of the API (`sender`, `actor` …). */
export function actorOf(user: Json | undefined): Actor | undefined {
  const name = text(user, 'login');
  if (!name) return undefined;
  const type = text(user, 'type');
  if (type === 'Bot' || isBotName(name)) return { name, type: 'bot' };
  return { name, type: type === 'User' ? 'person' : 'unknown' };
}

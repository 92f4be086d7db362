// Who did it, as GitHub and the forges after it name people, apps and machine accounts.
import type { Actor } from '../../../../core/activity.ts';
import { botNamed } from '../../../../core/identity/bots.ts';
import type { Json } from '../../../../core/json.ts';
import { identifier, known, text } from '../../../fields.ts';

/** Apps act under a login that ends in `[bot]`; no person can register such a name. */
export function isBotName(name: string | undefined): boolean {
  return botNamed(name) === 'reserved';
}

/** A `user` object of the API (`sender`, `actor` …). Gitea's own machine accounts have numbers below zero. */
export function actorOf(user: Json | undefined): Actor | undefined {
  const name = text(user, 'login') ?? text(user, 'username');
  if (!name) return undefined;
  const id = identifier(user, 'id');
  const email = text(user, 'email')?.toLowerCase();
  const said = text(user, 'type');
  const bot = said === 'Bot' || isBotName(name) || id?.startsWith('-');
  return known({ name, id, email, type: bot ? 'bot' : said === 'User' ? 'person' : 'unknown' });
}

/** Of a `user` object, the name alone. */
export function loginOf(user: Json | undefined): string | undefined {
  return actorOf(user)?.name;
}

// Who somebody is, over all systems: from what one record states to the id of the person's entity. Pure and without
// memory: only what stands in this record, and the configured aliases (`person`), says that two names are one person.
import type { Activity, Actor } from '../activity.ts';
import type { Entity } from '../entity.ts';
import { botNamed } from './bots.ts';
import { mailIdentity } from './mail.ts';
import { providerCalled, providerOf } from './providers.ts';

/** What of an activity says who did it; a collector's draft is enough. */
export type Acting = Pick<Activity, 'source' | 'actor' | 'vcs' | 'detail'>;

/** `github:mara`; the bare login where nothing says whose it is. */
export function loginKey(login: string, provider: string | undefined): string {
  if (provider === undefined) return login;
  return `${provider}:${providerCalled(provider).caseless ? login.toLowerCase() : login}`;
}

/** `gitlab#42`: the system's own id of an account. */
export function accountKey(id: string, provider: string): string {
  return `${provider}#${id.toLowerCase()}`;
}

/** `key:SHA256:…`, of a credential's id. */
export function signatureKey(id: string): string {
  return `key:${id}`;
}

/** The system whose accounts an activity's actor is one of. */
export function accountsOf({ source, actor, vcs }: Pick<Acting, 'source' | 'actor' | 'vcs'>): string | undefined {
  return actor?.provider ?? providerOf(source) ?? vcs?.provider?.name;
}

/**
 * Everything that the record states of who did it, as keys; the first is the best. An account comes before an e-mail
 * address, except for the author of a commit: every feed tells the address, few the account.
 */
export function actorKeys(acting: Acting): readonly string[] {
  const { actor, detail } = acting;
  const provider = accountsOf(acting);
  const author = 'committer' in detail ? detail.author : undefined;
  const name = actor?.display ? unlessBot(actor.name, provider) : actor?.name;
  const account = accountKeys(provider, name, actor?.id);
  const mail = mailKeys(actor?.email ?? author?.email, provider);
  const signed = actor?.key === undefined ? [] : [signatureKey(actor.key)];
  return [...new Set(author ? [...mail, ...account, ...signed] : [...account, ...mail, ...signed])];
}

/** The id of whoever did it: the configured person, else the best key; undefined where only a display name is known. */
export function actorId(acting: Acting): string | undefined {
  return acting.actor?.person ?? actorKeys(acting)[0];
}

export function actorEntity(acting: Acting): Entity | undefined {
  const id = actorId(acting);
  return id === undefined ? undefined : { type: 'actor', id };
}

/** The keys of an address: itself, or the account that it names. */
export function mailKeys(email: string | undefined, provider?: string): readonly string[] {
  const found = mailIdentity(email, provider);
  if (found?.account) return accountKeys(found.account.provider, found.account.login, found.account.id);
  return found?.address === undefined ? [] : [found.address];
}

function accountKeys(provider: string | undefined, name: Actor['name'], id: Actor['id']): readonly string[] {
  const login = isLogin(name, provider) ? loginKey(name, provider) : undefined;
  // An id that nobody counted says nothing.
  const own = id !== undefined && provider !== undefined ? accountKey(id, provider) : undefined;
  const byId = provider !== undefined && providerCalled(provider).by === 'id';
  return (byId ? [own, login] : [login, own]).filter((key) => key !== undefined);
}

/** No login holds white space, but the names of some systems' own accounts do. */
function isLogin(name: string | undefined, provider: string | undefined): name is string {
  return name !== undefined && name !== '' && (!/\s/.test(name) || botNamed(name, provider) !== undefined);
}

/** A display name that only a system's own account has is as good as a login. */
function unlessBot(name: string | undefined, provider: string | undefined): string | undefined {
  return botNamed(name, provider) === undefined ? undefined : name;
}

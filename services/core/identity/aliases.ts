// The configured people: which logins, addresses and keys are one person. The only way by which records that do not name
// each other become one; never a similar name.
import { accountKey, loginKey, mailKeys, signatureKey } from './actor.ts';
import { credentialId, pgpKeyId } from './credential.ts';

export interface Person {
  /** What they are called from then on: the id of their entity. */
  readonly person: string;
  /** `github:mara-l`. */
  readonly logins?: readonly string[];
  /** The systems' own ids: `gitlab:42`. */
  readonly ids?: readonly string[];
  readonly emails?: readonly string[];
  /** Fingerprints of signature keys. */
  readonly keys?: readonly string[];
}

export interface Aliases {
  /** The person of the first key that somebody has; undefined: nobody configured. */
  personOf(keys: readonly string[]): string | undefined;
}

export const NO_ALIASES: Aliases = { personOf: () => undefined };

/** Of people whose keys are distinct (`sharedKeys` is empty), so that their order does not matter. */
export function createAliases(people: readonly Person[]): Aliases {
  const owners = new Map(people.flatMap((each) => keysOf(each).map((key) => [key, each.person] as const)));
  return {
    personOf(keys) {
      const known = keys.find((key) => owners.has(key));
      return known === undefined ? undefined : owners.get(known);
    },
  };
}

/** Keys that a person has and somebody before them has too: each with the later one's place. */
export function sharedKeys(people: readonly Person[]): readonly { readonly index: number; readonly key: string }[] {
  const owners = new Map<string, number>();
  return people.flatMap((each, index) =>
    [...new Set(keysOf(each))].flatMap((key) => {
      const shared = owners.has(key);
      owners.set(key, index);
      return shared ? [{ index, key }] : [];
    }),
  );
}

function keysOf({ person, logins = [], ids = [], emails = [], keys = [] }: Person): readonly string[] {
  return [
    ...logins.map((login) => loginKey(...split(login))),
    ...ids.map((id) => accountKey(...split(id))),
    ...emails.flatMap((email) => mailKeys(email)),
    ...keys.map((key) => signatureKey(pgpKeyId(credentialId(key)))),
    // Who is called by an address has it.
    ...mailKeys(person),
  ];
}

/**
 * The keys of an account or address as a person writes it, or an entity has it: `github:mara`, `slack:U42`, `gitlab#42`,
 * `mara@example.org`; none for a bare name, which is nobody's account.
 */
export function keysNamed(text: string): readonly string[] {
  if (/^[a-z-]+:\S/i.test(text)) return [loginKey(...split(text)), accountKey(...split(text))];
  if (/^[a-z-]+#\S/i.test(text)) return [text.toLowerCase()];
  return mailKeys(text);
}

/** `github:mara` → login and provider. */
function split(text: string): readonly [name: string, provider: string] {
  const colon = text.indexOf(':');
  return [text.slice(colon + 1), text.slice(0, colon).toLowerCase()];
}

// Hosts in the texts of a definition: those in URLs, and words that can only be one.
import { isIP } from 'node:net';
import { parse } from 'tldts';

export interface KnownHost {
  readonly host: string;
  /** Registrable domain, private suffixes counted; an address is its own. */
  readonly domain: string;
}

const URL_HOST =
  /\b(?:https?|s?ftps?|ssh|git|git\+ssh|git\+https|wss?|tcp|ldaps?):\/\/(?:[^\s/@"'<>]{1,256}@)?(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252}))/gi;

/** Hosts of the URLs in a text, each once. */
export function hostsInUrls(text: string): readonly KnownHost[] {
  if (!text.includes('://')) return [];
  return unique([...text.matchAll(URL_HOST)].map(([, spelled = '']) => hostOf(spelled)));
}

/** Loopback, unqualified and malformed names are no destinations. */
export function hostOf(spelled: string): KnownHost | undefined {
  const host = spelled
    .replace(/^\[|\]$/g, '')
    .replace(/\.+$/, '')
    .toLowerCase();
  if (isIP(host)) return /^(?:127\.|0\.0\.0\.0$|::1?$)/.test(host) ? undefined : { host, domain: host };
  if (!host.includes('.') || host.endsWith('.localhost')) return undefined;
  const { domain, isPrivate } = parse(host, { allowPrivateDomains: true });
  const group = domain ?? (isPrivate ? host : undefined);
  return group ? { host, domain: group } : undefined;
}

/**
 * A word that names a host without saying so: `example.com/install.sh`, `git@example.com:a/b`, `example.com:443`. Its
 * suffix must be a public one, or a file name would be a host.
 */
export function hostOfOperand(word: string): KnownHost | undefined {
  const [, spelled = ''] =
    /^(?:[\w.-]{1,64}@)?(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?:[:/?#]|$)/.exec(word) ?? [];
  const found = spelled === '' || word.startsWith('.') ? undefined : hostOf(spelled);
  if (!found || isIP(found.host)) return found;
  const { isIcann, isPrivate } = parse(found.host, { allowPrivateDomains: true });
  return isIcann || isPrivate ? found : undefined;
}

/** The registry of an image, as Docker reads it (https://docs.docker.com/reference/cli/docker/image/tag/). */
export function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && /[.:]/.test(first) && !first.includes('$') ? first.replace(/:\d+$/, '') : 'docker.io';
}

export function unique(hosts: readonly (KnownHost | undefined)[]): readonly KnownHost[] {
  const known = new Map<string, KnownHost>();
  for (const host of hosts) if (host) known.set(host.host, host);
  return [...known.values()];
}

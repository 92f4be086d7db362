// Who controls a host name: what is compared when a destination, a webhook's target or a mail domain may be new.
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import { canonicalAddress, reachOf } from './address.ts';
import { hostingSuffix } from './hosting-suffixes.ts';

export interface HostName {
  /** In one spelling: lower case, ASCII, no brackets, no dot at the end; an address as RFC 5952 writes it. */
  readonly name: string;
  /**
   * What one party controls as a whole: the registrable domain (`example.co.uk`), the customer's part of a hosting
   * service's name (`acme.github.io`), the address itself. Undefined where there is no such party: a bare suffix
   * (`co.uk`), a name without a dot.
   */
  readonly registrable?: string;
  /** What `registrable` was registered under: `co.uk`, `github.io`. Undefined for addresses. */
  readonly suffix?: string;
  /** The suffix is a hosting service's, whose customers are strangers to each other. */
  readonly isHosted: boolean;
  readonly isAddress: boolean;
  /** Leads into somebody's own network: private addresses, names without a dot, `.internal`, `.local` and their like. */
  readonly isPrivate: boolean;
  /** The machine itself: loopback, `localhost`. */
  readonly isLocal: boolean;
}

/**
 * Names that no public DNS answers for: RFC 6761, 6762 (and its appendix G), 8375; ICANN's `.internal`. `.example` and
 * `.test` are for documentation and tests, and are treated like any other name.
 */
const OWN_NETWORK = /(?:^|\.)(?:local|internal|intranet|private|corp|home|lan|localdomain|home\.arpa)$/;
/** `spelling` has done what tldts would do. */
const AS_IT_IS = { extractHostname: false, detectIp: false, validateHostname: false };
const THIS_MACHINE = /(?:^|\.)localhost(?:\.localdomain)?$/;

/**
 * Reads a host as a URL, a log line or a record has it, without port. Undefined for what is no host name. Suffixes come
 * from the Public Suffix List (https://publicsuffix.org/), its private section included, and `hosting-suffixes.ts`.
 */
export function hostName(host: string): HostName | undefined {
  const name = spelling(host);
  if (name === '') return undefined;
  if (isIP(name)) {
    const reach = reachOf(name);
    const isLocal = reach === 'local';
    return { name, registrable: name, isHosted: false, isAddress: true, isPrivate: reach === 'private', isLocal };
  }
  const isLocal = THIS_MACHINE.test(name);
  const isPrivate = !isLocal && (!name.includes('.') || OWN_NETWORK.test(name));
  const facts = { name, isAddress: false, isPrivate, isLocal };
  if (isLocal || !name.includes('.')) return { ...facts, isHosted: false };
  const ours = hostingSuffix(name);
  if (ours) return { ...facts, registrable: below(name, ours), suffix: ours, isHosted: true };
  const { domain, publicSuffix, isPrivate: isHosted } = parse(name, { allowPrivateDomains: true, ...AS_IT_IS });
  // A hosting service's own name (`s3.amazonaws.com`) is a destination; a country's (`co.uk`) is none.
  const registrable = domain ?? (isHosted ? name : undefined);
  return {
    ...facts,
    isHosted: isHosted === true,
    ...(registrable === undefined ? {} : { registrable }),
    ...(publicSuffix === null ? {} : { suffix: publicSuffix }),
  };
}

/** Who is behind a host, for comparing: see `HostName.registrable`. Undefined for this machine and for no host at all. */
export function registrableOf(host: string): string | undefined {
  const found = hostName(host);
  return found?.isLocal ? undefined : found?.registrable;
}

function spelling(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '');
  const address = canonicalAddress(bare);
  if (address !== undefined) return address;
  const name = bare.toLowerCase();
  let end = name.length;
  while (name[end - 1] === '.') end -= 1;
  const trimmed = name.slice(0, end);
  const ascii = /^[\x21-\x7e]*$/.test(trimmed) ? trimmed : domainToASCII(trimmed);
  return /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,126}$/.test(ascii) ? ascii : '';
}

/** The suffix with one label before it, where the name has one. */
function below(name: string, suffix: string): string {
  const rest = name.slice(0, -suffix.length - 1);
  return rest === '' ? name : `${rest.slice(rest.lastIndexOf('.') + 1)}.${suffix}`;
}

// Hosts by name or address, as text names them: which spellings are destinations at all.
import { isIP } from 'node:net';
import { parse } from 'tldts';
import { hostName } from '../../../core/host-name.ts';

/** Longest userinfo and host of a URL that is believed. */
const AUTHORITY_LIMIT = 320;
/** Spellings whose answer is remembered; a log names the same few again and again. */
const MOST_REMEMBERED = 20_000;

/** Schemes whose authority is a host on the network: not `file`, `s3`, `moz-extension` … */
const SCHEMES = new Set(
  'http https ftp ftps sftp git ssh git+ssh git+https git+http svn svn+ssh rsync ws wss tcp udp ldap ldaps smb docker oci grpc stratum+tcp stratum+ssl socks5 amqp amqps redis rediss mongodb mongodb+srv postgres postgresql mysql nats mqtt mqtts'.split(
    ' ',
  ),
);
const LONGEST_SCHEME = 12;
const MARK = '://'.length;
const [AT, OPENING, CLOSING] = ['@', '[', ']'].map((character) => character.charCodeAt(0));

const remembered = new Map<string, string | undefined>();

/**
 * The name in lower case, or the address in its one spelling. Undefined for loopback, unqualified and malformed names:
 * those are no destinations.
 */
export function destination(spelled: string): string | undefined {
  if (remembered.has(spelled)) return remembered.get(spelled);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const found = judge(withoutEnd(spelled, '.').toLowerCase());
  remembered.set(spelled, found);
  return found;
}

/** Without what it ends with of these characters. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] ?? ' ')) end -= 1;
  return text.slice(0, end);
}

function judge(host: string): string | undefined {
  const isAddress = isIP(host) !== 0;
  if (!isAddress && (!host.includes('.') || /\.\d+$/.test(host))) return undefined;
  const found = hostName(host);
  return found?.registrable === undefined || found.isLocal ? undefined : found.name;
}

/** Under a suffix of the Public Suffix List: what a word has to be to count as a host where it might be a file as well. */
export function isPublicName(host: string): boolean {
  const { isIcann, isPrivate, domain } = parse(host, { allowPrivateDomains: true });
  return domain !== null && (isIcann === true || isPrivate === true);
}

/** The host of the URL whose `://` stands at `mark`. */
export function urlHost(log: string, mark: number, to: number): string | undefined {
  const scheme = schemeBefore(log, mark);
  // A colour's last letter may stand right before: `ESC[32mhttps://…`.
  if (!SCHEMES.has(scheme) && !scheme.endsWith('https') && !scheme.endsWith('http')) return undefined;
  const limit = Math.min(to, mark + MARK + AUTHORITY_LIMIT);
  let start = mark + MARK;
  let end = start;
  let brackets = 0;
  for (; end < limit; end++) {
    const unit = log.charCodeAt(end);
    if (unit === AT) start = end + 1;
    else if (unit === OPENING) brackets += 1;
    else if (unit === CLOSING) {
      // Of an address or of what was redacted; else of the text around.
      brackets -= 1;
      if (brackets < 0) break;
    } else if (ENDS[unit] === 1 || unit <= 0x20) break;
  }
  return hostOf(log.slice(start, end));
}

/** What ends an authority (RFC 3986 §3.2), and what wraps a URL in text. */
const ENDS = new Uint8Array(0x10000);
for (const character of '/?#\\"\'<>`|()^;{}, ') ENDS[character.charCodeAt(0)] = 1;

function schemeBefore(log: string, mark: number): string {
  let from = mark;
  const limit = Math.max(0, mark - LONGEST_SCHEME);
  while (from > limit && isSchemeUnit(log.charCodeAt(from - 1))) from -= 1;
  return log.slice(from, mark).toLowerCase();
}

function isSchemeUnit(unit: number): boolean {
  const lower = unit | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || unit === 0x2b;
}

/** Of `host`, `host:port` or `[address]:port`. */
export function hostOf(authority: string): string | undefined {
  if (authority.startsWith('[')) return destination(authority.slice(1, authority.indexOf(']')));
  const colon = authority.indexOf(':');
  const host = colon === -1 ? authority : authority.slice(0, colon);
  return host === '' ? undefined : destination(host);
}

// Hosts that a build log names, told apart by how sure it is that they were contacted.
//
// A host in a URL is only *mentioned*: documentation, a licence text, a test's output. It was *contacted* when a tool's own
// transfer line says so: curl -v ("* Connected to …"), wget ("Connecting to … connected."), pip ("Downloading https://…"),
// npm ("npm http fetch GET 200 …"), Go ("go: downloading" names modules and no host, so it is not among them).
import { isIP } from 'node:net';
import { getDomain } from 'tldts';

export interface HostInLog {
  /** Registrable domain (Public Suffix List) or address: what is compared. */
  readonly group: string;
  /** As the log spells it. */
  readonly host: string;
  readonly contacted: boolean;
  /** Index into the lines given. */
  readonly line: number;
}

/** Longest part of a line that is looked at; a minified bundle names no destination worth its length. */
const LINE_LIMIT = 4_096;

const URL_HOST = /\bhttps?:\/\/(?:[^\s/@"'<>]{1,256}@)?(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9._-]{1,253})/g;

const TRANSFERS: readonly RegExp[] = [
  /^\* Connected to \S{1,253} \(([0-9a-fA-F:.]{2,45})\) port \d+/,
  /^\* Connected to (\S{1,253}) \(/,
  /^Connecting to (\S{1,253}?)(?: \([^)]{1,253}\))?\|[0-9a-fA-F:.]{2,45}\|:\d+\.{3} connected\./,
  /^ *Downloading https?:\/\/([A-Za-z0-9._-]{1,253})/,
  /^npm http fetch [A-Z]{3,7} [23]\d\d https?:\/\/([A-Za-z0-9._-]{1,253})/,
];

/** GitHub's and GitLab's time stamp at the start of a line, and colours within it. */
const STAMP = /^\uFEFF?\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z (?:\d{2}[OE][+ ]?)?/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the escape character
const COLOUR = /\u001B\[[0-9;]{0,16}[A-Za-z]/g;

/** Every host of the lines once; contacted wins over mentioned, the first line of that certainty is named. */
export function hostsIn(lines: readonly string[]): readonly HostInLog[] {
  const found = new Map<string, HostInLog>();
  for (const [line, raw] of lines.entries()) {
    if (!raw.includes('://') && !raw.includes('onnect')) continue;
    const text = raw.slice(0, LINE_LIMIT).replace(STAMP, '').replace(COLOUR, '');
    const contacted = transferHost(text);
    if (contacted) keep(found, contacted, true, line);
    for (const match of text.matchAll(URL_HOST)) keep(found, match[1] ?? '', false, line);
  }
  return [...found.values()];
}

function transferHost(text: string): string | undefined {
  const named = TRANSFERS.slice(1)
    .map((pattern) => pattern.exec(text)?.[1])
    .find((host) => host !== undefined);
  return named ?? TRANSFERS[0]?.exec(text)?.[1];
}

function keep(found: Map<string, HostInLog>, spelled: string, contacted: boolean, line: number): void {
  const host = spelled
    .replace(/^\[|\]$/g, '')
    .replace(/\.+$/, '')
    .toLowerCase();
  const group = groupOf(host);
  if (!group) return;
  const before = found.get(group);
  if (!before || (contacted && !before.contacted)) found.set(group, { group, host, contacted, line });
}

/** Loopback, unqualified and malformed names are no destinations. */
function groupOf(host: string): string | undefined {
  if (isIP(host)) return /^(?:127\.|0\.0\.0\.0$|::1$)/.test(host) ? undefined : host;
  if (!host.includes('.') || host.endsWith('.localhost')) return undefined;
  return getDomain(host) ?? undefined;
}

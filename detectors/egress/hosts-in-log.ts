// Hosts that a build log names, told apart by how sure it is that they were contacted.
//
// A host in a URL is only *mentioned*: documentation, a licence text, a test's output. It was *contacted* when a tool's own
// transfer line says so: curl -v ("* Connected to …", since 8.16 "* Established connection to …"), wget ("Connecting to …
// connected.", BusyBox "Connecting to host (address:port)"), pip ("Downloading https://…"), npm ("npm http fetch GET 200 …").
// Go's "go: downloading" names modules and no host, so it is not among them.
import { hostName } from '../../services/core/host-name.ts';

export interface HostInLog {
  /** Who controls the name: the registrable domain (Public Suffix List), or an address. This is what is compared. */
  readonly group: string;
  /** As the log spells it, in lower case. */
  readonly host: string;
  readonly contacted: boolean;
  /** Index into the lines given. */
  readonly line: number;
}

/** Longest part of a line that is looked at; a minified bundle names no destination worth its length. */
const LINE_LIMIT = 4_096;

const URL_HOST = /\bhttps?:\/\/(?:[^\s/@"'<>]{1,256}@)?(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9._-]{1,253})/gi;

/** The host, and where the line tells it the address: what counts where the name is one of the network's own. */
const TRANSFERS: readonly RegExp[] = [
  /^\* Connected to (\S{1,253}) \(([0-9a-fA-F:.]{2,45})\) port \d/,
  /^\* Established (?:2nd )?connection to (\S{1,253}) \(([0-9a-fA-F:.]{2,45}) port \d/,
  /^Connecting to (\S{1,253}?)(?: \([^)]{1,253}\))?\|([0-9a-fA-F:.]{2,45})\|:\d{1,5}\.{3} connected\./,
  /^Connecting to (\S{1,253}) \(\[?([0-9a-fA-F:.]{2,45}?)\]?:\d{1,5}\)$/,
  /^ *Downloading https?:\/\/(?:[^\s/@"'<>]{1,256}@)?([A-Za-z0-9._-]{1,253})/,
  /^npm http fetch [A-Z]{3,7} [23]\d\d https?:\/\/(?:[^\s/@"'<>]{1,256}@)?([A-Za-z0-9._-]{1,253})/,
];

/** GitHub's and GitLab's time stamp at the start of a line, and colours within it. */
const STAMP = /^\uFEFF?\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z (?:\d{2}[OE][+ ]?)?/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the escape character
const COLOUR = /\u001B\[[0-9;]{0,16}[A-Za-z]/g;

/** Every host of the lines once; contacted wins over mentioned, the first line of that certainty is named. */
export function hostsIn(lines: readonly string[]): readonly HostInLog[] {
  const found = new Map<string, HostInLog>();
  for (const [line, whole] of lines.entries()) {
    const raw = whole.slice(0, LINE_LIMIT);
    if (!raw.includes('://') && !raw.includes('onnect')) continue;
    const text = raw.replace(STAMP, '').replace(COLOUR, '').trimEnd();
    for (const spelled of transferHosts(text)) if (keep(found, spelled, true, line)) break;
    for (const [, spelled = ''] of text.matchAll(URL_HOST)) keep(found, spelled, false, line);
  }
  return [...found.values()];
}

function transferHosts(text: string): readonly string[] {
  for (const pattern of TRANSFERS) {
    const match = pattern.exec(text);
    if (match) return match.slice(1).filter((host) => host !== undefined);
  }
  return [];
}

/** False when it is no destination: the machine itself, an unqualified or malformed name, a bare suffix. */
function keep(found: Map<string, HostInLog>, spelled: string, contacted: boolean, line: number): boolean {
  const host = hostName(spelled);
  if (host?.registrable === undefined || host.isLocal) return false;
  const group = host.registrable;
  const before = found.get(group);
  if (!before || (contacted && !before.contacted)) found.set(group, { group, host: host.name, contacted, line });
  return true;
}

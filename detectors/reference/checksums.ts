// Checksums that a job's log states of its files.

/** `DIGEST  FILE` of the GNU tools, `*` for binary; https://www.gnu.org/software/coreutils/manual/html_node/cksum-output-modes.html */
const GNU = /(?:^|\s)([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}) [ *](\S{1,200})\s*$/;
/** `SHA256 (FILE) = DIGEST` of BSD, `SHA2-256(FILE)= DIGEST` of OpenSSL. */
const TAGGED =
  /(?:^|\s)SHA[\d-]{1,8} ?\(([^()\s]{1,200})\) ?= ?([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})\s*$/;
/** What a script says of itself: `Uploader version 1.0.2`. */
const VERSION = /\bv(?:ersion)?[ :=]{0,3}v?(\d{1,5}\.\d{1,5}[\w.+-]{0,20})/i;
/** Lines after a checksum in which the file says its version. */
const NEAR = 3;
const LONGEST_LINE = 400;
const MOST = 40;

export interface Checksum {
  readonly file: string;
  /** Its first twelve digits. */
  readonly digest: string;
  /** As the lines that follow state it. */
  readonly version?: string;
  /** Index of the line. */
  readonly index: number;
}

/** At most 40, in their order. */
export function checksumsIn(lines: readonly string[]): readonly Checksum[] {
  const found: Checksum[] = [];
  for (const [index, line] of lines.entries()) {
    // Nearly all lines end here.
    if (
      line.length < 42 ||
      line.length > LONGEST_LINE ||
      !(line.includes('  ') || line.includes(' *') || line.includes('='))
    )
      continue;
    const gnu = GNU.exec(line);
    const tagged = gnu ? null : TAGGED.exec(line);
    const [digest, file] = gnu ? [gnu[1], gnu[2]] : [tagged?.[2], tagged?.[1]];
    // `-` is what came through a pipe.
    if (digest === undefined || file === undefined || file === '-') continue;
    const version = lines
      .slice(index + 1, index + 1 + NEAR)
      .map(versionIn)
      .find((each) => each !== undefined);
    found.push({ file, digest: digest.slice(0, 12), index, ...(version !== undefined && { version }) });
    if (found.length === MOST) break;
  }
  return found;
}

function versionIn(line: string): string | undefined {
  return VERSION.exec(line.slice(0, LONGEST_LINE))?.[1];
}

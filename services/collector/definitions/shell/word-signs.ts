// What a word of a script gives away by itself, whatever program it belongs to.
import type { SignKind } from '../../../core/definition.ts';

const LITERAL = /[A-Za-z0-9+/]{64,}={0,2}/g;
const LITERALS_LOOKED_AT = 20;
const LITERAL_LIMIT = 100_000;

const PATTERNS: readonly (readonly [SignKind, RegExp])[] = [
  ['dev-tcp', /\/dev\/(?:tcp|udp)\//],
  ['docker-socket', /\/run\/(?:docker|podman|containerd\/containerd|crio\/crio)\.sock\b/],
  ['privileged', /^--(?:privileged(?:=true)?|pid=host|cap-add=(?:ALL|SYS_ADMIN|SYS_PTRACE))$/i],
  ['host-mount', /^(?:--volume=|-v)?\/:\/|(?:source|src)=\/(?:,|$)/],
  ['memory-read', /\/proc\/[^/\s]{1,40}\/(?:mem|maps)\b/],
  ['env-dump', /\/proc\/[^/\s]{1,40}\/environ\b/],
  [
    'env-dump',
    /\bJSON\.stringify\(\s?process\.env\s?[,)]|\b(?:dict|str|print|dumps|list)\(\s?os\.environ\s?\)|\bENV\.to_h\b/,
  ],
  ['hex', /(?:\\x[0-9a-fA-F]{2}){4}|(?:\\u00[0-9a-fA-F]{2}){4}|(?:\\[0-3][0-7]{2}){4}/],
  ['ifs', /[\w/]\$(?:\{IFS\b|IFS\b)|\$\{IFS[^}]{0,20}\}[\w/-]/],
  [
    'metadata-service',
    /\b169\.254\.169\.254\b|\b169\.254\.170\.2\b|\bmetadata\.google\.internal\b|\b100\.100\.100\.200\b/,
  ],
  ['outlive-job', /\b(?:RUNNER_TRACKING_ID|JENKINS_NODE_COOKIE)\b|\bBUILD_ID=dont/i],
  ['decode', /\bFromBase64String\b|\bb64decode\b|\batob\(|Buffer\.from\([^)]{1,200}base64/],
  ['encode', /\bToBase64String\b|\bb64encode\b|\bbtoa\(/],
  ['env-file', /^::set-env |##vso\[task\.setvariable/],
  ['path-file', /^::add-path::|##vso\[task\.prependpath\]/],
];

export function signsOfWord(text: string): readonly SignKind[] {
  const found = PATTERNS.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);
  return holdsEncodedText(text) ? [...found, 'encoded-text'] : found;
}

/** What encoded text says; nothing, where it holds none. */
export function decoded(text: string): string {
  const [literal] = /[A-Za-z0-9+/]{16,}={0,2}/.exec(text) ?? [];
  const bytes = Buffer.from((literal ?? '').slice(0, LITERAL_LIMIT), 'base64');
  return isContent(bytes) ? bytes.toString('latin1') : '';
}

/** Base64 that decodes to text, an archive or a program: a digest or an integrity hash does not. */
function holdsEncodedText(text: string): boolean {
  if (text.length < 64 || text.length > LITERAL_LIMIT) return false;
  let looked = 0;
  for (const [literal] of text.matchAll(LITERAL)) {
    if (++looked > LITERALS_LOOKED_AT) return false;
    if (!/[a-z]/.test(literal) || !/[A-Z]/.test(literal) || !/\d/.test(literal)) continue;
    if (isContent(Buffer.from(literal.slice(0, 4_000), 'base64'))) return true;
  }
  return false;
}

function isContent(bytes: Buffer): boolean {
  // gzip, ELF, MZ, zip
  if (/^(?:1f8b08|7f454c46|4d5a|504b0304)/.test(bytes.subarray(0, 4).toString('hex'))) return true;
  let readable = 0;
  for (const byte of bytes)
    if ((byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09) readable++;
  return bytes.length > 0 && readable / bytes.length > 0.95;
}

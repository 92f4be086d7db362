// One id for a credential, however a feed writes it: the same key or token in two feeds is one entity. Never a value.
import { createHash } from 'node:crypto';
import type { Credential } from '../activity.ts';

/** What a feed may know of one credential. At least one of the first five makes an id; the first that is there does. */
export interface CredentialFacts {
  /** SHA-256 of a token, in base64 or hexadecimal: GitHub's `hashed_token`. */
  readonly hash?: string | undefined;
  /** Of an SSH key, certificate: `SHA256:…`, `MD5:aa:bb:…`, `aa:bb:…`. */
  readonly fingerprint?: string | undefined;
  /** Id or fingerprint of an OpenPGP key. */
  readonly gpgKey?: string | undefined;
  /** Of a cloud's access key, `AKIA…`. */
  readonly accessKey?: string | undefined;
  /** The system's own number or name of it. */
  readonly tokenId?: string | undefined;
  readonly type?: string | undefined;
  readonly name?: string | undefined;
}

const SHA256 = /^SHA256:([A-Za-z0-9+/]{43})=?$/i;
const COLONS = /^(?:(?:MD5|SHA1):)?([0-9a-f]{2}(?::[0-9a-f]{2}){15,19})$/i;
const HEX_DIGEST = /^[0-9a-f]{64}$/i;
/** Base64 of 32 bytes, of either alphabet. */
const BASE64_DIGEST = /^[A-Za-z0-9+/_-]{43}=$/;
const PGP = /^(?:0x)?([0-9a-f]{40}|[0-9a-f]{16})$/i;
const NUMBER = /^\d{1,20}$/;

/**
 * The credential of a record. `provider` is the system whose token ids these are. Undefined where nothing tells it from
 * others. What else is known of it stands in `also`: the record says they are one.
 */
export function credentialOf(facts: CredentialFacts, provider?: string): Credential | undefined {
  const { hash, fingerprint, gpgKey, accessKey, tokenId, type, name } = facts;
  const ids = [
    hash ? credentialId(hash, provider) : [],
    fingerprint ? credentialId(fingerprint, provider) : [],
    gpgKey ? pgpKeyId(gpgKey) : [],
    accessKey ? credentialId(accessKey, provider) : [],
    tokenId ? tokenNumber(tokenId, provider) : [],
  ].flat();
  const [id, ...also] = new Set(ids);
  if (id === undefined) return undefined;
  return {
    id,
    ...(also.length > 0 ? { also } : {}),
    ...(type ? { type } : {}),
    ...(name ? { name } : {}),
  };
}

/**
 * A credential's id in one spelling, by its form: fingerprints of SSH keys as `ssh-keygen -l` prints them
 * (https://man.openbsd.org/ssh-keygen#E), hashes of tokens as GitHub writes them
 * (https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/identifying-audit-log-events-performed-by-an-access-token),
 * a bare number with the system that counted. Everything else stays as it is. Applied twice it changes nothing.
 */
export function credentialId(text: string, provider?: string): string {
  const id = text.trim();
  const [, sha256] = SHA256.exec(id) ?? [];
  if (sha256) return `SHA256:${sha256}`;
  const [, colons] = COLONS.exec(id) ?? [];
  if (colons) return colonDigest(colons.toLowerCase()) ?? id;
  if (HEX_DIGEST.test(id)) return Buffer.from(id, 'hex').toString('base64');
  if (BASE64_DIGEST.test(id)) return id.replaceAll('-', '+').replaceAll('_', '/');
  return tokenNumber(id, provider);
}

/** Sixteen bytes are an MD5 digest, twenty a SHA-1 one. */
function colonDigest(digest: string): string | undefined {
  if (digest.length === 47) return `MD5:${digest}`;
  return digest.length === 59 ? `SHA1:${digest}` : undefined;
}

function tokenNumber(id: string, provider: string | undefined): string {
  return NUMBER.test(id) && provider !== undefined ? `${provider}:token:${id}` : id;
}

/**
 * An OpenPGP key by its long id, the last sixteen digits of its fingerprint (RFC 4880 §12.2): feeds give one or the
 * other. What is neither stays as it is.
 */
export function pgpKeyId(text: string): string {
  const [, digits] = PGP.exec(text.replaceAll(/[\s:]/g, '')) ?? [];
  return digits ? `PGP:${digits.slice(-16).toUpperCase()}` : text.trim();
}

/** Fingerprint of a public key in the form of OpenSSH, `ssh-ed25519 AAAA… comment`; undefined for anything else. */
export function publicKeyFingerprint(key: string): string | undefined {
  const [, type = '', blob = ''] =
    /^\s*([a-z0-9@.-]{1,64})\s{1,8}([A-Za-z0-9+/]{16,16384}={0,2})(?:\s|$)/.exec(key) ?? [];
  const bytes = Buffer.from(blob, 'base64');
  // The blob repeats the type, after its length (RFC 4253 §6.6).
  if (type === '' || bytes.length < 4 + type.length || bytes.readUInt32BE(0) !== type.length) return undefined;
  if (bytes.toString('latin1', 4, 4 + type.length) !== type) return undefined;
  // 32 bytes end in one sign of padding.
  return `SHA256:${createHash('sha256').update(bytes).digest('base64').slice(0, -1)}`;
}

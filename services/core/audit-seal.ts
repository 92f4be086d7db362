// Seals of the audit chain: entries in it that sign its head (Ed25519, RFC 8032), so that whoever writes the chain anew from
// somewhere on, or cuts off its tail, shows to everybody who has the public key.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { AuditEntry } from './audit.ts';
import { PipewardenError } from './errors.ts';
import { contentId, isObject } from './json.ts';
import { formatInstant, HOUR, type Instant } from './time.ts';

const ACTION = 'audit.sealed';
/** At most so many entries, or so long with any, are without a seal. */
export const SEAL_EVERY = 100;
export const SEAL_WITHIN = HOUR;

export interface Head {
  readonly number: number;
  readonly hash: string;
}

export interface Signer {
  readonly key: KeyObject;
  /** By which a seal names its key: SHA-256 of the public one (SPKI), in hexadecimal. */
  readonly id: string;
}

/** `pem`: as `openssl genpkey -algorithm ed25519` writes it. Throws CONFIG_INVALID, without a word of it. */
export function signerOf(pem: string): Signer {
  const key = keyIn(() => createPrivateKey(pem), 'audit.signing_key is no private key of Ed25519 (PEM)');
  return { key, id: keyId(createPublicKey(key)) };
}

/** As `openssl pkey -pubout` writes it. Throws CONFIG_INVALID. */
export function publicKeyIn(pem: string): KeyObject {
  return keyIn(() => createPublicKey(pem), 'it is no public key of Ed25519 (PEM)');
}

export function publicKeyOf({ key }: Signer): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
}

/** Signs all of the chain up to its head. */
export function sealOf(head: Head, { key, id }: Signer, now: Instant): AuditEntry {
  const signature = sign(null, signed(head), key).toString('base64');
  return {
    id: contentId('seal', head.number, head.hash),
    time: formatInstant(now),
    actor: 'pipewarden',
    action: ACTION,
    subject: 'audit',
    outcome: 'success',
    detail: { number: head.number, hash: head.hash, key: id, signature },
  };
}

export function isSeal({ action }: AuditEntry): boolean {
  return action === ACTION;
}

/** Why the entry, which stands behind `head`, does not seal it; undefined where it does. */
export function sealProblem({ detail }: AuditEntry, head: Head, key: KeyObject): string | undefined {
  if (!isObject(detail) || detail.number !== head.number || detail.hash !== head.hash) {
    return 'it seals another chain';
  }
  if (detail.key !== keyId(key)) return 'it is sealed with another key';
  const isOurs = typeof detail.signature === 'string' && verify(null, signed(head), key, bytesOf(detail.signature));
  return isOurs ? undefined : 'its signature is not of this key';
}

function signed({ number, hash }: Head): Uint8Array {
  return Buffer.from(`pipewarden audit\n${number}\n${hash}`);
}

function bytesOf(base64: string): Uint8Array {
  return Buffer.from(base64, 'base64');
}

function keyId(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

function keyIn(read: () => KeyObject, problem: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = read();
  } catch {
    // What the library says may quote it.
  }
  if (key?.asymmetricKeyType !== 'ed25519') throw new PipewardenError('CONFIG_INVALID', { problems: problem });
  return key;
}

// Identifiers of the right shape, each derived from a name.
import { createHash } from 'node:crypto';

function digest(name: string): Buffer {
  return createHash('sha1').update(`lumen-works/${name}`).digest();
}

/** 40 hexadecimal digits, as git names a commit. */
export function sha(name: string): string {
  return digest(name).toString('hex');
}

/** A number of exactly so many digits (up to 14). */
export function numberOf(name: string, digits: number): number {
  const least = 10 ** (digits - 1);
  return least + (digest(name).readUIntBE(0, 6) % (9 * least));
}

/** As the audit log names its entries: 128 bits, base64url. */
export function documentId(name: string): string {
  return digest(name).subarray(0, 16).toString('base64url');
}

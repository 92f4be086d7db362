// A public key in the form of OpenSSH, made at run time, always the same in one process.
import { generateKeyPairSync } from 'node:crypto';

const { publicKey: made } = generateKeyPairSync('ed25519');

/** `ssh-ed25519 AAAA…` (RFC 8709 §4). */
export function publicKey(): string {
  const raw = made.export({ type: 'spki', format: 'der' }).subarray(-32);
  const field = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  const blob = Buffer.concat([field(Buffer.from('ssh-ed25519')), field(raw)]);
  return `ssh-ed25519 ${blob.toString('base64')}`;
}

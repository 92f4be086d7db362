// The checksum at the end of GitHub's and npm's tokens: CRC-32 of the random part, in base 62, six characters.
// https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
import { crc32 } from 'node:zlib';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 6;

export function checksumOf(random: string): string {
  let rest = crc32(random);
  let digits = '';
  while (digits.length < LENGTH) {
    digits = BASE62.charAt(rest % BASE62.length) + digits;
    rest = Math.floor(rest / BASE62.length);
  }
  return digits;
}

/** Whether the last six characters of `body` (a token without its prefix) fit the rest. */
export function checksumHolds(body: string): boolean {
  return body.length > LENGTH && body.slice(-LENGTH) === checksumOf(body.slice(0, -LENGTH));
}

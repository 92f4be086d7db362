// Private keys on one line (JSON and shell escapes). Those over several lines: `private-key.ts` one folder up.
import type { Pattern } from '../../pattern.ts';
import { BASE64, draw } from '../make/token.ts';

/** The kind; also used for keys over several lines. */
export const PRIVATE_KEY = 'private-key';

/**
 * What identifies a key in every form it is written in: its full base64 lines, joined; without labels, headers,
 * timestamps, diff signs, escapes and the short last line.
 */
export function canonicalKey(text: string): string {
  const lines = text.replace(/\\[nrt]/g, '\n').match(/[A-Za-z0-9+/]{40,}={0,2}/g);
  // A diff's `+` would pass for base64.
  return lines ? lines.map((line) => line.replace(/^\+/, '')).join('') : text.replace(/\s+/g, '');
}

export const privateKeys: readonly Pattern[] = [
  {
    id: PRIVATE_KEY,
    provider: 'any',
    title: 'Private key (PEM, OpenSSH, PGP)',
    source: 'https://www.rfc-editor.org/rfc/rfc7468',
    keywords: ['-----begin '],
    // One hyphen at a time inside, as in the header `DEK-Info`; five are the end.
    secret:
      /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:-?[A-Za-z0-9+/=\\%:, ._])+(?:-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----)?/,
    shortest: 48,
    accepts: (secret) => secret.includes('-----END ') || /[A-Za-z0-9+/]{32}/.test(secret),
    canonical: canonicalKey,
    prefixed: true,
    example(random) {
      const lines = Array.from({ length: 6 }, () => draw(random, BASE64, 64));
      const label = ['PRIVATE', 'KEY'].join(' ');
      const secret = [`-----BEGIN ${label}-----`, ...lines, `${draw(random, BASE64, 30)}==`, `-----END ${label}-----`];
      return { secret: secret.join('\n'), text: secret.join('\n') };
    },
  },
];

// Random words behind a label: vendors' keys whose form nobody has described, in whatever way they were written down.
import type { Pattern } from '../../pattern.ts';
import { isRandomWord, isUuid } from '../../plausible.ts';
import { ALPHANUMERIC, draw } from '../make/token.ts';

/** What a key or hash is called that is no secret. */
const HARMLESS =
  /cache|tokeni[sz]|rsa|dsa|eddsa|gpg|pgp|public|finger|hash|digest|sha\d|primary|foreign|h(?:key|kcu|klm)_|keyring|keyserver|recv|next|page|cursor|signing|verif|trust|known.?host|key.?id|(?:secret|token|key)_?names?|accesslog|restore|sort|partition|routing|object|storage.?key|react|data-key|access[ _-]?(?:level|mode|time)/i;

/** What stands before the label, the label, what stands behind it. */
const LABEL = /(\w*)(secret|token|key|private|access)(\w*)[^\w]*$/i;

/** Two words that are a label together: `API key: `. */
const KEY_OF = /(?<![A-Za-z])(?:api|access|secret|auth|admin|service|app|account|licen[cs]e)[ _-]key[^\w]*$/i;

export const labelled: readonly Pattern[] = [
  {
    id: 'labelled-secret',
    provider: 'any',
    title: 'Random word behind a label such as SECRET, TOKEN or KEY',
    source: 'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-06-Insufficient-Credential-Hygiene',
    keywords: ['secret', 'token', 'key', 'private', 'access_', 'access-', 'access ', 'access=', 'access:'],
    before: /(?:secret|token|key|private|access)\w{0,24}[ \t=:.,'"`()[\]-]{1,6}/i,
    secret: /[A-Za-z0-9][\w.~+/=%-]*/,
    shortest: 16,
    accepts(secret, before) {
      const [, stem = '', label = '', rest = ''] = LABEL.exec(before) ?? [];
      const says =
        /secret|token|private/i.test(label) || /^[A-Z]+$/.test(label) || /key/i.test(rest) || KEY_OF.test(before);
      // The label is part of a random word itself, which is a secret of its own or a hash.
      const word = stem + label + rest;
      if (/\d/.test(word) && isRandomWord(word, 2)) return false;
      // A key on its own is anything, unless it shouts.
      if (!says && stem === '') return false;
      if (!isRandomWord(secret, says ? 1 : 3)) return false;
      return (/secret|token/i.test(label) || !isUuid(secret)) && !HARMLESS.test(before.slice(-60));
    },
    example(random) {
      const secret = `${draw(random, ALPHANUMERIC, 24)}4x7Q2f9b`;
      return { secret, text: `acme PRIVATE ${secret}` };
    },
  },
];

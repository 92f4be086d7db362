// Hashes of passwords and tickets that passwords are guessed from: what an attacker takes home and tries offline.
import type { Pattern } from '../../pattern.ts';
import { isVaried } from '../../plausible.ts';
import { ALPHANUMERIC, BASE64, BORDER, bare, draw, HEX, isVariedTail } from '../make/token.ts';

const CRYPT = 'https://manpages.debian.org/bookworm/libcrypt-dev/crypt.5.en.html';
const BORDER_OR_FIELD = String.raw`(?:(?<![A-Za-z0-9$])|(?<=\\[nrt]))`;

export const hashes: readonly Pattern[] = [
  {
    id: 'password-hash',
    provider: 'any',
    title: 'Hash of a password (crypt, bcrypt, scrypt, yescrypt, Argon2)',
    source: CRYPT,
    keywords: [
      '$1$',
      '$2a$',
      '$2b$',
      '$2x$',
      '$2y$',
      '$5$',
      '$6$',
      '$7$',
      '$8$',
      '$9$',
      '$y$',
      '$apr1$',
      '$argon2',
      '$pbkdf2',
      '$scrypt$',
    ],
    secret: new RegExp(
      `${BORDER_OR_FIELD}\\$(?:[1-9y]|2[abxy]|apr1|argon2(?:id|[id])|pbkdf2(?:-[a-z0-9]+)?|scrypt)\\$[A-Za-z0-9./+=,*$-]+`,
    ),
    shortest: 30,
    // Method, perhaps a cost, salt and hash: the hash has 22 characters at least.
    accepts: (secret) => isVaried(secret, 14) && (secret.split('$').at(-1)?.length ?? 0) >= 22,
    prefixed: true,
    example: (random) => bare(`$6$${draw(random, ALPHANUMERIC, 16)}$${draw(random, `${ALPHANUMERIC}./`, 86)}`),
  },
  {
    id: 'django-password-hash',
    provider: 'Django',
    title: 'Hash of a password in Django',
    source: 'https://docs.djangoproject.com/en/stable/topics/auth/passwords/',
    keywords: ['pbkdf2_sha256$', 'pbkdf2_sha1$', 'bcrypt_sha256$', 'argon2$'],
    secret: new RegExp(`${BORDER}(?:pbkdf2_sha(?:1|256)|bcrypt_sha256|argon2)\\$[A-Za-z0-9./+=,$-]+`),
    shortest: 40,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) =>
      bare(`pbkdf2_sha256$870000$${draw(random, ALPHANUMERIC, 22)}$${draw(random, BASE64, 43).replaceAll('/', 'k')}=`),
  },
  {
    id: 'ldap-password-hash',
    provider: 'any',
    title: 'Hash of a password in a directory',
    source: 'https://www.openldap.org/doc/admin26/security.html#Password%20Storage',
    keywords: ['{ssha}', '{ssha256}', '{ssha512}', '{sha}', '{smd5}'],
    before: /\{(?:SSHA(?:256|512)?|SHA|SMD5)\}/i,
    secret: /[A-Za-z0-9+/]+={0,2}/,
    shortest: 24,
    accepts: (secret) => isVaried(secret, 10),
    prefixed: true,
    example(random) {
      const secret = `${draw(random, BASE64, 39)}=`;
      return { secret, text: `userPassword: {SSHA}${secret}` };
    },
  },
  {
    id: 'kerberos-hash',
    provider: 'Kerberos',
    title: 'Part of a Kerberos ticket that a password can be guessed from',
    source: 'https://www.rfc-editor.org/rfc/rfc4757',
    keywords: ['$krb5asrep$', '$krb5tgs$', '$krb5pa$'],
    secret: /\$krb5(?:asrep|tgs|pa)\$[A-Za-z0-9$*@.:/_-]+/,
    shortest: 60,
    accepts: isVariedTail,
    prefixed: true,
    example: (random) => bare(`$krb5asrep$23$ci@EXAMPLE.COM:${draw(random, HEX, 32)}$${draw(random, HEX, 120)}`),
  },
];

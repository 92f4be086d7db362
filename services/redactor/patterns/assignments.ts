// Values given to a name that says they are secret: the kinds without a form of their own.
import { nameBefore, type Secrecy, secrecyOf } from '../names.ts';
import type { Pattern } from '../pattern.ts';
import { isPlausible } from '../plausible.ts';
import { ALPHANUMERIC, draw } from './make.ts';

const SOURCE = 'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-06-Insufficient-Credential-Hygiene';

/** `name=`, `name: "`, `"name": "`, `\"name\":\"`, `name => '`, `name := `, `name ?= `. */
const ASSIGNED = /(?<=[\w\])])["'`\\]{0,3}[ \t]{0,4}(?:=>|[:?!+.]{0,3}={1,3}|:)[ \t]{0,4}\\{0,2}["'`]?/;
/** `--name `. */
const OPTION = /(?<![\w-])--[A-Za-z0-9][\w-]*[ \t]{1,3}["']?/;

/** To the closing quote, where there is one before; else to what ends a word in shells, addresses and markup. */
const VALUE =
  /(?<=\\["'])[^"'\\\r\n]+|(?<=")(?:[^"\\\r\n]|\\.)+|(?<=')(?:[^'\\\r\n]|\\.)+|(?<=`)[^`\r\n]+|[^\s"'`,;&<\\:=][^\s"'`,;&<\\]*/;

/** Every name that `secrecyOf` knows holds one of these; short ones, part of many words, with what follows a name. */
const PASSWORD_WORDS = ['passw', 'passphrase', 'pwd', ...ending('pass', 'pw', 'psw')];
const SECRET_WORDS = ['secret', 'token', 'key', 'credential', 'jwt', ...ending('auth', 'bearer', 'pat')];

function ending(...words: readonly string[]): string[] {
  return words.flatMap((word) => [...'=: "\'\\_-'].map((character) => word + character));
}

function acceptsFor(secrecy: Secrecy): (secret: string, before: string) => boolean {
  return (secret, before) => {
    const name = nameBefore(before);
    if (secrecyOf(name) !== secrecy) return false;
    const quoted = /["'`]$/.test(before);
    return isPlausible(secret, secrecy, quoted) && (quoted || !isCodeOrProse(secret, name, before));
  };
}

/** Without quotes it may be a comparison, a coordinate (`io.example.token:name:1.0`) or prose ("password: incorrect"). */
function isCodeOrProse(value: string, name: string, before: string): boolean {
  if (/[!=]=[ \t]*$/.test(before)) return true;
  if (before.endsWith(':') && (name.includes('.') || isUserOfAddress(before))) return true;
  return /:[ \t]*$/.test(before) && /^[A-Za-z_-]+[.!?):]*$/.test(value);
}

/** `https://x-access-token:` is followed by a host too; the kinds for addresses know where the password ends. */
function isUserOfAddress(before: string): boolean {
  const address = before.lastIndexOf('://');
  return address >= 0 && !/[\s/]/.test(before.slice(address + 3));
}

export const assignments: readonly Pattern[] = [
  {
    id: 'password',
    title: 'Value of a name that says password',
    source: SOURCE,
    keywords: PASSWORD_WORDS,
    before: ASSIGNED,
    secret: VALUE,
    shortest: 4,
    accepts: acceptsFor('password'),
    example(random) {
      const secret = `${draw(random, ALPHANUMERIC, 11)}7!`;
      return { secret, text: `export DB_PASSWORD='${secret}'` };
    },
  },
  {
    id: 'password-option',
    title: 'Value of an option that says password',
    source: SOURCE,
    keywords: PASSWORD_WORDS,
    before: OPTION,
    secret: VALUE,
    shortest: 4,
    accepts: acceptsFor('password'),
    example(random) {
      const secret = `${draw(random, ALPHANUMERIC, 11)}7!`;
      return { secret, text: `deploy --user ci --password ${secret} --verbose` };
    },
  },
  {
    id: 'secret-value',
    title: 'Value of a name that says secret, token or key',
    source: SOURCE,
    keywords: SECRET_WORDS,
    before: ASSIGNED,
    secret: VALUE,
    shortest: 4,
    accepts: acceptsFor('secret'),
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 32);
      return { secret, text: `"client_secret": "${secret}"` };
    },
  },
  {
    id: 'secret-option',
    title: 'Value of an option that says secret, token or key',
    source: SOURCE,
    keywords: SECRET_WORDS,
    before: OPTION,
    secret: VALUE,
    shortest: 4,
    accepts: acceptsFor('secret'),
    example(random) {
      const secret = draw(random, ALPHANUMERIC, 32);
      return { secret, text: `publish --registry main --api-key ${secret}` };
    },
  },
];

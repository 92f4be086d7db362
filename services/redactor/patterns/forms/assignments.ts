// Values given to a name that says they are secret: the kinds without a form of their own.
import { nameBefore, type Secrecy, saysPassword, secrecyOf } from '../../names.ts';
import type { Pattern } from '../../pattern.ts';
import { isPassphrase, isPlausible, looksRandom } from '../../plausible.ts';
import { ALPHANUMERIC, draw } from '../make/token.ts';
import { nameOfPair, PAIRED } from './pairs.ts';

const SOURCE = 'https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-06-Insufficient-Credential-Hygiene';

/** The rest of a name from a keyword on: `client_secret`, `x-api-key`, `spring.datasource.password`, `env.TOKEN`. */
const NAME = String.raw`\w(?:[\w-]|[.$](?=\w)){0,64}`;
/** What closes a name: quotes (in JSON within JSON with a backslash), an index, a size or a parenthesis. */
const CLOSED = String.raw`(?:\[\w{0,8}\])?["'\`\\\])]{0,3}[ \t]{0,4}`;
/**
 * `=`, `:`, `=>`, `:=`, `?=`, `.=`, `:::=`, `==`, `||:`; with a type before it, as in `token string = `; a list's comma;
 * nothing, before a quote; or the value is a field of its own. */
const OPERATOR = String.raw`(?:${PAIRED}|(?:[ \t:]{0,3}[A-Za-z]{2,12}[ \t]{1,3})?[:.?+!]{0,3}={1,3}>?|\|\|:?|:{1,3}|(?<=["']),|(?<=[ \t])(?="[^ "\r\n]{4,200}"(?:[;,)]|$)|'[^ '\r\n]{4,200}'(?:[;,)]|$)))`;
/** A quote, with what languages write before it: `@"`, `r'`. */
const OPENED = String.raw`[ \t]{0,4}(?:[@$bfru](?=["']))?\\{0,2}["'\`]?`;
const ASSIGNED = new RegExp(NAME + CLOSED + OPERATOR + OPENED);
/** `--name `; the keyword stands somewhere in the name, or is the last part of it with the hyphen before. */
const OPTION = new RegExp(`-{0,2}${NAME}[ \\t]{1,3}["']?`);
/** `<name>`, the value perhaps on the next line, behind the line prefix of a CI system. */
const ELEMENT = new RegExp(String.raw`${NAME}>(?:[ \t]*\r?\n(?:[\dTZ:.+-]+[ \t])?[ \t]*)?`);

/**
 * To the closing quote, where there is one before; else to what ends a word in shells, addresses and markup: a comma does
 * in code, and where the next word is a name itself or stands apart.
 */
const VALUE =
  /(?<=\\["'])[^"'\\\0\r\n]+|(?<=")(?:[^"\\\0\r\n]|\\[^\0\r\n])+|(?<=')(?:[^'\\\0\r\n]|\\[^\0\r\n])+|(?<=`)[^`\0\r\n]+|[^\0 \t\r\n"'`,;&<\\:=](?:[^\0 \t\r\n"'`,;&<\\]|(?<![)\]}]),(?![\w-][\w.-]{0,40}[:=(["'`\s]|[{([!:="'`\s]|$))*/;
const WORD = /[^\0 \t\r\n"'`,;&<>\\:=-](?:,?[^\0 \t\r\n"'`,;&<>\\])*/;
const CONTENT = /(?<=>)[^\0\r\n<>]+(?=<\/)|(?<=[\n \t])[^\0 \t\r\n<>]+/;

/** Every name that `secrecyOf` knows holds one of these; short ones, part of many words, with what follows a name. */
const PASSWORD_WORDS = [
  'passw',
  'passphrase',
  'pwd',
  'kennwort',
  'contrasena',
  'senha',
  'motdepasse',
  'wachtwoord',
  'parolachiave',
  'haslo',
];
const PASSWORD_ENDS = ['pass', 'pw', 'psw'];
const SECRET_WORDS = ['secret', 'token', 'key', 'credential', 'jwt'];
const SECRET_ENDS = ['auth', 'bearer', 'pat', 'creds'];

/** What may follow a name of one of the short words, by the expression that it is the beginning of. */
const AFTER_NAME = new Map([
  [ASSIGNED, ['=', ':', ' =', ' :', ' !', '"', "'", '\\', '_', '-', '[']],
  [ELEMENT, ['>', '_', '-']],
]);

function keywordsOf(secrecy: Secrecy, before: RegExp): string[] {
  const passwords = [PASSWORD_WORDS, PASSWORD_ENDS] as const;
  // `password_of_somebody` may stand for anything, so it is judged as a secret is.
  const secrets = [
    [...SECRET_WORDS, ...PASSWORD_WORDS],
    [...SECRET_ENDS, ...PASSWORD_ENDS],
  ] as const;
  const [words, short] = secrecy === 'password' ? passwords : secrets;
  const after = AFTER_NAME.get(before);
  return [...words, ...short.flatMap((word) => after?.map((text) => word + text) ?? [`-${word} `])];
}

const TYPE = /[ \t:]{1,3}[A-Za-z]{2,12}[ \t]{1,3}[:.?+!]{0,3}=[ \t]{0,4}["'`]?$/;

/** A name of several words that is no value itself: `set("API_TOKEN", "…")`. */
const ARGUMENT = /[(,][ \t]*["'][A-Za-z\d]+[_-][\w-]+["'][ \t]*,[ \t]*["'`]$/;

/** Text that is shown to people is rather given by a colon. */
const PHRASED = /=[ \t]*["'`]$/;

/** Nothing between name and quote: a setting (`password "…";`), or prose. */
const BARE = /\w[ \t]+["'`]$/;

function secrecyBefore(before: string): Secrecy | undefined {
  const paired = nameOfPair(before);
  if (paired !== undefined) return secrecyOf(paired);
  return (
    secrecyOf(nameBefore(before)) ?? (TYPE.test(before) ? secrecyOf(nameBefore(before.replace(TYPE, ''))) : undefined)
  );
}

/** Which rows a name belongs to. */
function rowOf(secrecy: Secrecy): Secrecy {
  return secrecy === 'perhaps' ? 'secret' : secrecy;
}

function isAssigned(secrecy: Secrecy) {
  return (secret: string, before: string) => {
    const said = secrecyBefore(before);
    if (said === undefined || rowOf(said) !== secrecy || isCount(secret, before)) return false;
    if (/,[ \t]*["'`]?$/.test(before) && !ARGUMENT.test(before)) return false;
    const quoted = /["'`]$/.test(before);
    if (quoted && BARE.test(before) && !looksRandom(secret)) return false;
    if (said === 'perhaps' && PHRASED.test(before) && saysPassword(nameBefore(before)) && isPassphrase(secret))
      return true;
    return isPlausible(secret, said, quoted) && (quoted || !isCodeOrProse(secret, nameBefore(before), before));
  };
}

function isOption(secrecy: Secrecy) {
  return (secret: string, before: string) => {
    // PowerShell writes one hyphen and a capital.
    if (!/(?<![\w-])(?:--|-(?=[A-Z]))[\w-]*[ \t]+["']?$/.test(before) || secrecyOf(nameBefore(before)) !== secrecy)
      return false;
    return isPlausible(secret, secrecy, /["']$/.test(before));
  };
}

function isContent(secrecy: Secrecy) {
  return (secret: string, before: string) => {
    const [, line = '', name = '', space = ''] = /([^\n]*)<([\w.:-]+)>([^<>]*)$/.exec(before) ?? [];
    // On the next line only when the element stands alone: `usage: login <password>` goes on with anything.
    if (space.includes('\n') && !/^(?:[\dTZ:.+-]+[ \t])?[ \t]*$/.test(line)) return false;
    return secrecyOf(name) === secrecy && isPlausible(secret, secrecy, true);
  };
}

/** Of the tests that passed. */
function isCount(value: string, before: string): boolean {
  return /^\d+$/.test(value) && /(?<![\w-])pass["'`]?[ \t]*[:=]/i.test(before);
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
  return address >= 0 && !/[ \t/]/.test(before.slice(address + 3));
}

type Row = Pick<Pattern, 'id' | 'title' | 'secret' | 'accepts'> & {
  readonly before: RegExp;
  readonly secrecy: Secrecy;
  readonly text: (secret: string) => string;
};

function row({ secrecy, text, ...rest }: Row): Pattern {
  return {
    ...rest,
    provider: 'any',
    source: SOURCE,
    keywords: keywordsOf(secrecy, rest.before),
    shortest: 4,
    example(random) {
      const secret =
        secrecy === 'password' ? `${draw(random, ALPHANUMERIC, 11)}7!` : `${draw(random, ALPHANUMERIC, 31)}7`;
      return { secret, text: text(secret) };
    },
  };
}

export const assignments: readonly Pattern[] = [
  row({
    id: 'password',
    title: 'Value of a name that says password',
    secrecy: 'password',
    before: ASSIGNED,
    secret: VALUE,
    accepts: isAssigned('password'),
    text: (secret) => `export DB_PASSWORD='${secret}'`,
  }),
  row({
    id: 'password-option',
    title: 'Value of an option that says password',
    secrecy: 'password',
    before: OPTION,
    secret: WORD,
    accepts: isOption('password'),
    text: (secret) => `deploy --user ci --password ${secret} --verbose`,
  }),
  row({
    id: 'password-element',
    title: 'Content of an element that says password',
    secrecy: 'password',
    before: ELEMENT,
    secret: CONTENT,
    accepts: isContent('password'),
    text: (secret) => `<server><id>main</id><password>${secret}</password></server>`,
  }),
  row({
    id: 'secret-value',
    title: 'Value of a name that says secret, token or key',
    secrecy: 'secret',
    before: ASSIGNED,
    secret: VALUE,
    accepts: isAssigned('secret'),
    text: (secret) => `"client_secret": "${secret}"`,
  }),
  row({
    id: 'secret-option',
    title: 'Value of an option that says secret, token or key',
    secrecy: 'secret',
    before: OPTION,
    secret: WORD,
    accepts: isOption('secret'),
    text: (secret) => `publish --registry main --api-key ${secret}`,
  }),
  row({
    id: 'secret-element',
    title: 'Content of an element that says secret, token or key',
    secrecy: 'secret',
    before: ELEMENT,
    secret: CONTENT,
    accepts: isContent('secret'),
    text: (secret) => `<apiToken>${secret}</apiToken>`,
  }),
  {
    id: 'compared-secret',
    provider: 'any',
    title: 'Text that is compared with something that says password, secret, token or key',
    source: SOURCE,
    keywords: ['"', "'"].flatMap((quote) => ['==', ' ==', '!=', ' !='].map((operator) => quote + operator)),
    search: 'line',
    before: /(?<=[("'[,=& \t])["']/,
    secret:
      /[^\0"'\r\n]+(?=["'][ \t]?[!=]==?[ \t]?[A-Za-z_.]{0,24}(?:passw|pwd|pass|secret|token|key)\w{0,24}(?:[^\w.(]|$))/i,
    shortest: 8,
    accepts: (secret) => isPlausible(secret, 'secret', true),
    example(random) {
      const secret = `${draw(random, ALPHANUMERIC, 13)}4x7`;
      return { secret, text: `if ("${secret}" == password) {` };
    },
  },
];

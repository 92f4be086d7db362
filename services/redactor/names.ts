// Which names (of fields, variables, options) say that their value is secret. One notion for text and for JSON.

/** `password`: any value is one. `secret`: tokens, keys and the like, whose value must also look like one. */
export type Secrecy = 'password' | 'secret';

/** Endings without a word border before them count too: `dbpassword`, `accesskey`. */
const PASSWORD_ENDINGS = ['password', 'passwd', 'passphrase', 'passwort', 'pwd'];
const SECRET_ENDINGS = ['secret', 'token', 'apikey', 'secretkey', 'accesskey', 'privatekey', 'credential'];
const PASSWORDS = new Set(['pass', 'pw', 'psw']);
const SECRETS = new Set(['credentials', 'auth', 'jwt', 'bearer', 'pat']);

/** `<word> key` is secret for these words; a plain, public or cache key is not. */
const SECRET_KEYS = new Set(
  'access account api app application auth client consumer deploy encryption license master private secret service shared signing storage webhook write'.split(
    ' ',
  ),
);

/** A name that begins with one of these holds something made from a secret, or a cursor. */
const HARMLESS_FIRST = new Set('hash hashed masked next page previous continuation cancellation public'.split(' '));

/** Endings that say nothing about the value: `PASSWORD_2`, `token-value`, `db_password_prod`. */
const TRAILING =
  /^(?:\d+|value|string|plain|raw|prod|production|staging|stage|dev|test|ci|new|old|current|base64|b64)$/;

/** What a name says of its value: `DB_PASSWORD`, `clientSecret`, `x-api-key`, `_authToken`; undefined: nothing. */
export function secrecyOf(name: string): Secrecy | undefined {
  const words = wordsOf(name);
  while (words.length > 1 && TRAILING.test(words.at(-1) ?? '')) words.pop();
  const last = words.at(-1);
  if (last === undefined || HARMLESS_FIRST.has(words[0] ?? '')) return undefined;
  if (PASSWORDS.has(last) || PASSWORD_ENDINGS.some((ending) => last.endsWith(ending))) return 'password';
  if (SECRETS.has(last) || SECRET_ENDINGS.some((ending) => last.endsWith(ending))) return 'secret';
  return last === 'key' && SECRET_KEYS.has(words.at(-2) ?? '') ? 'secret' : undefined;
}

const BETWEEN = ' \t"\'`\\)[]:=?!+>';

/** The name that a value is given to, from the text before the value: `"password": "` gives `password`. */
export function nameBefore(before: string): string {
  let end = before.length;
  while (end > 0 && BETWEEN.includes(before.charAt(end - 1))) end--;
  let start = end;
  while (start > 0 && /[\w.-]/.test(before.charAt(start - 1))) start--;
  return before.slice(start, end);
}

/** Words of a name in lower case, split at everything but letters and digits, and where a capital follows a small letter. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

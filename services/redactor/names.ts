// Which names (of fields, variables, options) say that their value is secret. One notion for text and for JSON.

/**
 * `password`: any value is one. `secret`: tokens, keys and the like, whose value must also look like one. `perhaps`: a
 * key of a sort that nobody has listed, or a secret of which something more is said: only what nobody would write.
 */
export type Secrecy = 'password' | 'secret' | 'perhaps';

/** Endings without a word border before them count too: `dbpassword`, `accesskey`. */
const PASSWORD_ENDINGS = [
  'password',
  'passwd',
  'passphrase',
  'pwd',
  // In German, Spanish, Portuguese, French, Dutch, Italian and Polish.
  'passwort',
  'kennwort',
  'contrasena',
  'senha',
  'motdepasse',
  'wachtwoord',
  'parolachiave',
  'haslo',
];
const SECRET_ENDINGS = ['secret', 'secrete', 'token', 'apikey', 'secretkey', 'accesskey', 'privatekey', 'credential'];
const PASSWORDS = new Set(['pass', 'pw', 'psw']);
const SECRETS = new Set(['credentials', 'creds', 'auth', 'jwt', 'bearer', 'pat']);

/** A name that begins with one of these holds something made from a secret, or a cursor. */
const HARMLESS_FIRST = new Set('hash hashed masked next page previous continuation cancellation public'.split(' '));

/** Endings that say nothing about the value: `PASSWORD_2`, `token-value`, `db_password_prod`. */
const TRAILING =
  /^(?:\d+|value|string|plain|raw|prod|production|staging|stage|dev|test|ci|new|old|current|base64|b64)$/;

/** `<word> key` is secret for these words. */
const SECRET_KEYS = new Set(
  'access account api app application auth client consumer deploy encryption license master private secret service shared signing storage webhook write'.split(
    ' ',
  ),
);

/** Of a key: what it is called when anybody may know it. */
const PUBLIC_KEYS = new Set(
  'cache primary foreign sort partition public group grouping object row index map lookup composite unique hash host hostname hot arrow config json yaml translation locale message event routing idempotency dedup react query item list feature flag label metric tag topic pipeline job run build restore save fallback gpg pgp rsa dsa ecdsa ssh hkey_local registry shift control meta option caps home end page natural surrogate candidate business order search filter data state resource column field node parent child sub dictionary property setting settings attribute environment env session lock s3 redis kv bucket prefix path file manifest artifact image layer commit first last min max current same any no each per the a by of for with'.split(
    ' ',
  ),
);

/** Behind a word for a secret: what is told of it, rather than the secret. */
const ABOUT = new Set(
  'id ids name names file files path paths dir folder url urls uri uris host endpoint arn type types kind length len size count policy policies expiry expires expiration expire ttl timeout age lifetime version ref refs reference field label prefix suffix pattern regex format hash hashes digest hint prompt reset required enabled disabled provider manager store storage service issuer audience scope scopes status state error message validation validator strength rotation generator helper util utils spec class module package cache key keys usage limit index position offset start end set list map env var variable alias arg argument param parameter parser option options location source backend engine is for in of to from with and or not has check checks checker detection scan scanner scanning leak leaks exists exist missing changed updated created deleted date time at by max min per rate budget budgets used total window bucket stream id_token endpoint request requests response handler factory interface impl config configuration settings help text title placeholder description desc tooltip info notice warning rule rules requirement requirements mismatch invalid empty short long weak wrong incorrect again forgotten'.split(
    ' ',
  ),
);

/** Names are few and come again and again: what was worked out for so many is kept. */
const KNOWN_NAMES = 4096;
const known = new Map<string, Secrecy | undefined>();

/** What a name says of its value: `DB_PASSWORD`, `clientSecret`, `x-api-key`, `_authToken`; undefined: nothing. */
export function secrecyOf(name: string): Secrecy | undefined {
  if (known.has(name)) return known.get(name);
  const secrecy = workOut(name);
  if (known.size >= KNOWN_NAMES) known.clear();
  known.set(name, secrecy);
  return secrecy;
}

function workOut(name: string): Secrecy | undefined {
  const words = wordsOf(name);
  while (words.length > 1 && TRAILING.test(words.at(-1) ?? '')) words.pop();
  const last = words.at(-1);
  if (last === undefined || HARMLESS_FIRST.has(words[0] ?? '')) return undefined;
  if (isPasswordWord(last)) return 'password';
  if (SECRETS.has(last) || SECRET_ENDINGS.some((ending) => last.endsWith(ending))) return 'secret';
  if (last === 'key') {
    const which = words.at(-2);
    if (which === undefined || PUBLIC_KEYS.has(which)) return undefined;
    return SECRET_KEYS.has(which) ? 'secret' : 'perhaps';
  }
  return words.slice(0, -1).some(isSecretWord) && !words.some((word) => ABOUT.has(word)) ? 'perhaps' : undefined;
}

/** Also where more follows that says nothing of it: `password_super_secure`, `apikey_myservice`. */
function isSecretWord(word: string): boolean {
  return isPasswordWord(word) || SECRET_ENDINGS.some((ending) => word.endsWith(ending));
}

function isPasswordWord(word: string): boolean {
  return PASSWORDS.has(word) || PASSWORD_ENDINGS.some((ending) => word.endsWith(ending));
}

/** Of a name that is secret perhaps: whether it is because of a word for passwords. */
export function saysPassword(name: string): boolean {
  const words = wordsOf(name);
  return words.at(-1) !== 'key' && words.some(isPasswordWord);
}

const BETWEEN = ' \t"\'`\\)[]:=?!+>.,|-';

/** Between a name and its value: a size (`char key[32] = `), what languages write before a quote (`@"`, `r'`). */
const BEFORE_VALUE = /(?:\[\w*\][ \t]*)?:?=[ \t]*[@$bfru]?["'`]?$|(?<![\w])[@$bfru]["']$/;

/** The name that a value is given to, from the text before the value: `"password": "` gives `password`. */
export function nameBefore(before: string): string {
  let end = before.replace(BEFORE_VALUE, '').length;
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

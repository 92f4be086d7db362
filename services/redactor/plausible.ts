// Whether a value in a secret's place can be one: placeholders, words and code are left readable.
import type { Secrecy } from './names.ts';

/** Entropy of the characters' frequencies, in bits per character (Shannon 1948). */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** `***`, `xxxx`, `....`, `<token>`, `${VAR}`, `$VAR`, `%VAR%`, `{{ var }}`, `[secure]`, a regular expression, what is already redacted. */
const MASK =
  /^(?:[*.•_?#-]+|x+|X+|0+|\[[^\]]*\]|<[^>]*>?|(?:\$\w+)+|\$[({].*|%[\w.]+%|\{.*\}|@\w+@|\((?:[^)]*\)|\[.*))[)\]}.,:]*$/;
const EMPTY =
  /^(?:true|false|null|nil|none|undefined|unset|empty|yes|no|on|off|n\/a|hidden|masked|redacted|secured?)$/i;
const STAND_IN =
  /^(?:(?:your|my|our|the|some|an?|test|fake|dummy|example|sample|insert|enter|change)[_ -]?)*(?:password|passwd|pass|secret|token|key|api[_ -]?key|credentials?|me|here|this|placeholder|value|string|required|optional)+$/i;

/** Only the beginning is shown: `sk_live_…`, in UTF-8 bytes too. */
const CUT = /(?:\.{3}|…|\xe2\x80\xa6)$/;
const YOURS = /(?:your|put|insert|enter|paste)[_ -].*(?:here|token|key|secret|password)/i;

/** Nobody writes a longer one; it also keeps the expressions above cheap. */
const LONGEST_PLACEHOLDER = 200;

/** True when the text only stands for a secret. */
export function isPlaceholder(text: string): boolean {
  if (text.length > LONGEST_PLACEHOLDER) return false;
  if (text.startsWith('\\$') || CUT.test(text) || YOURS.test(text)) return true;
  return MASK.test(text) || EMPTY.test(text) || STAND_IN.test(text) || /\*{3,}|x{6,}|X{6,}/.test(text);
}

/** At least `distinct` different characters: filler like `xxxxxxxx` has fewer. */
export function isVaried(text: string, distinct: number): boolean {
  return new Set(text).size >= distinct;
}

/** Code that fetches a secret rather than being one: `os.environ[…]`, `getToken()`, `secrets.NAME`, `SOME_VARIABLE`. */
const CODE =
  /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Za-z_$]+(?:\.[A-Za-z_$]+)+(?:[;,)|&?<>=!+*/].*)?|[\w.]*\w\(.*|[\w.]+\[.*|![01])$/;
const FILE = /^[\w-]+\.(?:json|ya?ml|toml|txt|pem|key|crt|p12|pfx|jks|env|ini|cfg|conf|properties|xml|enc|gpg)$/i;
const VERSION = /^[v^~=<>]*\d+(?:\.\d+)+(?:[+-][\w.+-]*|\.[A-Za-z][\w.+-]*)?$/;
const PATH = /^(?:[\w+.-]+:\/\/|\.{0,2}\/|~\/|[A-Za-z]:[\\/])/;

/** Whether the value of an assignment to a secret name may be the secret. `quoted`: it stood in quotes. */
export function isPlausible(value: string, secrecy: Secrecy, quoted: boolean): boolean {
  if (isPlaceholder(value) || VERSION.test(value) || PATH.test(value) || FILE.test(value)) return false;
  if (!quoted && CODE.test(value)) return false;
  // Punctuation alone is a pattern or a list of separators; a letter beyond ASCII begins with \xc3 or more in UTF-8.
  if (!/[A-Za-z0-9\xc3-\uffff]/.test(value)) return false;
  if (secrecy === 'perhaps')
    return isRandomWord(value, /^[\da-f]+$/i.test(value) ? 1 : 3) || isUuid(value) || isMixture(value);
  return secrecy === 'password' || (value.length >= 8 && (looksRandom(value) || isMixture(value)));
}

/** Letters with punctuation of many kinds between: what generators of passwords make. */
function isMixture(value: string): boolean {
  return value.length >= 12 && !/[ \t]/.test(value) && isVaried(value.replace(/[\w.:/-]/g, ''), 5);
}

/** A row of words in small letters, as people make up for passwords; nothing that tells people about one. */
export function isPassphrase(value: string): boolean {
  return /^[a-z]{2,}(?: [a-z]{2,}){3,}$/.test(value) && !/pass|pwd/.test(value);
}

/** The beginning of a long value says enough. */
const SAMPLE = 128;

/** Words that a person chose, of four letters or more: one may be a vendor's label, two are a name. */
const WRITTEN = /(?<![A-Za-z\d])(?:[a-z]{4,}|[A-Z]{4,}|[A-Z][a-z]{3,})(?![A-Za-z\d])/g;
/** Shorter words are names. */
const LONG_WORD = 16;
/** What caches and versions are called by; where the word is a label, the rest is what it says. */
const HASH_OF_NAME = /^(?!(?:api)?(?:key|token|secret)[-_])[A-Za-z]+\d{0,4}(?:[-_][\w-]*)?[-_][\da-f]{32,}$/;
/** Words and numbers: `web2-prod-20260101`. */
const NUMBERED_NAME = /^[A-Za-z]+\d{0,3}(?:[-_](?:[A-Za-z]+\d{0,3}|\d+))+$/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * A single word that nobody would write: long, letters and digits mixed, no path, version, file or name. `changes`: how
 * often letters and digits take turns at least; words with a number behind have one change.
 */
export function isRandomWord(value: string, changes: number): boolean {
  if (value.length < LONG_WORD || !/[A-Za-z]/.test(value) || /[.:]/.test(value)) return false;
  if (HASH_OF_NAME.test(value) || NUMBERED_NAME.test(value) || isPlaceholder(value)) return false;
  if (PATH.test(value) || FILE.test(value) || entropy(value) < 3) return false;
  if (!/\d/.test(value)) return isUnspeakable(value);
  if ((value.match(WRITTEN)?.length ?? 0) > 1) return false;
  return (value.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0) >= changes;
}

/** The twelve letters that four of five in a text are, in English and its neighbours. */
const FREQUENT = /[etaoinshrdlu]/gi;
const FREQUENT_SHARE = 0.6;

/**
 * Letters alone, perhaps behind a vendor's word, that make no word in any case of letters: too many rare ones, and five
 * that nobody can say in a row.
 */
function isUnspeakable(value: string): boolean {
  const [, letters = ''] = /^(?:[A-Za-z]{2,12}[_-])?([A-Za-z]{16,})$/.exec(value) ?? [];
  if (!/[b-df-hj-np-tv-xz]{5}/i.test(letters)) return false;
  return (letters.match(FREQUENT)?.length ?? 0) < FREQUENT_SHARE * letters.length;
}

export function isUuid(value: string): boolean {
  return UUID.test(value);
}

/** So many digits are an identifier that somebody was given. */
const LONG_NUMBER = 15;

/** Made by a machine rather than written by a person: letters with digits, or long and mixed; never prose. */
export function looksRandom(value: string): boolean {
  const text = value.slice(0, SAMPLE);
  if (/[ \t\r\n]/.test(text) || entropy(text) < 2.5) return false;
  if (/^\d+$/.test(text)) return text.length >= LONG_NUMBER;
  if (/\d/.test(text) && /[A-Za-z]/.test(text)) return !/^[a-z]+[-_.]?\d{1,4}$/i.test(text);
  if (text.length < 16 || entropy(text) < 3.5) return false;
  return !/[-_./:]/.test(text) || isVaried(text.replace(/\w/g, ''), 6) || isUnspeakable(text);
}

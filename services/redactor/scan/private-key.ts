// A private key over several lines, as it comes along: line prefixes of CI systems (timestamps, indentation, diff signs)
// may stand before each, other output may come between, the end may never come.
import { hasMarker } from '../marker.ts';
import { canonicalKey } from '../patterns/forms/private-keys.ts';
import { isVaried } from '../plausible.ts';
import { latin1, NEWLINE, RETURN, withoutControls } from './view.ts';

// PuTTY's form has no frame: the number of private lines stands before them, a checksum behind.
const BEGIN = /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----|Private-Lines: \d+/g;
const END = /-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----|Private-MAC: [0-9a-f]+/;
const ENDS = new RegExp(END, 'g');
/** No line opens a key without one of these; as keywords they are lower case. */
export const KEY_SIGNS: readonly string[] = ['-----begin ', 'private-lines: '];
const FULL_LINE = /[A-Za-z0-9+/]{40,}={0,2}/g;
/** The last line of a key, or PGP's checksum: one short word of base64, in quotes perhaps as source code has it. */
const SHORT_LINE = /(?<![A-Za-z0-9+/=])(=?[A-Za-z0-9+/]{1,39}={0,2})(?:\\[nrt]){0,2}["'`,;) +]{0,8}$/;

/** Without another line of key for so many lines, it is over. Headers and a blank line come before the first. */
const PATIENCE = 8;
/** Fewer characters of base64 are no key. */
const LEAST_BODY = 40;
/** Bound on what is kept and looked at together, in characters; what is longer is several keys. */
const LONGEST = 64 * 1024;

/** Of these, a highlighted line has one too. */
const OPENS = ['--', 'Private-Lines: '];

/** Where a line opens a key that it does not close: the first BEGIN after the last END; -1: it does not. */
export function opensKey(line: string): number {
  if (!OPENS.some((sign) => line.includes(sign))) return -1;
  const { text, place } = shown(line);
  if (!text.includes('-----BEGIN ') && !text.includes('Private-Lines: ')) return -1;
  let closed = 0;
  for (const match of text.matchAll(ENDS)) closed = match.index;
  for (const match of text.matchAll(BEGIN)) if (match.index >= closed) return place(match.index);
  return -1;
}

interface Shown {
  readonly text: string;
  /** Where a character of the text stands in the line. */
  place(at: number): number;
}

/** A line as a terminal shows it: a search with colours highlights a part of what opens a key. */
function shown(line: string): Shown {
  const bytes = Buffer.from(line, 'latin1');
  // The return before a line break is no control.
  const isBroken = bytes.at(-1) === NEWLINE && bytes.at(-2) === RETURN;
  const end = isBroken ? bytes.length - 2 : bytes.length;
  const view = withoutControls(bytes, 0, end);
  if (!view) return { text: line, place: (at) => at };
  return { text: latin1(view.bytes) + line.slice(end), place: (at) => view.original(at, at + 1).start };
}

export interface ClosedKey {
  /** What identifies the key; undefined: it was only mentioned. */
  readonly secret: string | undefined;
  /** How many characters belong to it, from its opening on. */
  readonly size: number;
  /** It was closed for its length alone: what follows may be more of it. */
  readonly goesOn: boolean;
}

export class PrivateKey {
  #body = '';
  #size = 0;
  /** Whole lines behind that, which belong to the key only if more of it comes. */
  #waiting: string[] = [];
  #waitingSize = 0;
  /** What stands behind the key in its last line. */
  #suffix = 0;
  /** What stood before the key in its last full line, digits levelled; undefined unless that was the last line. */
  #prefix: string | undefined;

  /** Whether the next line is the one that opens it. */
  #opens: boolean;

  /** `goesOn`: it is the rest of one that was closed for its length. */
  constructor(goesOn: boolean) {
    this.#opens = !goesOn;
  }

  /** The next line with its break; the first one from its BEGIN on. Gives the key when it is over. */
  add(line: string): ClosedKey | undefined {
    const isFirst = this.#opens;
    this.#opens = false;
    const { text, place } = shown(line);
    const end = isFirst ? null : END.exec(text);
    if (end && this.#hasContent(text.slice(0, end.index))) {
      const behind = end.index + end[0].length;
      this.#take(text.slice(0, behind), place(behind - 1) + 1, line.length);
      return this.close();
    }
    if (end || (!isFirst && (opensKey(line) >= 0 || hasMarker(line)))) return this.close();
    this.#examine(text.replace(/\r?\n$/, ''), place, line.length);
    if (this.#size + this.#waitingSize > LONGEST) return { ...this.close(), goesOn: this.#waiting.length === 0 };
    return this.#waiting.length > PATIENCE ? this.close() : undefined;
  }

  close(): ClosedKey {
    return {
      secret: this.#body === '' ? undefined : canonicalKey(this.#body),
      size: this.#size - this.#suffix,
      goesOn: false,
    };
  }

  /** Whether enough stood between BEGIN and END for the smallest key (Ed25519 in PKCS #8: 64 characters); `last`: before END in its line. */
  #hasContent(last: string): boolean {
    const between = `${this.#waiting.slice(1).join('')}${last}`;
    return this.#size > 0 || (between.match(/[A-Za-z0-9+/]/g)?.length ?? 0) >= LEAST_BODY;
  }

  /** `text`: what a terminal shows of a line of `length` characters. */
  #examine(text: string, place: (at: number) => number, length: number): void {
    const full = hasMarker(text) ? [] : [...text.matchAll(FULL_LINE)].filter(([run]) => isBase64Line(run));
    const last = full.at(-1);
    const end = last ? last.index + last[0].length : endOfShortLine(text, this.#prefix);
    this.#prefix = last ? levelled(text.slice(0, full[0]?.index)) : undefined;
    if (end > 0) {
      this.#take(text.slice(0, end), place(end - 1) + 1, length);
    } else {
      this.#waiting.push(text);
      this.#waitingSize += length;
    }
  }

  /** A line belongs to the key up to `column`, with `text` in it; so does all that waited. */
  #take(text: string, column: number, length: number): void {
    this.#body += `${[...this.#waiting, text].join('\n')}\n`;
    this.#size += this.#waitingSize + length;
    this.#suffix = length - column;
    this.#waiting = [];
    this.#waitingSize = 0;
  }
}

/** A path or an identifier may be as long, but is not as mixed. */
function isBase64Line(run: string): boolean {
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run) && isVaried(run, 16);
}

/** Where a short last line ends, when it stands where the full line before stood; 0: it is none. */
function endOfShortLine(text: string, prefix: string | undefined): number {
  const match = prefix === undefined ? null : SHORT_LINE.exec(text.trimEnd());
  const [, word = ''] = match ?? [];
  const isLast = /[\d=+/]/.test(word) || /[a-z][A-Z]/.test(word);
  return match && isLast && levelled(text.slice(0, match.index)) === prefix ? match.index + word.length : 0;
}

function levelled(prefix: string): string {
  return prefix.replace(/\d+/g, '0');
}

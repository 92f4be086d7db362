// A private key over several lines, as it comes along: line prefixes of CI systems (timestamps, indentation, diff signs)
// may stand before each, other output may come between, the end may never come.
import { hasMarker } from './marker.ts';
import { canonicalKey } from './patterns/private-keys.ts';
import { isVaried } from './plausible.ts';
import { viewOf } from './view.ts';

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;
const END = /-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/;
const ENDS = new RegExp(END, 'g');
const FULL_LINE = /[A-Za-z0-9+/]{40,}={0,2}/g;
/** The last line of a key, or PGP's checksum: one short word of base64. */
const SHORT_LINE = /^=?[A-Za-z0-9+/]{1,39}={0,2}$/;

/** Without another line of key for so many lines, it is over. Headers and a blank line come before the first. */
const PATIENCE = 8;
/** Bound on what is kept, in characters: of the key for its fingerprint, and of lines that wait. */
const KEPT = 64 * 1024;

/** Where a line opens a key that it does not close: the first BEGIN after the last END; -1: it does not. */
export function opensKey(line: string): number {
  if (!line.includes('-----BEGIN ')) return -1;
  let closed = 0;
  for (const match of line.matchAll(ENDS)) closed = match.index;
  for (const match of line.matchAll(BEGIN)) if (match.index >= closed) return match.index;
  return -1;
}

export interface ClosedKey {
  /** What identifies the key; undefined: it was only mentioned, and `rest` begins with the line that opened it. */
  readonly secret: string | undefined;
  /** How many lines the key has taken, and the column in the last of these where `rest` begins. */
  readonly lines: number;
  readonly column: number;
  /** Text that is not part of it, still to be examined. */
  readonly rest: string;
}

export class PrivateKey {
  #body = '';
  #lines = 0;
  #column = 0;
  /** What follows the key in its last line. */
  #suffix = '';
  /** Whole lines after that, which belong to the key only if more of it comes. */
  #waiting: string[] = [];
  #waitingSize = 0;
  /** What stood before the key in its last full line, digits levelled; undefined unless that was the last line. */
  #prefix: string | undefined;

  /** `opening`: the line from its BEGIN on. */
  constructor(opening: string) {
    this.#examine(opening);
  }

  /** The next line, with its line break. Gives the key when it is over; the line is then in the key or in its rest. */
  add(line: string): ClosedKey | undefined {
    const end = END.exec(line);
    if (end && this.#hasContent(line.slice(0, end.index))) {
      this.#take(line, end.index + end[0].length);
      return this.close();
    }
    if (end || opensKey(line) >= 0 || hasMarker(line)) {
      this.#waiting.push(line);
      return this.close();
    }
    this.#examine(line);
    return this.#waiting.length > PATIENCE || this.#waitingSize > KEPT ? this.close() : undefined;
  }

  close(): ClosedKey {
    return {
      secret: this.#lines > 0 ? canonicalKey(this.#body) : undefined,
      lines: this.#lines,
      column: this.#column,
      rest: this.#suffix + this.#waiting.join(''),
    };
  }

  /** Whether anything stood between BEGIN and END; `last`: what stands before END in its line. */
  #hasContent(last: string): boolean {
    const between = this.#waiting.slice(1).some((line) => line.trim() !== '');
    return this.#lines > 0 || between || /[A-Za-z0-9+/]{16}/.test(last);
  }

  #examine(line: string): void {
    const view = viewOf(line);
    const full = [...view.text.matchAll(FULL_LINE)].filter(([run]) => isBase64Line(run) && !hasMarker(line));
    const last = full.at(-1);
    const end = last ? last.index + last[0].length : endOfShortLine(view.text, this.#prefix);
    this.#prefix = last ? levelled(view.text.slice(0, full[0]?.index)) : undefined;
    if (end > 0) {
      this.#take(line, view.original(end - 1) + 1);
    } else {
      this.#waiting.push(line);
      this.#waitingSize += line.length;
    }
  }

  /** The line belongs to the key up to `column`; so does all that waited. */
  #take(line: string, column: number): void {
    if (this.#body.length < KEPT) this.#body += `${this.#waiting.join('') + line.slice(0, column)}\n`;
    this.#lines += this.#waiting.length + 1;
    this.#column = column;
    this.#suffix = line.slice(column);
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
  const trimmed = text.trimEnd();
  const start = Math.max(trimmed.lastIndexOf(' '), trimmed.lastIndexOf('\t')) + 1;
  const word = trimmed.slice(start);
  const isLast = SHORT_LINE.test(word) && (/[\d=+/]/.test(word) || /[a-z][A-Z]/.test(word));
  return isLast && levelled(trimmed.slice(0, start)) === prefix ? trimmed.length : 0;
}

function levelled(prefix: string): string {
  return prefix.replace(/\d+/g, '0');
}

// Redacts text that comes as whole lines; keeps what reaches beyond one: an open private key, positions, and the
// windows that a line of any length is worked through in.
import { marker, withoutCuttingMarker } from './marker.ts';
import { PRIVATE_KEY } from './patterns/private-keys.ts';
import { type ClosedKey, opensKey, PrivateKey } from './private-key.ts';
import type { Match } from './redactor.ts';
import { CONTEXT, type Found } from './scan.ts';
import type { Scanner } from './scanner.ts';

/** A line of this many characters or more is worked through in windows of this size … */
export const WINDOW = 64 * 1024;
/** … which overlap by this much: a secret that begins in the overlap is left to the next window, which sees all of it. */
const OVERLAP = 8 * 1024;
/** Where a secret ends that is longer than a window shows: what precedes it is dropped. */
const RUN_END = /[\s"'`<>\\]/;

interface OpenKey {
  readonly key: PrivateKey;
  /** The line that opened it, where in it, and its place. */
  readonly first: string;
  readonly begin: number;
  readonly line: number;
  readonly column: number;
}

export class LineRedactor {
  readonly matches: Match[] = [];
  readonly #scanner: Scanner;
  readonly #fingerprint: (secret: string) => string;
  #open: OpenKey | undefined;
  /** In a secret that a window's end has cut. */
  #dropping = false;
  /** Place of the next character: its line from 1, and how many characters stand before it in that line. */
  #line = 1;
  #column = 0;

  constructor(scanner: Scanner, fingerprint: (secret: string) => string) {
    this.#scanner = scanner;
    this.#fingerprint = fingerprint;
  }

  /** Whole lines with their breaks; only the very last of a text may lack its own. */
  lines(text: string): string {
    const out: string[] = [];
    let at = 0;
    while (at < text.length) {
      if (!this.#open && !this.#dropping) {
        const sign = this.#scanner.next(text, at);
        const start = sign < 0 ? text.length : Math.max(at, text.lastIndexOf('\n', sign) + 1);
        out.push(this.#pass(text.slice(at, start), []));
        at = start;
      }
      const end = endOfLine(text, at);
      if (end > at) out.push(this.#oneLine(text.slice(at, end)));
      at = end;
    }
    return out.join('');
  }

  /** The beginning of a line that is longer than a window. Gives what is done with, and the rest, to be given again. */
  windows(text: string): { readonly out: string; readonly rest: string } {
    const out = [this.#closeKey()];
    let rest = this.#drop(text);
    while (rest.length >= WINDOW) {
      const window = rest.slice(0, WINDOW);
      const all = this.#scanner.find(window);
      const found = all.filter(({ start }) => start < WINDOW - OVERLAP);
      const done = found.at(-1)?.end ?? 0;
      // Words before a secret may decide about it, so they stay with one that is left to the next window.
      const next = all[found.length]?.start ?? WINDOW;
      const cut = Math.max(done, withoutCuttingMarker(window, Math.min(WINDOW - OVERLAP, next - CONTEXT)));
      this.#dropping = done === WINDOW;
      out.push(this.#pass(window.slice(0, cut), found));
      rest = this.#drop(rest.slice(cut));
    }
    return { out: out.join(''), rest };
  }

  /** What is still held back. */
  end(): string {
    return this.#closeKey();
  }

  #oneLine(line: string): string {
    const length = line.endsWith('\n') ? line.length - 1 : line.length;
    if (length >= WINDOW) {
      const { out, rest } = this.windows(line.slice(0, length));
      return out + this.#ordinary(this.#drop(rest + line.slice(length)));
    }
    if (this.#open) {
      const closed = this.#open.key.add(line);
      return closed ? this.#finish(this.#open, closed) : '';
    }
    return this.#ordinary(this.#drop(line));
  }

  #ordinary(line: string): string {
    const begin = opensKey(line);
    if (begin < 0) return this.#pass(line, this.#scanner.find(line));
    this.#open = { key: new PrivateKey(line.slice(begin)), first: line, begin, line: this.#line, column: this.#column };
    return '';
  }

  #closeKey(): string {
    return this.#open ? this.#finish(this.#open, this.#open.key.close()) : '';
  }

  #finish(open: OpenKey, { secret, lines, column, rest }: ClosedKey): string {
    this.#open = undefined;
    this.#line = open.line;
    this.#column = open.column;
    if (secret === undefined) {
      const first = this.#pass(open.first, this.#scanner.find(open.first));
      return first + this.lines(rest.slice(open.first.length - open.begin));
    }
    const before = open.first.slice(0, open.begin);
    const head = this.#pass(before, this.#scanner.find(before));
    const replacement = this.#replace({ kind: PRIVATE_KEY, start: 0, end: 0, secret });
    this.#line += lines - 1;
    this.#column = (lines === 1 ? this.#column : 0) + column;
    return head + replacement + this.lines(rest);
  }

  /** Lets text go, with what was found in it replaced. */
  #pass(text: string, found: readonly Found[]): string {
    const pieces: string[] = [];
    let from = 0;
    for (const secret of found) {
      pieces.push(text.slice(from, secret.start), this.#replace(secret));
      from = secret.end;
    }
    this.#advance(text);
    return found.length === 0 ? text : pieces.join('') + text.slice(from);
  }

  #replace({ kind, start, secret }: Found): string {
    const fingerprint = this.#fingerprint(secret);
    this.matches.push({ kind, fingerprint, line: this.#line, column: this.#column + start + 1 });
    return marker(kind, fingerprint);
  }

  #drop(text: string): string {
    if (!this.#dropping) return text;
    const end = text.search(RUN_END);
    this.#dropping = end < 0;
    this.#advance(end < 0 ? text : text.slice(0, end));
    return end < 0 ? '' : text.slice(end);
  }

  #advance(text: string): void {
    let last = -1;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      this.#line++;
      last = at;
    }
    this.#column = last < 0 ? this.#column + text.length : text.length - last - 1;
  }
}

/** Position after the next line break, or the end of the text. */
function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}

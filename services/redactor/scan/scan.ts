// The secrets of a stretch of text with many lines: which lines to look at, what reaches beyond a line, and how far one
// can be sure. It keeps nothing: a stream gives it again what was left open, with more behind.

import { withoutCuttingMarker } from '../marker.ts';
import { opensPair } from '../patterns/forms/pairs.ts';
import { PRIVATE_KEY } from '../patterns/forms/private-keys.ts';
import { columns, LONGEST_LINE, piecesOf } from './columns.ts';
import { type Found, merged } from './found.ts';
import { CONTEXT } from './matcher.ts';
import { type ClosedKey, opensKey, PrivateKey } from './private-key.ts';
import { type Depth, lineDepth, type SearchOptions, searchText, searchWrapped } from './search.ts';
import { createSigns, type Signs } from './signs.ts';
import { latin1, NEWLINE, RETURN, type Span } from './view.ts';
import { type Wrapped, wrapped } from './wrapped.ts';

/** A line of this many bytes or more is worked through in windows of this size … */
export const WINDOW = 64 * 1024;
/** … which overlap by this much: a secret that begins in the overlap is left to the next window, which sees all of it. */
const OVERLAP = 8 * 1024;
/** So much is left of a long line at least, which tells the rest of it from a line that is as short from the beginning. */
const MARGIN = LONGEST_LINE;
/** Where a secret ends that is longer than a window shows: what precedes it is dropped. */
const RUN_END: ReadonlySet<number> = new Set(Buffer.from('\0\t\n\r "\'`<>\\'));

/** A line that is the opening of a markup element, behind the line prefix of a CI system. */
const OPEN_ELEMENT = /^(?:[\dTZ:.+-]+[ \t])?[ \t]*<[\w.:-]+>[ \t]*\r?\n$/;

const KEY = { kind: PRIVATE_KEY, rank: 0, prefixed: true, encodings: [] } as const;
/** Of a secret whose beginning has its marker already. */
const REST = { kind: PRIVATE_KEY, rank: 0, prefixed: false, secret: '', encodings: [], continued: true } as const;

/** What goes on behind the place up to which all is done: a secret longer than a window, a private key longer than that. */
export type Carry = 'nothing' | 'secret' | 'key';

export interface Scanned {
  /** In order, not overlapping. */
  readonly found: readonly Found[];
  /** Stretches that hold an encoded text or stream; they may overlap. */
  readonly encoded: readonly Span[];
  /** Nothing that comes later changes anything before this place. */
  readonly done: number;
  readonly carry: Carry;
}

/**
 * All of the bytes, which begin at a line, or where an earlier scan was done. `final`: nothing comes behind. `carry`: of
 * that scan.
 */
export function scan(bytes: Uint8Array, final: boolean, carry: Carry, options: SearchOptions): Scanned {
  return new Scan(bytes, final, undefined, options).run(carry);
}

/** The secrets of a decoded text. */
export function scanDecoded(bytes: Uint8Array, depth: Depth, options: SearchOptions): readonly Found[] {
  return new Scan(bytes, true, depth, options).run('nothing').found;
}

class Scan {
  readonly #bytes: Uint8Array;
  readonly #to: number;
  /** End of the whole lines … */
  readonly #whole: number;
  /** … and of those of them that may be worked through. */
  readonly #lines: number;
  /** Whatever comes behind the whole lines does not belong to them. */
  readonly #closed: boolean;
  /** Of the text, when it was decoded. */
  readonly #depth: Depth | undefined;
  readonly #options: SearchOptions;
  readonly #signs: Signs;
  readonly #found: Found[] = [];
  readonly #encoded: Span[] = [];
  #carry: Carry = 'nothing';
  /** The line where something begins that more text may change. */
  #open = 0;

  constructor(bytes: Uint8Array, final: boolean, depth: Depth | undefined, options: SearchOptions) {
    const to = bytes.length;
    this.#whole = final ? to : bytes.lastIndexOf(NEWLINE) + 1;
    this.#bytes = bytes;
    this.#to = to;
    this.#closed = final || to - this.#whole >= WINDOW;
    this.#depth = depth;
    this.#options = options;
    this.#lines = this.#spelledOverLines(this.#whole);
    this.#signs = createSigns(bytes, options);
  }

  run(carry: Carry): Scanned {
    this.#carry = carry;
    let at: number | undefined = 0;
    let done = 0;
    while (at !== undefined) {
      done = at;
      at = this.#step(at);
    }
    done = Math.max(done, this.#open);
    const found = merged(this.#found.filter(({ start }) => start < done));
    const encoded = this.#encoded.filter(({ start }) => start < done);
    return { found, encoded, done, carry: this.#carry };
  }

  /** Gives the place up to which all is done then; undefined: no further. */
  #step(at: number): number | undefined {
    if (this.#carry === 'secret') return at < this.#to ? this.#drop(at) : undefined;
    if (at < this.#lines) return this.#carry === 'key' ? this.#key(at) : this.#line(at);
    const isLong = at >= this.#whole && this.#to - at >= WINDOW;
    return this.#carry === 'nothing' && isLong ? this.#window(at, this.#to) : undefined;
  }

  /** The next line that deserves a look, and what it begins. */
  #line(at: number): number | undefined {
    const sign = this.#signs.next(at);
    if (sign < 0 || sign >= this.#lines) return this.#lines;
    const start = sign === at ? at : Math.max(at, this.#bytes.lastIndexOf(NEWLINE, sign - 1) + 1);
    const end = this.#endOfLine(sign);
    if (end - start >= WINDOW) return this.#window(start, end);
    const text = latin1(this.#bytes, start, end);
    const key = opensKey(text);
    if (key >= 0) return this.#key(start + key, start);
    return opensValue(text) ? this.#element(start, end) : this.#plain(start, end);
  }

  /**
   * A line, and those that it may be a part of an encoded text with. `first`: where that begins which is to be done or left
   * together with it.
   */
  #plain(start: number, end: number, first: number = start): number | undefined {
    if (!this.#options.deeper) return this.#search(start, end);
    const whole = wrapped(this.#bytes, start, end, this.#lines, this.#closed);
    if (whole === 'open') return this.#leaveOpen(first);
    if (!whole) return this.#search(start, end);
    const done = this.#wrapped(whole);
    if (whole.last === undefined || whole.last - first >= WINDOW) return this.#search(start, done);
    // A shorter line is the last one of this text, or the first one of another.
    this.#search(start, whole.last);
    return this.#plain(whole.last, whole.end, first);
  }

  /** The content of an element or the value of a name stands on the line that follows, which is a line of its own too. */
  #element(start: number, end: number): number | undefined {
    if (end >= this.#lines) return this.#closed ? this.#search(start, end) : this.#leaveOpen(start);
    const next = this.#endOfLine(end);
    const content = next - start < WINDOW ? latin1(this.#bytes, end, next) : '';
    if (content === '' || opensValue(content)) return this.#search(start, end);
    const key = opensKey(content);
    const to = key < 0 ? withoutBreak(this.#bytes, start, next) : end + key;
    this.#found.push(...this.#searchIn(start, to));
    const done = key < 0 ? this.#plain(end, next, start) : this.#key(end + key, end);
    return done ?? this.#leaveOpen(start);
  }

  #leaveOpen(start: number): undefined {
    this.#open = start;
    return undefined;
  }

  #endOfLine(at: number): number {
    const newline = this.#bytes.indexOf(NEWLINE, at);
    return newline < 0 || newline >= this.#lines ? this.#lines : newline + 1;
  }

  /** Line by line: a line break ends every secret that does not span lines by its nature. */
  #search(from: number, to: number): number {
    for (let start = from; start < to; ) {
      const end = Math.min(to, this.#endOfLine(start));
      this.#found.push(...this.#searchIn(start, withoutBreak(this.#bytes, start, end)));
      start = end;
    }
    return to;
  }

  #searchIn(from: number, to: number): readonly Found[] {
    return searchText(this.#bytes, from, to, this.#depthOf(to - from), this.#options);
  }

  #depthOf(length: number): Depth {
    return lineDepth(length, this.#depth, this.#encoded);
  }

  /** Gives the line up to which all is done. */
  #wrapped(whole: Wrapped): number {
    const depth = lineDepth(whole.bytes.length, this.#depth);
    let done = whole.goesOn ? whole.lineAfter(whole.bytes.length - OVERLAP) : undefined;
    for (const secret of searchWrapped(whole.bytes, depth, this.#options)) {
      if (done && secret.start >= done.bytes) break;
      this.#addPieces(secret, whole.pieces(secret.start, secret.end));
      if (done && secret.end > done.bytes) done = whole.lineAfter(secret.end);
    }
    return done?.line ?? whole.end;
  }

  /** `at`: where the key begins. `start`: of its line, unless it is the continuation of a long one. */
  #key(at: number, start: number = at): number | undefined {
    const key = new PrivateKey(this.#carry === 'key');
    let closed: ClosedKey | undefined;
    let end = at;
    while (!closed && end < this.#lines) {
      const next = this.#endOfLine(end);
      if (next - end >= WINDOW) break;
      closed = key.add(latin1(this.#bytes, end, next));
      end = next;
    }
    if (!closed && !this.#closed && end === this.#lines) return this.#leaveOpen(start);
    const { secret, size, goesOn } = closed ?? key.close();
    const wasOpen = this.#carry === 'key';
    this.#carry = goesOn ? 'key' : 'nothing';
    if (secret === undefined) return wasOpen ? at : this.#search(start, this.#endOfLine(at));
    if (start < at) this.#search(start, at);
    this.#found.push(wasOpen ? { ...REST, start: at, end: at + size } : { ...KEY, start: at, end: at + size, secret });
    return at + size;
  }

  /** The beginning of a long line. */
  #window(start: number, end: number): number {
    const to = Math.min(end, start + WINDOW);
    const sign = this.#signs.next(start);
    const all = sign < 0 || sign >= to ? [] : this.#searchIn(start, to);
    const isSure = (secret: Found) => secret.start < to - OVERLAP && secret.end <= to - MARGIN;
    let sure = all.findIndex((secret) => !isSure(secret));
    if (sure < 0) sure = all.length;
    // One that fills the window cannot be left to the next.
    if (sure === 0 && (all[0]?.start ?? to) <= start + CONTEXT) sure = 1;
    const found = all.slice(0, sure);
    this.#found.push(...found);
    const done = found.at(-1)?.end ?? start;
    if (done === to) {
      this.#carry = 'secret';
      return to;
    }
    const cut = sureUpTo(to - OVERLAP, all, found);
    return Math.max(done, start + withoutCuttingMarker(latin1(this.#bytes, start, to), cut - start));
  }

  /** The rest of a secret that a window has cut. */
  #drop(at: number): number {
    let end = at;
    while (end < this.#to && !RUN_END.has(this.#bytes[end] ?? 0)) end++;
    if (end > at) this.#found.push({ ...REST, start: at, end });
    if (end < this.#to) this.#carry = 'nothing';
    return end;
  }

  /** Gives where the whole lines end that no open row reaches into. */
  #spelledOverLines(lines: number): number {
    const { deeper } = this.#options;
    if (!deeper) return lines;
    const open = columns(this.#bytes, lines, (row, sure) => {
      const { level, budget } = this.#depthOf(row.bytes.length);
      const all = deeper(row.bytes, { level: level + 1, budget });
      const found = sure === row.bytes.length ? all : all.filter(({ start }) => start < sure);
      for (const secret of found) {
        const encodings = ['spelled', ...secret.encodings];
        this.#addPieces({ ...secret, encodings }, piecesOf(row, secret.start, secret.end));
      }
      return sureUpTo(sure, all, found);
    });
    return this.#closed ? lines : open;
  }

  #addPieces(secret: Found, pieces: readonly Span[]): void {
    const [first, ...more] = pieces;
    if (first) this.#found.push({ ...secret, ...first });
    for (const piece of more) this.#found.push({ ...secret, ...piece, continued: true });
  }
}

function opensValue(line: string): boolean {
  return OPEN_ELEMENT.test(line) || opensPair(line);
}

function withoutBreak(bytes: Uint8Array, start: number, end: number): number {
  let last = end;
  if (last > start && bytes[last - 1] === NEWLINE) last--;
  while (last > start && bytes[last - 1] === RETURN) last--;
  return last;
}

/** `sure`, or less: words before a secret may decide about it, so they stay with the first that is left. Or more. */
function sureUpTo(sure: number, all: readonly Found[], taken: readonly Found[]): number {
  const next = all[taken.length]?.start ?? Number.POSITIVE_INFINITY;
  return Math.max(taken.at(-1)?.end ?? 0, Math.min(sure, next - CONTEXT));
}

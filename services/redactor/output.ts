// Lets text go with the secrets in it replaced, and keeps count of where it is.

import { type Fingerprint, marker } from './marker.ts';
import type { Match } from './redactor.ts';
import type { Found } from './scan/found.ts';
import { NEWLINE } from './scan/view.ts';

export class Output {
  readonly #fingerprint: Fingerprint;
  #matches: Match[] = [];
  /** Line of the next byte, from 1, and how many bytes stand before it in that line. */
  #line = 1;
  #column = 0;

  constructor(fingerprint: Fingerprint) {
    this.#fingerprint = fingerprint;
  }

  /** The pieces of `[from, to)`, those without secrets as they stand. */
  pass(bytes: Uint8Array, from: number, to: number, found: readonly Found[]): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    let at = from;
    for (const { start, end, kind, secret, encodings, continued } of found) {
      if (start > at) pieces.push(bytes.subarray(at, start));
      this.#advance(bytes, at, start);
      if (!continued) {
        const fingerprint = this.#fingerprint(secret);
        this.#matches.push({ kind, fingerprint, encodings, line: this.#line, column: this.#column + 1 });
        pieces.push(Buffer.from(marker(kind, fingerprint)));
      }
      this.#advance(bytes, start, end);
      at = end;
    }
    if (to > at) pieces.push(bytes.subarray(at, to));
    this.#advance(bytes, at, to);
    return pieces;
  }

  /** Matches since the last call. */
  drain(): readonly Match[] {
    const matches = this.#matches;
    this.#matches = [];
    return matches;
  }

  #advance(bytes: Uint8Array, from: number, to: number): void {
    let last = from - 1 - this.#column;
    for (let at = bytes.indexOf(NEWLINE, from); at >= 0 && at < to; at = bytes.indexOf(NEWLINE, at + 1)) {
      this.#line++;
      last = at;
    }
    this.#column = to - last - 1;
  }
}

// The patterns made ready, and the secrets of one text as it stands. Expressions run only where a keyword begins.
import { COMPRESSED_SIGNS } from '../encoded/compressed.ts';
import { ESCAPE_SIGNS } from '../encoded/escapes.ts';
import { HEX_LIST_SIGNS } from '../encoded/hex.ts';
import { reversed } from '../encoded/reversed.ts';
import { OPENING } from '../marker.ts';
import type { Finder, Pattern } from '../pattern.ts';
import type { Found } from './found.ts';
import { createKeywordIndex, type Keyword, type Sign } from './keywords.ts';
import { KEY_SIGNS } from './private-key.ts';
import { latin1 } from './view.ts';

/** Signs besides a pattern's keyword that a text is more than it seems: bits of a set. */
export const SIGNS = { marker: 1, key: 2, escapes: 4, compressed: 8, hexList: 16, reversed: 32 } as const;

export interface Matcher {
  /** Position of the first sign of anything at or after `from`, controls looked through; -1: there is none. */
  next(bytes: Uint8Array, from: number, to: number): number;
  /**
   * Secrets of a text as it stands, unordered, possibly overlapping. Gives the other signs that it holds. `reversed`: the
   * text was turned round, so that the shorter keywords mean nothing.
   */
  collect(bytes: Uint8Array, from: number, to: number, into: Found[], reversed?: boolean): number;
}

/** Characters before a secret that may decide about it. */
export const CONTEXT = 120;
/** Values longer than this that turn out to be harmless are looked through again only so many times a text. */
const LONG_VALUE = 256;
const LONG_VALUES = 16;
/** Shorter keywords read backwards are part of ordinary words; those of a form of its own are rarer … */
const LEAST_REVERSED = 5;
const LEAST_REVERSED_FORM = 4;
/** … and with so many random characters beside them even more so. */
const LEAST_REVERSED_BESIDE = 3;
const LEAST_BESIDE = 16;

interface Compiled {
  readonly pattern: Pattern;
  readonly rank: number;
  readonly before: RegExp | undefined;
  readonly secret: RegExp | Finder;
  /** Of the text that is being searched: where the next try makes sense, and how often long values were in vain. */
  text: number;
  from: number;
  longValues: number;
}

/** `encoded`: whether to tell the other signs too. */
export function createMatcher(patterns: readonly Pattern[], encoded: boolean): Matcher {
  const compiled = patterns.map(compile);
  const signs = Object.values(SIGNS);
  const index = createKeywordIndex([...patterns.flatMap(keywordsOf), ...signKeywords(patterns, encoded)]);
  let texts = 0;

  function collect(bytes: Uint8Array, from: number, to: number, into: Found[], turned = false): number {
    let found = 0;
    let text: string | undefined;
    texts++;
    index.all(bytes, from, to, (start, owner, length) => {
      const entry = compiled[owner];
      if (!entry) {
        found |= signs[owner - compiled.length] ?? 0;
        return;
      }
      if (turned && length < leastReversed(entry.pattern)) return;
      if (entry.text !== texts) {
        entry.text = texts;
        entry.from = 0;
        entry.longValues = LONG_VALUES;
      }
      if (entry.from > start - from) return;
      text ??= latin1(bytes, from, to);
      if (entry.pattern.search === 'line') searchLine(entry, text, from, into);
      else tryAt(entry, text, start - from, from, into);
    });
    return found;
  }

  return { next: index.next, collect };
}

function keywordsOf({ keywords, follows }: Pattern, owner: number): Keyword[] {
  return keywords.map((text) => ({ text, owner, follows }));
}

/** Owners behind the patterns: one for each sign, in the order of `SIGNS`. */
function signKeywords(patterns: readonly Pattern[], encoded: boolean): Keyword[] {
  const plain = (text: string): Sign => ({ text });
  const signs: (readonly Sign[])[] = [[plain(OPENING)], KEY_SIGNS.map(plain)];
  if (encoded) signs.push(ESCAPE_SIGNS.map(plain), COMPRESSED_SIGNS, HEX_LIST_SIGNS, reversedSigns(patterns));
  return signs.flatMap((keywords, sign) => keywords.map((keyword) => ({ ...keyword, owner: patterns.length + sign })));
}

function reversedSigns(patterns: readonly Pattern[]): readonly Sign[] {
  return patterns.flatMap((pattern) =>
    pattern.keywords
      .filter((keyword) => keyword.length >= leastReversed(pattern))
      .map((keyword) => ({ text: reversed(keyword), preceded: pattern.follows })),
  );
}

function leastReversed({ prefixed, follows }: Pattern): number {
  if (follows && follows.least >= LEAST_BESIDE) return LEAST_REVERSED_BESIDE;
  return prefixed ? LEAST_REVERSED_FORM : LEAST_REVERSED;
}

function compile(pattern: Pattern, rank: number): Compiled {
  const { before, secret, search } = pattern;
  const first = search === 'line' ? 'g' : 'y';
  const again = ({ source, flags }: RegExp, flag: string) => new RegExp(source, flags.replace(/[gy]/g, '') + flag);
  return {
    pattern,
    rank,
    before: before && again(before, first),
    secret: secret instanceof RegExp ? again(secret, before ? 'y' : first) : secret,
    text: 0,
    from: 0,
    longValues: 0,
  };
}

/** Everywhere in the text, once. */
function searchLine(entry: Compiled, text: string, offset: number, into: Found[]): void {
  for (let from = 0; from < text.length; ) {
    const next = attempt(entry, text, from, offset, into);
    if (next === undefined) break;
    from = Math.max(next, from + 1);
  }
  entry.from = text.length + 1;
}

/** At one place. */
function tryAt(entry: Compiled, text: string, at: number, offset: number, into: Found[]): void {
  entry.from = attempt(entry, text, at, offset, into) ?? at + 1;
}

/** One match at `from`, or after it where the expression is searched for. Gives where the next try begins. */
function attempt(entry: Compiled, text: string, from: number, offset: number, into: Found[]): number | undefined {
  const { pattern, rank, before, secret } = entry;
  let at = from;
  if (before) {
    before.lastIndex = from;
    if (!before.test(text)) return undefined;
    at = before.lastIndex;
  }
  const match = matchOf(secret, text, at);
  if (!match) return before ? Math.max(at, from + 1) : undefined;
  const { start, end } = match;
  const value = text.slice(start, end);
  const accepted =
    value.length >= pattern.shortest &&
    (pattern.accepts?.(value, text.slice(Math.max(0, start - CONTEXT), start)) ?? true);
  if (accepted) {
    into.push({
      start: offset + start,
      end: offset + end,
      kind: pattern.id,
      rank,
      prefixed: pattern.prefixed === true,
      secret: pattern.canonical?.(value) ?? value,
      encodings: [],
    });
    return end;
  }
  // A harmless value may hold the context of a real one: go on inside it, but not without bound.
  if (value.length > LONG_VALUE && entry.longValues-- <= 0) return end;
  return before ? start : start + 1;
}

function matchOf(secret: RegExp | Finder, text: string, from: number): { start: number; end: number } | undefined {
  if (!(secret instanceof RegExp)) return secret.find(text, from);
  secret.lastIndex = from;
  const match = secret.exec(text);
  return match && match[0].length > 0 ? { start: match.index, end: secret.lastIndex } : undefined;
}

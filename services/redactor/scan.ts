// Finds the secrets in one line. Regular expressions run only here, and only for the patterns that the prefilter names.
import { outsideMarkers } from './marker.ts';
import type { Pattern } from './pattern.ts';
import { viewOf } from './view.ts';

export interface Found {
  readonly kind: string;
  /** Half-open, in UTF-16 units of the line. */
  readonly start: number;
  readonly end: number;
  /** What the fingerprint is made of. */
  readonly secret: string;
}

/** A pattern ready to run; `rank` is its place in the table, less is more specific. */
export interface CompiledPattern {
  readonly pattern: Pattern;
  readonly rank: number;
  readonly before: RegExp | undefined;
  readonly secret: RegExp;
}

interface Candidate {
  start: number;
  end: number;
  rank: number;
  pattern: Pattern;
  secret: string;
}

/** Characters before a secret that may decide about it. */
export const CONTEXT = 120;
/** Values longer than this that turn out to be harmless are looked through again only so many times a line. */
const LONG_VALUE = 256;
const LONG_VALUES = 16;
/** Redacting uncovers new borders, so what is left is searched again; more than two rounds need a hostile text. */
const ROUNDS = 8;

export function compile(pattern: Pattern, rank: number): CompiledPattern {
  return {
    pattern,
    rank,
    before: pattern.before && new RegExp(pattern.before.source, `${pattern.before.flags}g`),
    secret: new RegExp(pattern.secret.source, pattern.secret.flags + (pattern.before ? 'y' : 'g')),
  };
}

/**
 * Secrets of a line, in order, not overlapping. ANSI sequences are looked through. Text between two secrets (or
 * between markers of an earlier redaction) is searched on its own until nothing is left in it, so that searching the
 * result again finds nothing.
 */
export function findSecrets(line: string, patterns: readonly CompiledPattern[]): readonly Found[] {
  const view = viewOf(line);
  const found: Candidate[] = [];
  let stretches = outsideMarkers(view.text);
  for (let round = 0; round < ROUNDS && stretches.length > 0; round++) {
    const next: typeof stretches = [];
    for (const { start, end } of stretches) {
      const inside = findOnce(view.text.slice(start, end), patterns);
      let from = start;
      for (const candidate of inside) {
        candidate.start += start;
        candidate.end += start;
        found.push(candidate);
        next.push({ start: from, end: candidate.start });
        from = candidate.end;
      }
      if (inside.length > 0) next.push({ start: from, end });
    }
    stretches = next.filter((stretch) => stretch.end > stretch.start);
  }
  return found
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, pattern, secret }) => ({
      kind: pattern.id,
      start: view.original(start),
      end: view.original(end - 1) + 1,
      secret: pattern.canonical?.(secret) ?? secret,
    }));
}

/** All matches; those that overlap become one, named by the most specific and covering all. */
function findOnce(text: string, patterns: readonly CompiledPattern[]): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const pattern of patterns) collect(text, pattern, candidates);
  candidates.sort((a, b) => a.start - b.start || a.rank - b.rank);
  const merged: Candidate[] = [];
  for (const candidate of candidates) {
    const last = merged.at(-1);
    if (!last || candidate.start >= last.end) {
      merged.push(candidate);
      continue;
    }
    last.end = Math.max(last.end, candidate.end);
    if (candidate.rank < last.rank) {
      last.rank = candidate.rank;
      last.pattern = candidate.pattern;
      last.secret = candidate.secret;
    }
  }
  return merged;
}

function collect(text: string, compiled: CompiledPattern, into: Candidate[]): void {
  const { pattern, rank, before, secret } = compiled;
  const search = before ?? secret;
  let longValues = LONG_VALUES;
  search.lastIndex = 0;
  while (search.lastIndex < text.length) {
    const anchor = search.exec(text);
    if (!anchor) return;
    const start = before ? search.lastIndex : anchor.index;
    const value = before ? matchAt(secret, text, start) : anchor[0];
    const end = start + value.length;
    const accepted =
      value.length >= pattern.shortest &&
      (pattern.accepts?.(value, text.slice(Math.max(0, start - CONTEXT), start)) ?? true);
    if (accepted) into.push({ start, end, rank, pattern, secret: value });
    // A harmless value may hold the context of a real one: go on inside it, but not without bound.
    const goInside = before && !accepted && (value.length <= LONG_VALUE || longValues-- > 0);
    search.lastIndex = Math.max(goInside ? start : end, anchor.index + 1);
  }
}

function matchAt(sticky: RegExp, text: string, at: number): string {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? '';
}

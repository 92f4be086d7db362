// The secrets of one line, or of a part of a long one: as it stands, without control sequences, and decoded.
import { decodeBase64 } from '../encoded/base64.ts';
import { TIMES as COMPRESSED_TIMES, decodeCompressed } from '../encoded/compressed.ts';
import { decodeEscapes } from '../encoded/escapes.ts';
import { decodeHex, decodeSpacedHex } from '../encoded/hex.ts';
import { decodeReversed } from '../encoded/reversed.ts';
import { encodedForms, FORMS } from '../encoded/signs.ts';
import { decodeSpelled } from '../encoded/spelled.ts';
import { outsideMarkers } from '../marker.ts';
import { type Found, merged } from './found.ts';
import { type Matcher, SIGNS } from './matcher.ts';
import { latin1, type Span, type View, withoutControls } from './view.ts';
import { respaced } from './wrapped.ts';

/** Finds what somebody has registered; see `registered/`. `secret`: the value as it was registered. */
export type FindRegistered = (
  bytes: Uint8Array,
  from: number,
  to: number,
  into: (start: number, end: number, secret: string, encodings: readonly string[]) => void,
) => void;

/** Where a text stands among those that others were decoded to. */
export interface Depth {
  /** How many texts it was decoded from. */
  readonly level: number;
  readonly budget: Budget;
  /** It was turned round: doing so again would give what it was. */
  readonly reversed?: true;
  /** Of a line itself: takes the stretches of it that hold an encoded text or stream; they may overlap. */
  readonly encoded?: Span[];
}

/** Shared by all levels of a line, so that neither a trap nor a bomb costs other lines their look. */
interface Budget {
  /** Bytes that may still be decoded. */
  left: number;
  /** Bytes that compressed streams may still hold. */
  readonly compressed: { left: number };
}

/** Searches a decoded text, which may have many lines, from its beginning to its end. */
export type SearchDeeper = (bytes: Uint8Array, depth: Depth) => readonly Found[];

export interface SearchOptions {
  readonly matcher: Matcher;
  readonly registered?: FindRegistered | undefined;
  /** Undefined: nothing is decoded. */
  readonly deeper: SearchDeeper | undefined;
}

/** The kind of a registered value. */
export const REGISTERED = 'registered-secret';

const DEEPEST = 4;
/** A line may be decoded this many times over: enough for every encoding there is, not for a trap. */
const TIMES = 16;
const LEAST_BUDGET = 64 * 1024;
/** What is decoded from a compressed text itself: base64 in a log that was sent compressed. */
const TIMES_INSIDE = 3;
/** Redacting uncovers new borders, so what is left is searched again; more than two rounds need a hostile text. */
const ROUNDS = 8;

type Decode = (bytes: Uint8Array, from: number, to: number, into: (view: View) => void) => void;

const REVERSED = 'reversed';
const ESCAPED = 'escaped';
const BACKSLASH = 0x5c;

/** By what a look at the bytes announces, or a keyword. */
const DECODERS: readonly { name: string; forms: number; signs: number; decode: Decode }[] = [
  { name: 'base64', forms: FORMS.base64, signs: 0, decode: decodeBase64 },
  { name: 'hex', forms: FORMS.hex, signs: 0, decode: decodeHex },
  { name: 'hex', forms: FORMS.spacedHex, signs: SIGNS.hexList, decode: decodeSpacedHex },
  { name: 'spelled', forms: FORMS.spelled, signs: 0, decode: decodeSpelled },
  { name: ESCAPED, forms: 0, signs: SIGNS.escapes, decode: decodeEscapes },
  { name: REVERSED, forms: 0, signs: SIGNS.reversed, decode: decodeReversed },
];

/** Of a line, whatever stands in other lines; `above`: of the text that the line is in. */
export function lineDepth(length: number, above: Depth | undefined, encoded?: Span[]): Depth {
  if (above) return above;
  const budget: Budget = {
    left: Math.max(LEAST_BUDGET, length * TIMES),
    compressed: { left: length * COMPRESSED_TIMES },
  };
  return { level: 0, budget, ...(encoded && { encoded }) };
}

/**
 * Secrets in `[from, to)`, in order, not overlapping. Text between two secrets (or between markers of an earlier
 * redaction) is searched on its own until nothing is left in it, so that searching the result again finds nothing.
 */
export function searchText(
  bytes: Uint8Array,
  from: number,
  to: number,
  depth: Depth,
  options: SearchOptions,
): readonly Found[] {
  const found: Found[] = [];
  let stretches: readonly Span[] = [{ start: from, end: to }];
  for (let round = 0; round < ROUNDS && stretches.length > 0; round++) {
    const next: Span[] = [];
    for (const { start, end } of stretches) {
      const inside = searchOnce(bytes, start, end, depth, options, next);
      if (inside.length === 0) continue;
      found.push(...inside);
      let rest = start;
      for (const secret of inside) {
        if (secret.start > rest) next.push({ start: rest, end: secret.start });
        rest = secret.end;
      }
      if (end > rest) next.push({ start: rest, end });
    }
    stretches = next;
  }
  return found.length < 2 ? found : found.sort((a, b) => a.start - b.start);
}

/** `between`: takes the stretches of a text that holds markers; they are searched instead of the whole. */
function searchOnce(
  bytes: Uint8Array,
  from: number,
  to: number,
  depth: Depth,
  options: SearchOptions,
  between: Span[],
): readonly Found[] {
  let found: Found[] = [];
  const turned = depth.reversed === true;
  const signs = options.matcher.collect(bytes, from, to, found, turned);
  if (signs & SIGNS.marker) {
    const outside = outsideMarkers(latin1(bytes, from, to));
    if (outside.length > 1) {
      between.push(...outside.map(({ start, end }) => ({ start: from + start, end: from + end })).filter(isNotEmpty));
      return [];
    }
  }
  options.registered?.(bytes, from, to, addRegistered(found));
  const view = withoutControls(bytes, from, to);
  let shown = signs;
  if (view) {
    const inView: Found[] = [];
    shown |= options.matcher.collect(view.bytes, 0, view.bytes.length, inView, turned);
    options.registered?.(view.bytes, 0, view.bytes.length, addRegistered(inView));
    const shownThere = inView.map((secret) => ({ ...secret, ...view.original(secret.start, secret.end) }));
    // What a terminal shows says more than what holds the letters of control sequences too.
    found = [...found.filter((secret) => !shownThere.some((other) => overlap(secret, other))), ...shownThere];
  }
  if (options.deeper && depth.level < DEEPEST) {
    const decoded = view
      ? decodedIn(view.bytes, 0, view.bytes.length, shown, depth, options.deeper)
      : decodedIn(bytes, from, to, shown, depth, options.deeper);
    for (const secret of decoded) {
      found.push(view ? { ...secret, ...view.original(secret.start, secret.end) } : secret);
    }
  }
  return merged(found);
}

/** Secrets of a text that was wrapped, in base64 or hexadecimal: what stands in its lines as it is was found there. */
export function searchWrapped(bytes: Uint8Array, depth: Depth, options: SearchOptions): readonly Found[] {
  const { matcher, deeper } = options;
  if (!deeper) return [];
  const signs = matcher.collect(bytes, 0, bytes.length, []);
  return merged(decodedIn(bytes, 0, bytes.length, signs & SIGNS.compressed, depth, deeper));
}

function decodedIn(
  bytes: Uint8Array,
  from: number,
  to: number,
  signs: number,
  depth: Depth,
  deeper: SearchDeeper,
): readonly Found[] {
  const found: Found[] = [];
  const look = (name: string, view: View) => {
    const { length } = view.bytes;
    const whole = view.original(0, length);
    // Of a text with an escape here and there, most is as it is.
    if (name !== REVERSED && (name !== ESCAPED || whole.end - whole.start >= 2 * length)) depth.encoded?.push(whole);
    if (length > depth.budget.left) return;
    depth.budget.left -= length;
    const turned = name === REVERSED && ({ reversed: true } as const);
    const inside = deeper(view.bytes, { level: depth.level + 1, budget: depth.budget, ...turned });
    found.push(...placed(inside, view, name));
  };
  const forms = encodedForms(bytes, from, to);
  // A backslash alone is no reason to look at a line; where there is one, it is cheap.
  const told = holds(bytes, from, to, BACKSLASH) ? signs | SIGNS.escapes : signs;
  for (const decoder of DECODERS) {
    if ((forms & decoder.forms) === 0 && (told & decoder.signs) === 0) continue;
    if (decoder.name === REVERSED && depth.reversed) continue;
    decoder.decode(bytes, from, to, (view) => look(decoder.name, view));
  }
  if (signs & SIGNS.compressed) {
    decodeCompressed(bytes, from, to, depth.budget.compressed, (view, name) => {
      depth.budget.left += view.bytes.length * TIMES_INSIDE;
      look(name, view);
    });
  }
  if (forms & (FORMS.base64 | FORMS.hex) || signs & SIGNS.compressed) {
    for (const view of respaced(bytes, from, to)) {
      const inside = decodedIn(view.bytes, 0, view.bytes.length, signs & SIGNS.compressed, depth, deeper);
      for (const secret of inside) found.push({ ...secret, ...view.original(secret.start, secret.end) });
    }
  }
  return found;
}

/**
 * Where the secrets of a decoded text stand in the one it was decoded from. Of a compressed text every part stands for
 * the whole: there each different secret gets one byte of it for its marker, and the last one the rest.
 */
function placed(inside: readonly Found[], view: View, name: string): readonly Found[] {
  const secrets = inside.filter(({ continued }) => !continued);
  const encode = (secret: Found, span: Span): Found => ({ ...secret, ...span, encodings: [name, ...secret.encodings] });
  if (!COMPRESSED.has(name)) return inside.map((secret) => encode(secret, view.original(secret.start, secret.end)));
  const different = [...new Map(secrets.map((secret) => [secret.secret, secret])).values()];
  const whole = view.original(0, 1);
  return different.map((secret, index) =>
    encode(secret, {
      start: whole.start + index,
      end: index === different.length - 1 ? whole.end : whole.start + index + 1,
    }),
  );
}

function holds(bytes: Uint8Array, from: number, to: number, byte: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === byte) return true;
  return false;
}

const COMPRESSED: ReadonlySet<string> = new Set(['gzip', 'zlib']);

function addRegistered(found: Found[]): Parameters<FindRegistered>[3] {
  return (start, end, secret, encodings) => {
    found.push({ start, end, kind: REGISTERED, rank: -1, prefixed: true, secret, encodings });
  };
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

function isNotEmpty({ start, end }: Span): boolean {
  return end > start;
}

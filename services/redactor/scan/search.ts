// The secrets of one line, or of a part of a long one: as it stands, without control sequences, and decoded.
import { decodeBase64 } from '../encoded/base64.ts';
import { decodeEscapes } from '../encoded/escapes.ts';
import { decodeGzip } from '../encoded/gzip.ts';
import { decodeHex } from '../encoded/hex.ts';
import { decodeReversed } from '../encoded/reversed.ts';
import { encodedForms, FORMS } from '../encoded/signs.ts';
import { decodeSpelled } from '../encoded/spelled.ts';
import { outsideMarkers } from '../marker.ts';
import { type Found, merged } from './found.ts';
import { type Matcher, SIGNS } from './matcher.ts';
import { latin1, type Span, type View, withoutControls } from './view.ts';

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
  /** Bytes that may still be decoded for this line, shared by all levels. */
  readonly budget: { left: number };
  /** It was turned round: doing so again would give what it was. */
  readonly reversed?: true;
  /** Of a line itself: takes the stretches of it that hold an encoded text or stream; they may overlap. */
  readonly encoded?: Span[];
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
/** Redacting uncovers new borders, so what is left is searched again; more than two rounds need a hostile text. */
const ROUNDS = 8;

type Decode = (bytes: Uint8Array, from: number, to: number, into: (view: View) => void) => void;

const REVERSED = 'reversed';

/** Those that a look at the bytes announces, and those that a keyword does. */
const BY_FORM: readonly (readonly [string, number, Decode])[] = [
  ['base64', FORMS.base64, decodeBase64],
  ['hex', FORMS.hex, decodeHex],
  ['spelled', FORMS.spelled, decodeSpelled],
];
const BY_SIGN: readonly (readonly [string, number, Decode])[] = [
  ['escaped', SIGNS.escapes, decodeEscapes],
  ['gzip', SIGNS.gzip, decodeGzip],
  [REVERSED, SIGNS.reversed, decodeReversed],
];

/** Of a line, whatever stands in other lines; `above`: of the text that the line is in. */
export function lineDepth(length: number, above: Depth | undefined, encoded?: Span[]): Depth {
  if (above) return above;
  return { level: 0, budget: { left: Math.max(LEAST_BUDGET, length * TIMES) }, ...(encoded && { encoded }) };
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
  const signs = options.matcher.collect(bytes, from, to, found);
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
    shown |= options.matcher.collect(view.bytes, 0, view.bytes.length, inView);
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
  return merged(decodedIn(bytes, 0, bytes.length, signs & SIGNS.gzip, depth, deeper));
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
  const look = (name: string, decode: Decode) => {
    decode(bytes, from, to, (view) => {
      depth.encoded?.push(view.original(0, view.bytes.length));
      if (view.bytes.length > depth.budget.left) return;
      depth.budget.left -= view.bytes.length;
      const turned = name === REVERSED && ({ reversed: true } as const);
      const inside = deeper(view.bytes, { level: depth.level + 1, budget: depth.budget, ...turned });
      found.push(...placed(inside, view, name));
    });
  };
  for (const [name, sign, decode] of BY_SIGN) {
    if (signs & sign && !(name === REVERSED && depth.reversed)) look(name, decode);
  }
  const forms = encodedForms(bytes, from, to);
  for (const [name, form, decode] of BY_FORM) if (forms & form) look(name, decode);
  return found;
}

/**
 * Where the secrets of a decoded text stand in the one it was decoded from. Of a compressed text every part stands for
 * the whole: there each different secret gets one byte of it for its marker, and the last one the rest.
 */
function placed(inside: readonly Found[], view: View, name: string): readonly Found[] {
  const secrets = inside.filter(({ continued }) => !continued);
  const encode = (secret: Found, span: Span): Found => ({ ...secret, ...span, encodings: [name, ...secret.encodings] });
  if (name !== 'gzip') return inside.map((secret) => encode(secret, view.original(secret.start, secret.end)));
  const different = [...new Map(secrets.map((secret) => [secret.secret, secret])).values()];
  const whole = view.original(0, 1);
  return different.map((secret, index) =>
    encode(secret, {
      start: whole.start + index,
      end: index === different.length - 1 ? whole.end : whole.start + index + 1,
    }),
  );
}

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

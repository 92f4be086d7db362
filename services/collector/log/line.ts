// The line of a log that is being read: places in the whole text, so that a line costs no string until somebody wants one.

/** One object for all lines of a log. Offsets are into `log`. */
export interface Line {
  readonly log: string;
  /** From 1. */
  number: number;
  /** Where it begins. */
  start: number;
  /** Where what a program wrote begins: after the time, and after colours. */
  from: number;
  /** Where it ends, line end not included. */
  to: number;
  /** What stands at `from` is a command that was run. */
  command: boolean;
}

/** Where a line stands. */
export type Place = Readonly<Pick<Line, 'number' | 'start'>>;

/** Longest part of a line that is looked at for its meaning; a minified bundle says nothing worth its length. */
export const LINE_LIMIT = 4_096;

const ESCAPE = 0x1b;
const RETURN = 0x0d;
const SPACE = 0x20;
const UNDERSCORE = 0x5f;
const BELL = 0x07;

/**
 * Escape sequences (ECMA-48: `ESC [`, parameters, a final letter; a command to the program that shows it, `ESC _` to BEL, as
 * Buildkite writes its times) and lone carriage returns within a text.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is what they are
const CONTROL = /\u001B\[[0-9;?]{0,32}[A-Za-z]|\u001B_[^\u0007\u001B]{0,32}\u0007|\r/g;

export function startsWith({ log, from }: Line, text: string): boolean {
  return log.startsWith(text, from);
}

/** The line's text without colours and trailing blanks, at most LINE_LIMIT of it. */
export function textOf({ log, from, to }: Line): string {
  return plain(log, from, to);
}

/** The same of any stretch of the log. */
export function plain(log: string, from: number, to: number): string {
  const text = log.slice(from, Math.min(to, from + LINE_LIMIT));
  const coloured = text.includes('\u001b') || text.includes('\r');
  return (coloured ? text.replace(CONTROL, '') : text).trimEnd();
}

/** `from`, or where the first character stands that is neither a colour nor a carriage return. */
export function afterColours(log: string, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const unit = log.charCodeAt(at);
    if (unit === RETURN) at += 1;
    else if (unit === ESCAPE) at = afterSequence(log, at, to);
    else break;
  }
  return at;
}

/** After an escape sequence; only a few parameters are believed, so that no line is walked along. */
function afterSequence(log: string, from: number, to: number): number {
  const limit = Math.min(to, from + 34);
  const isCommand = log.charCodeAt(from + 1) === UNDERSCORE;
  for (let at = from + 2; at < limit; at++) {
    const unit = log.charCodeAt(at);
    if (isCommand ? unit === BELL : isLetter(unit)) return at + 1;
  }
  return limit;
}

function isLetter(unit: number): boolean {
  const lower = unit | SPACE;
  return lower >= 0x61 && lower <= 0x7a;
}

/** Where the next line begins; -1: this is the last one. */
export function nextStart({ log, to }: Line): number {
  const newline = log.indexOf('\n', to);
  return newline === -1 ? -1 : newline + 1;
}

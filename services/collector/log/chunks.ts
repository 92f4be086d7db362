// Cutting a job's log into chunks of whole lines, for every source of logs.
import type { ActivityDetails } from '../../core/activity.ts';

export const CHUNK_LINES = 500;
/** In UTF-16 units, which JavaScript counts; at most three bytes each. */
export const CHUNK_LENGTH = 64 * 1024;
/** Ends a piece of a line that is longer than a chunk may be; the next chunk goes on with the same line. */
export const CONTINUED = ' [pipewarden: the line goes on in the next chunk]';

/**
 * At least one chunk, the final one marked `last`. Lines end at LF or CR LF; a lone CR (a progress bar) stays in its
 * line. A line longer than a chunk becomes several chunks, each with that line's number.
 */
export function* chunksOf(log: string): Generator<ActivityDetails['log']> {
  let lines: string[] = [];
  let length = 0;
  let first = 1;
  let number = 0;
  for (const line of linesOf(log)) {
    number += 1;
    if (lines.length > 0 && (lines.length === CHUNK_LINES || length + line.length > CHUNK_LENGTH)) {
      yield { first_line: first, lines, last: false };
      lines = [];
      length = 0;
    }
    if (lines.length === 0) first = number;
    let rest = line;
    while (rest.length > CHUNK_LENGTH) {
      const cut = wholeCharacters(rest, CHUNK_LENGTH - CONTINUED.length);
      yield { first_line: number, lines: [rest.slice(0, cut) + CONTINUED], last: false };
      rest = rest.slice(cut);
    }
    lines.push(rest);
    length += rest.length;
  }
  yield { first_line: first, lines, last: true };
}

function* linesOf(log: string): Generator<string> {
  let from = log.startsWith('\uFEFF') ? 1 : 0;
  while (from < log.length) {
    const end = log.indexOf('\n', from);
    const to = end === -1 ? log.length : end;
    yield log.slice(from, end > from && log[end - 1] === '\r' ? end - 1 : to);
    from = to + 1;
  }
}

/** `length`, or one less where it would cut a surrogate pair in two. */
export function wholeCharacters(text: string, length: number): number {
  const unit = text.charCodeAt(length - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? length - 1 : length;
}

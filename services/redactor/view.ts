// A text without its ANSI escape sequences, and the way back: colours inside or beside a secret must not hide it.

export const ESCAPE_CODE = 0x1b;
const ESCAPE = String.fromCharCode(ESCAPE_CODE);
const BARE_FINALS: ReadonlySet<string> = new Set(['m', 'K', 'J', 'H']);

export interface View {
  readonly text: string;
  /** Where a character of `text` lies in the original. */
  original(position: number): number;
}

export function viewOf(input: string): View {
  if (!input.includes(ESCAPE)) return { text: input, original: (position) => position };
  const pieces: string[] = [];
  /** For the n-th piece: where it begins in the text without sequences, and how much was left out before it. */
  const starts: number[] = [];
  const skipped: number[] = [];
  let from = 0;
  let length = 0;
  function keep(to: number): void {
    if (to === from) return;
    starts.push(length);
    skipped.push(from - length);
    pieces.push(input.slice(from, to));
    length += to - from;
  }
  for (let at = input.indexOf(ESCAPE); at >= 0; at = input.indexOf(ESCAPE, Math.max(from, at + 1))) {
    const end = endOfSequence(input, at);
    if (end === at) continue;
    keep(at);
    from = end;
  }
  keep(input.length);
  return {
    text: pieces.join(''),
    original: (position) => position + (skipped[lastAtMost(starts, position)] ?? 0),
  };
}

/**
 * Where the control sequence that begins at `at` ends; `at` itself, when none does.
 * ECMA-48, section 5.4: ESC, `[`, parameter bytes 30–3F, intermediate bytes 20–2F, one final byte 40–7E. A final `[`
 * is not taken for one: no terminal uses it, and it may be the first character of a marker. Without parameters, only the
 * finals that logs hold are taken (colour off, erase, home): any other letter may be the first one of a secret.
 */
export function endOfSequence(text: string, at: number): number {
  if (text[at + 1] !== '[') return at;
  let end = at + 2;
  while (isWithin(text, end, 0x30, 0x3f)) end++;
  while (isWithin(text, end, 0x20, 0x2f)) end++;
  if (!isWithin(text, end, 0x40, 0x7e) || text[end] === '[') return at;
  return end > at + 2 || BARE_FINALS.has(text[end] ?? '') ? end + 1 : at;
}

function isWithin(text: string, at: number, low: number, high: number): boolean {
  const code = text.charCodeAt(at);
  return code >= low && code <= high;
}

/** Index of the last element that is not greater; 0 when all are. */
function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ascending[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

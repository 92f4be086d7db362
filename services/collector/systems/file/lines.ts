// Whole lines of a text that comes in pieces, many at once.

/** Bytes of a block, about. */
const BLOCK = 1024 * 1024;
/** What is longer is no line of a log, and is cut there: nothing has to fit into memory. */
const LONGEST_LINE = 8 * BLOCK;

const NEWLINE = 0x0a;

export interface Line {
  readonly text: string;
  /** Bytes before it. */
  readonly at: number;
}

export interface Block {
  /** Without those that are empty. */
  readonly lines: readonly Line[];
  /** Bytes of it all. */
  readonly size: number;
}

/** `at`: bytes before the first piece. `ended`: nothing will follow, so what stands behind the last newline is a line too. */
export async function* blocksOf(pieces: AsyncIterable<Uint8Array>, at: number, ended: boolean): AsyncGenerator<Block> {
  let start = at;
  let held: Uint8Array = new Uint8Array();
  for await (const piece of pieces) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    while (held.length >= BLOCK) {
      const cut = held.lastIndexOf(NEWLINE) + 1 || (held.length >= LONGEST_LINE ? LONGEST_LINE : 0);
      if (cut === 0) break;
      yield blockOf(held.subarray(0, cut), start);
      held = held.subarray(cut);
      start += cut;
    }
  }
  const cut = ended ? held.length : held.lastIndexOf(NEWLINE) + 1;
  if (cut > 0) yield blockOf(held.subarray(0, cut), start);
}

function blockOf(bytes: Uint8Array, start: number): Block {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const lines: Line[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf(NEWLINE, at);
    const line = shown(text.toString('utf8', at, end < 0 ? undefined : end));
    if (line !== '') lines.push({ text: line, at: start + at });
    at = end < 0 ? text.length : end + 1;
  }
  return { lines, size: bytes.length };
}

/** A writer that goes on behind the end of a file that was truncated leaves zeros before its next line. */
function shown(text: string): string {
  let from = 0;
  while (text.charCodeAt(from) === 0) from += 1;
  return text.slice(from, text.endsWith('\r') ? -1 : undefined);
}

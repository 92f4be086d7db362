// Messages out of a stream of bytes: lines, or counted ones as syslog has them over TCP (RFC 6587), told apart by how each begins.

/** What is longer is no message, and is cut. In bytes. */
export const LONGEST_MESSAGE = 1024 * 1024;
const NEWLINE = 0x0a;
const SPACE = 0x20;
/** Digits of a count: no message has more bytes. */
const MOST_DIGITS = 7;

/** All that are whole after each piece; at the end, what has no newline behind it too. Without those that are empty. */
export async function* framesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    held = held.length === 0 ? Buffer.from(piece) : Buffer.concat([held, piece]);
    const { messages, used } = cut(held, false);
    held = held.subarray(used);
    if (messages.length > 0) yield messages;
  }
  const { messages } = cut(held, true);
  if (messages.length > 0) yield messages;
}

function cut(bytes: Buffer, isEnd: boolean): { readonly messages: readonly string[]; readonly used: number } {
  const messages: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const frame = counted(bytes, at, isEnd) ?? line(bytes, at, isEnd);
    if (!frame || frame === 'more') break;
    const text = bytes.toString('utf8', frame.from, frame.to).trim();
    if (text !== '') messages.push(text);
    at = frame.next;
  }
  return { messages, used: at };
}

interface Frame {
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

/** `62 <34>1 2026-…`: undefined where it is none, `more` where not all of it is there. */
function counted(bytes: Buffer, at: number, isEnd: boolean): Frame | 'more' | undefined {
  const space = bytes.indexOf(SPACE, at);
  if (space < 0 || space - at > MOST_DIGITS || bytes[space + 1] !== 0x3c) return undefined;
  const digits = bytes.toString('latin1', at, space);
  if (!/^[1-9]\d*$/.test(digits) || Number(digits) > LONGEST_MESSAGE) return undefined;
  const to = space + 1 + Number(digits);
  if (to > bytes.length) return isEnd ? { from: space + 1, to: bytes.length, next: bytes.length } : 'more';
  return { from: space + 1, to, next: to };
}

function line(bytes: Buffer, at: number, isEnd: boolean): Frame | undefined {
  const newline = bytes.indexOf(NEWLINE, at);
  if (newline >= 0) return { from: at, to: newline, next: newline + 1 };
  if (bytes.length - at >= LONGEST_MESSAGE) return { from: at, to: at + LONGEST_MESSAGE, next: at + LONGEST_MESSAGE };
  return isEnd ? { from: at, to: bytes.length, next: bytes.length } : undefined;
}

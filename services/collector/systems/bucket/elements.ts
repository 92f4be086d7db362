// The elements of the first list in a JSON text (`{"Records":[…]}`, or `[…]`), each as its bytes, as they come.
import { DamagedObject } from './damaged.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;

/** Elements that are objects or lists; others are passed over. Throws DamagedObject for what is no such text. */
export async function* elementsOf(input: AsyncIterable<Buffer>, longest: number): AsyncGenerator<Buffer> {
  let depth = 0;
  /** Depth within the list; 0: before it. */
  let listDepth = 0;
  let inText = false;
  let isEscaped = false;
  let isOver = false;
  /** Of the element that has begun. */
  let parts: Buffer[] | undefined;
  let size = 0;

  for await (const chunk of input) {
    let start = 0;
    for (let at = 0; at < chunk.length && !isOver; at++) {
      const byte = chunk[at];
      if (inText) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) inText = false;
      } else if (byte === QUOTE) inText = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (listDepth > 0 && depth === listDepth) {
          parts = [];
          size = 0;
          start = at;
        }
        depth += 1;
        if (listDepth === 0 && byte === OPEN_BRACKET && depth <= 2) listDepth = depth;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth -= 1;
        if (parts && depth === listDepth) {
          yield Buffer.concat([...parts, chunk.subarray(start, at + 1)]);
          parts = undefined;
        }
        isOver = depth < listDepth;
        if (depth < 0) throw new DamagedObject('it is no JSON');
      }
    }
    if (parts) {
      const rest = chunk.subarray(start);
      size += rest.length;
      if (size > longest) throw new DamagedObject(`a record in it is longer than ${longest} bytes`);
      parts.push(rest);
    }
  }
  if (!isOver) throw new DamagedObject(listDepth === 0 ? 'there is no list of records in it' : 'it ends early');
}

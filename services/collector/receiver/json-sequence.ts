// JSON values one after the other, with or without anything white between them: lines of log shippers, batches of Splunk's
// HTTP Event Collector, RFC 7464.

/** Objects and lists of a text, in order; undefined where it holds anything else. Linear in the length of the text. */
export function readJsonSequence(text: string): readonly unknown[] | undefined {
  const values: unknown[] = [];
  for (let at = begin(text, 0); at < text.length; ) {
    const end = endOf(text, at);
    if (end === undefined) return undefined;
    try {
      values.push(JSON.parse(text.slice(at, end)));
    } catch {
      return undefined;
    }
    at = begin(text, end);
  }
  return values.length > 0 ? values : undefined;
}

const WHITE = new Set([' ', '\t', '\n', '\r', '\u001e']);

function begin(text: string, from: number): number {
  let at = from;
  while (at < text.length && WHITE.has(text.charAt(at))) at++;
  return at;
}

/** Behind the value that begins there with a bracket; whether all is right inside is for the parser to say. */
function endOf(text: string, from: number): number | undefined {
  let depth = 0;
  let inText = false;
  for (let at = from; at < text.length; at++) {
    const each = text.charCodeAt(at);
    if (inText) {
      if (each === BACKSLASH) at++;
      else if (each === QUOTE) inText = false;
    } else if (each === QUOTE) inText = true;
    else if (each === OPEN_BRACE || each === OPEN_BRACKET) depth++;
    else if (each === CLOSE_BRACE || each === CLOSE_BRACKET) depth--;
    if (depth === 0) return inText || at === from ? undefined : at + 1;
  }
  return undefined;
}

const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];

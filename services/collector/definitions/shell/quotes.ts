// Quotes, escapes, substitutions: what makes part of a word.
import { append, countLines, endCommand, find, openWord, pop, push, type Reader, take } from './reader.ts';

/** Longest `${…}` that is looked for. */
const PARAMETER_LIMIT = 1_000;

/** The next character as it is; at the end of a line, the line goes on. */
export function escaped(reader: Reader): void {
  const { text, at, powershell } = reader;
  const next = text.startsWith('\r\n', at + 1) ? '\n' : text.charAt(at + 1);
  reader.at += text.startsWith('\r\n', at + 1) ? 3 : 2;
  if (next === '\n') reader.line++;
  // `\x41` within `$'…'` or after `echo -e` must stay what it is.
  else openWord(reader).text += /\w/.test(next) && !powershell ? `\\${next}` : next;
}

/** What begins with `$` or a backtick. */
export function substitution(reader: Reader): void {
  const rest = reader.text.slice(reader.at, reader.at + 3);
  if (rest.startsWith('`')) backtick(reader);
  else if (rest === '${{') expression(reader);
  else if (rest.startsWith('${')) parameter(reader);
  else if (rest.startsWith('$(')) push(reader, ')', 2, openWord(reader));
  else if (rest.startsWith("$'") && !reader.frame.inQuotes) singleQuote(reader, 2);
  else append(reader, '$');
}

function backtick(reader: Reader): void {
  if (reader.frame.closer === '`') {
    reader.at++;
    endCommand(reader);
    pop(reader);
  } else push(reader, '`', 1, openWord(reader));
}

/** `${{ … }}` as it stands: the system replaces it before any shell sees it. */
function expression(reader: Reader): void {
  const end = find(reader, '}}', reader.at);
  take(reader, end < 0 ? reader.at + 1 : end + 2);
}

/** `${name…}` as it stands, within its line. */
function parameter(reader: Reader): void {
  const limit = Math.min(reader.text.length, reader.at + PARAMETER_LIMIT);
  let depth = 0;
  let end = reader.at + 1;
  for (; end < limit; end++) {
    const character = reader.text.charAt(end);
    if (character === '{') depth++;
    if (character === '\n' || (character === '}' && --depth === 0)) break;
  }
  take(reader, reader.text.charAt(end) === '}' && depth === 0 ? end + 1 : reader.at + 1);
}

export function doubleQuote(reader: Reader): void {
  openWord(reader).quoted = true;
  reader.frame.inQuotes = !reader.frame.inQuotes;
  reader.at++;
}

/** `opening`: how many characters open it, `'` or `$'`. */
export function singleQuote(reader: Reader, opening: number): void {
  const start = reader.at + opening;
  const end = find(reader, "'", start);
  if (end < 0) {
    append(reader, reader.text.charAt(reader.at));
    return;
  }
  const word = openWord(reader);
  const quoted = reader.text.slice(start, end);
  word.text += quoted;
  word.quoted = true;
  countLines(reader, quoted);
  reader.at = end + 1;
}

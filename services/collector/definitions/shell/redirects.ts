// `>`, `<` and here-documents.
import { countLines, endWord, openCommand, openWord, push, type Reader, take } from './reader.ts';

/** CircleCI’s `<< pipeline.git.branch >>`: replaced before any shell sees it. */
const TEMPLATE = /^<<[ \t]{0,9}(?:pipeline|parameters|matrix|orb)\.[\w.-]{1,120}[ \t]{0,9}>>/;

export function redirect(reader: Reader): void {
  const rest = reader.text.slice(reader.at, reader.at + 3);
  const template = rest.startsWith('<<') ? TEMPLATE.exec(reader.text.slice(reader.at, reader.at + 160)) : null;
  if (template) take(reader, reader.at + template[0].length);
  else if (rest.startsWith('<(') || rest.startsWith('>(')) push(reader, ')', 2, openWord(reader));
  else redirectStream(reader, rest);
}

function redirectStream(reader: Reader, rest: string): void {
  const { word } = reader.frame;
  // The number of a stream before it is no word: `2>`.
  if (word && /^\d$/.test(word.text) && !word.quoted) reader.frame.word = undefined;
  endWord(reader);
  if (rest === '<<<') redirectTo(reader, '<<<', 3);
  else if (rest.startsWith('<<')) heredoc(reader, rest === '<<-' ? 3 : 2);
  else if (rest.startsWith('&>')) redirectTo(reader, '>', 2);
  else if (/^[<>]&/.test(rest)) duplicateStream(reader);
  else if (rest.startsWith('>>')) redirectTo(reader, '>>', 2);
  else redirectTo(reader, rest.charAt(0), 1);
}

function redirectTo(reader: Reader, operator: string, length: number): void {
  reader.at += length;
  openCommand(reader);
  reader.frame.redirect = operator;
}

/** `2>&1` goes to no file; `>&/dev/tcp/…` does. */
function duplicateStream(reader: Reader): void {
  const number = /^[\d-]{1,3}/.exec(reader.text.slice(reader.at + 2, reader.at + 5))?.[0];
  if (number === undefined) redirectTo(reader, '>', 2);
  else reader.at += 2 + number.length;
}

function heredoc(reader: Reader, length: number): void {
  const ahead = reader.text.slice(reader.at + length, reader.at + length + 80);
  const [whole = '', , end = ''] = /^[ \t]{0,8}(["']?)([A-Za-z_][\w-]{0,63})\1/.exec(ahead) ?? [];
  reader.at += length + whole.length;
  if (end !== '') reader.waiting.push({ command: openCommand(reader), end });
}

/** The bodies that begin on this line; of one whose end never comes, nothing is taken: it was none. */
export function heredocBodies(reader: Reader): void {
  for (const { command, end } of reader.waiting) {
    const close = lineOf(reader, end);
    if (close === undefined) continue;
    const body = reader.text.slice(reader.at, close);
    command.heredoc = { text: body, line: reader.line };
    countLines(reader, body);
    const next = reader.text.indexOf('\n', close);
    reader.at = next < 0 ? reader.text.length : next + 1;
    if (next >= 0) reader.line++;
  }
  reader.waiting = [];
}

/** Where the next line begins that holds just this word; lines that were passed are forgotten. */
function lineOf(reader: Reader, word: string): number | undefined {
  reader.singles ??= linesOfOneWord(reader.text);
  const starts = reader.singles.get(word);
  while (starts && (starts.at(-1) ?? reader.at) < reader.at) starts.pop();
  return starts?.at(-1);
}

/** The last first, so that the next is at the end. */
function linesOfOneWord(text: string): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const match of text.matchAll(/^[ \t]{0,64}([A-Za-z_][\w-]{0,63})[ \t\r]{0,8}$/gm)) {
    const starts = found.get(match[1] ?? '') ?? [];
    starts.push(match.index);
    found.set(match[1] ?? '', starts);
  }
  for (const starts of found.values()) starts.reverse();
  return found;
}

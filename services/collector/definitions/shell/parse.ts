// Shell text into commands: one pass, tolerant. It knows quotes, substitutions, pipes, here-documents and the systems’ own
// `${{ … }}`, as far as it takes to tell which words one command has; PowerShell and cmd are close enough to be read so
// too. Grammar: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html.
import type { Command } from './command.ts';
import { doubleQuote, escaped, singleQuote, substitution } from './quotes.ts';
import { append, endCommand, endWord, openWord, pop, push, type Reader, startReading } from './reader.ts';
import { heredocBodies, redirect } from './redirects.ts';

export type Dialect = 'posix' | 'powershell';

const COMMAND_LIMIT = 20_000;

/** Every command of the text, those within substitutions too, in the order in which they end. */
export function parseShell(text: string, dialect: Dialect = 'posix'): readonly Command[] {
  const reader = startReading(text, dialect === 'powershell');
  while (reader.at < text.length && reader.commands.length < COMMAND_LIMIT) step(reader);
  for (endCommand(reader); reader.frames.length > 1; endCommand(reader)) pop(reader);
  return reader.commands;
}

function step(reader: Reader): void {
  const character = reader.text.charAt(reader.at);
  if (character === '\n') newline(reader);
  else if (character === (reader.powershell ? '`' : '\\')) escaped(reader);
  else if (character === '$' || character === '`') substitution(reader);
  else if (character === '"') doubleQuote(reader);
  else if (reader.frame.inQuotes) append(reader, character);
  else plain(reader, character);
}

function newline(reader: Reader): void {
  if (reader.frame.inQuotes) openWord(reader).text += '\n';
  else endCommand(reader);
  reader.at++;
  reader.line++;
  if (!reader.frame.inQuotes && reader.waiting.length > 0) heredocBodies(reader);
}

function plain(reader: Reader, character: string): void {
  if (character === ' ' || character === '\t' || character === '\r') {
    endWord(reader);
    reader.at++;
  } else if (character === "'") singleQuote(reader, 1);
  else if (character === '#' && !reader.frame.word) comment(reader);
  else if (character === '<' || character === '>' || reader.text.startsWith('&>', reader.at)) redirect(reader);
  else if (character === '|' || character === '&' || character === ';') operator(reader, character);
  else if (character === '(') parenthesis(reader);
  else if (character === ')') closing(reader);
  else append(reader, character);
}

function closing(reader: Reader): void {
  reader.at++;
  endCommand(reader);
  const { closer, owner } = reader.frame;
  if (closer !== ')') return;
  pop(reader);
  if (!owner) reader.frame.ended = reader.commands.at(-1);
}

function comment(reader: Reader): void {
  const end = reader.text.indexOf('\n', reader.at);
  reader.at = end < 0 ? reader.text.length : end;
}

function operator(reader: Reader, character: string): void {
  const next = reader.text.charAt(reader.at + 1);
  endWord(reader);
  const before = endOfPipe(reader);
  endCommand(reader);
  reader.frame.from = character === '|' && next !== '|' ? before : undefined;
  reader.frame.ended = undefined;
  reader.at += next === character || (character === '|' && next === '&') ? 2 : 1;
}

/** What a pipe here reads from: the command, or the last of the group or loop that ends here. */
function endOfPipe({ frame, commands }: Reader): Command | undefined {
  const [first, ...more] = frame.command?.words ?? [];
  const closes = more.length === 0 && first !== undefined && /^(?:\}|done|fi|esac)$/.test(first.text);
  return closes ? commands.at(-1) : (frame.command ?? frame.ended);
}

/** A subshell where a command could begin; behind a word, what PowerShell and other languages put in parentheses. */
function parenthesis(reader: Reader): void {
  const started = reader.frame.word !== undefined || reader.frame.command !== undefined;
  push(reader, ')', 1, started ? openWord(reader) : undefined);
}

// The state of reading shell text, and the steps that all of its grammar is made of.
import type { Command, Redirect, Word } from './command.ts';

type Writable<Kind> = { -readonly [Key in keyof Kind]: Kind[Key] };

export interface OpenWord extends Writable<Word> {
  readonly inner: Command[];
}

export interface OpenCommand extends Writable<Command> {
  readonly words: OpenWord[];
  readonly redirects: Redirect[];
}

/** A list of commands that something will end: a substitution, a subshell, the text itself. */
export interface Frame {
  /** `)`, a backtick, or nothing. */
  readonly closer: string;
  /** The word that takes the output. */
  readonly owner: OpenWord | undefined;
  command: OpenCommand | undefined;
  word: OpenWord | undefined;
  /** An operator whose target comes next. */
  redirect: string | undefined;
  inQuotes: boolean;
  /** What the next command reads from. */
  from: Command | undefined;
  /** The last command of a subshell that just ended: what a pipe behind it reads from. */
  ended: Command | undefined;
}

export interface Reader {
  readonly text: string;
  readonly powershell: boolean;
  readonly commands: Command[];
  readonly frames: Frame[];
  frame: Frame;
  at: number;
  line: number;
  /** Here-documents whose bodies begin on the next line. */
  waiting: { readonly command: OpenCommand; readonly end: string }[];
  /** Lines of one word, in order, for the ends of here-documents; made when the first is looked for. */
  singles: Map<string, number[]> | undefined;
  /** Of these there is none ahead: to look again and again would cost the square. */
  readonly missing: Set<string>;
}

const DEPTH_LIMIT = 60;

export function startReading(text: string, powershell: boolean): Reader {
  const frame = newFrame('', undefined);
  const places = { at: 0, line: 1, waiting: [], singles: undefined, missing: new Set<string>() };
  return { text, powershell, commands: [], frames: [frame], frame, ...places };
}

function newFrame(closer: string, owner: OpenWord | undefined): Frame {
  return {
    closer,
    owner,
    command: undefined,
    word: undefined,
    redirect: undefined,
    inQuotes: false,
    from: undefined,
    ended: undefined,
  };
}

/** Begins a substitution or subshell that `length` characters open; too deep, the character is one like any other. */
export function push(reader: Reader, closer: string, length: number, owner: OpenWord | undefined): void {
  if (reader.frames.length >= DEPTH_LIMIT) {
    append(reader, reader.text.charAt(reader.at));
    return;
  }
  reader.at += length;
  reader.frame = newFrame(closer, owner);
  reader.frames.push(reader.frame);
}

export function pop(reader: Reader): void {
  reader.frames.pop();
  reader.frame = reader.frames.at(-1) ?? reader.frame;
}

export function append(reader: Reader, character: string): void {
  openWord(reader).text += character;
  reader.at++;
}

/** Everything up to `end` as it stands. */
export function take(reader: Reader, end: number): void {
  const taken = reader.text.slice(reader.at, end);
  openWord(reader).text += taken;
  countLines(reader, taken);
  reader.at = end;
}

export function countLines(reader: Reader, text: string): void {
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) reader.line++;
}

/** Where an ending stands next, or -1. */
export function find(reader: Reader, ending: string, from: number): number {
  if (reader.missing.has(ending)) return -1;
  const found = reader.text.indexOf(ending, from);
  if (found < 0) reader.missing.add(ending);
  return found;
}

export function openWord({ frame, line }: Reader): OpenWord {
  frame.word ??= { text: '', quoted: false, line, inner: [] };
  return frame.word;
}

export function openCommand({ frame, line }: Reader): OpenCommand {
  if (!frame.command) {
    frame.command = { words: [], redirects: [], line, ...(frame.from ? { from: frame.from } : {}) };
    frame.from = undefined;
    frame.ended = undefined;
  }
  return frame.command;
}

export function endWord(reader: Reader): void {
  const { word, redirect } = reader.frame;
  if (!word) return;
  reader.frame.word = undefined;
  reader.frame.redirect = undefined;
  const command = openCommand(reader);
  // A word over several lines began above the line on which it ends.
  if (command.words.length === 0) command.line = Math.min(command.line, word.line);
  if (redirect) command.redirects.push({ operator: redirect, target: word });
  else command.words.push(word);
}

export function endCommand(reader: Reader): void {
  endWord(reader);
  const { command, owner } = reader.frame;
  reader.frame.command = undefined;
  reader.frame.redirect = undefined;
  if (!command) return;
  reader.commands.push(command);
  owner?.inner.push(command);
}

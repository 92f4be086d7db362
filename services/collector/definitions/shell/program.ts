// Which program a command runs, behind the words that only say how: `sudo -E env A=b timeout 5 curl …` is curl.
import type { Command, Word } from './command.ts';

export interface Program {
  /** Without folder and `.exe`, in lower case. */
  readonly name: string;
  /** As written. */
  readonly path: string;
  readonly args: readonly Word[];
  readonly command: Command;
}

/** Options with a value, and how many operands stand before the program. */
interface Wrapper {
  readonly valued: string;
  readonly operands?: number;
}

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map([
  ['sudo', { valued: '-u -g -h -p -C -r -t -U -T -D -R --user --group --host --prompt --chdir' }],
  ['doas', { valued: '-u -C' }],
  ['env', { valued: '-u -C -S --unset --chdir' }],
  ['nice', { valued: '-n --adjustment' }],
  ['ionice', { valued: '-c -n -p' }],
  ['timeout', { valued: '-k -s --kill-after --signal', operands: 1 }],
  ['gtimeout', { valued: '-k -s --kill-after --signal', operands: 1 }],
  ['stdbuf', { valued: '-i -o -e' }],
  ['xargs', { valued: '-I -n -P -L -d -E -s -a --max-args --max-procs --delimiter --arg-file' }],
  ['watch', { valued: '-n --interval' }],
  ['gosu', { valued: '', operands: 1 }],
  ['su-exec', { valued: '', operands: 1 }],
  ['chroot', { valued: '', operands: 1 }],
  ['exec', { valued: '-a' }],
  ['command', { valued: '' }],
  ['builtin', { valued: '' }],
  ['nohup', { valued: '' }],
  ['setsid', { valued: '' }],
  ['time', { valued: '-f -o' }],
  ['busybox', { valued: '' }],
  ['unbuffer', { valued: '' }],
  ['winpty', { valued: '' }],
]);
const WRAPPER_LIMIT = 8;

const RESERVED = new Set(['then', 'do', 'else', 'elif', 'if', 'while', 'until', '!', '{', '}', 'time', 'coproc', '&']);
const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]]{0,40}\])?\+?=/;

/** Undefined: it runs nothing (an assignment, a lone keyword). */
export function programOf(command: Command): Program | undefined {
  let words = command.words;
  for (let round = 0; round < WRAPPER_LIMIT; round++) {
    words = withoutPrefix(words);
    const [first, ...args] = words;
    if (!first) return undefined;
    const name = programName(first.text);
    const wrapper = WRAPPERS.get(name);
    const inner = wrapper ? behind(wrapper, args) : [];
    // `command -v curl` only asks; `env` alone prints.
    if (!wrapper || inner.length === 0 || (name === 'command' && /^-[vV]/.test(args[0]?.text ?? ''))) {
      return { name, path: first.text, args, command };
    }
    words = inner;
  }
  return undefined;
}

/** The last part of a path, without `.exe` and `@`, in lower case. */
export function programName(path: string): string {
  return path
    .slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
    .replace(/^@/, '')
    .replace(/\.exe$/i, '')
    .toLowerCase();
}

function withoutPrefix(words: readonly Word[]): readonly Word[] {
  let start = 0;
  for (; start < words.length; start++) {
    const { text = '', quoted = false } = words[start] ?? {};
    if (words[start + 1]?.text === '=' && text.startsWith('$')) start++;
    else if (!(RESERVED.has(text) && !quoted) && !ASSIGNMENT.test(text)) break;
  }
  return start === 0 ? words : words.slice(start);
}

function behind({ valued, operands = 0 }: Wrapper, args: readonly Word[]): readonly Word[] {
  const options = new Set(valued.split(' '));
  let start = 0;
  for (; args[start]?.text.startsWith('-'); start++) {
    const option = args[start]?.text ?? '';
    if (option === '--') return args.slice(start + 1 + operands);
    if (options.has(option)) start++;
  }
  return args.slice(start + operands);
}

/** What is neither an option nor an option's value. */
export function operands(args: readonly Word[], valued: ReadonlySet<string>): readonly Word[] {
  const found: Word[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    if (!word) continue;
    if (!word.text.startsWith('-') || word.text === '-') found.push(word);
    else if (takesValue(word.text, valued)) index++;
  }
  return found;
}

/** `-o x`, also at the end of joined letters: `-fsSLo x`. */
function takesValue(option: string, valued: ReadonlySet<string>): boolean {
  if (valued.has(option)) return true;
  return /^-[A-Za-z]{2,}$/.test(option) && valued.has(`-${option.at(-1)}`);
}

/** The value of one of the options: `-o x`, `-ox`, `--output x`, `--output=x`. */
export function optionValue(args: readonly Word[], names: readonly string[]): string | undefined {
  const valued = new Set(names);
  for (const [index, { text }] of args.entries()) {
    if (!text.startsWith('-')) continue;
    const equals = text.indexOf('=');
    if (equals > 0 && valued.has(text.slice(0, equals))) return text.slice(equals + 1);
    if (takesValue(text, valued)) return args[index + 1]?.text;
  }
  return undefined;
}

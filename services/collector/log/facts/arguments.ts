// Shell text taken apart into commands and their arguments: not a shell, only as much as commands in build logs need.
import { withoutEnd } from './hosts.ts';

/** Words of a text that are looked at. */
const MOST_WORDS = 300;
const ENDS = new Set(['&&', '||', '|', ';', '&', '|&']);
/** What may stand before the program that is run. */
const WRAPPERS = new Set(
  'sudo env time exec nohup command then do else if while ! ( { -E -H -n retry travis_retry'.split(' '),
);

export interface Command {
  /** Name without its folder. */
  readonly program: string;
  readonly words: readonly string[];
}

export function commandsIn(text: string): readonly Command[] {
  const commands: Command[] = [];
  let program: string | undefined;
  let words: string[] = [];
  const finish = () => {
    if (program !== undefined) commands.push({ program, words });
    program = undefined;
    words = [];
  };
  for (const raw of text.split(/\s+/, MOST_WORDS)) {
    if (ENDS.has(raw)) {
      finish();
      continue;
    }
    const ended = raw.endsWith(';');
    const word = unquoted(ended ? raw.slice(0, -1) : raw);
    if (program !== undefined) words.push(word);
    else if (word !== '' && !WRAPPERS.has(word) && !/^\w+=/.test(word)) program = nameOf(word);
    if (ended) finish();
  }
  finish();
  return commands;
}

function unquoted(word: string): string {
  return withoutEnd(word.replace(/^(?:\$\(|[`"'(])/, ''), '`"\')');
}

/** `C:\tools\git.exe` is `git`, `python3.11` is `python`. */
function nameOf(word: string): string {
  return word
    .slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1)
    .replace(/\.(?:exe|cmd|bat)$/i, '')
    .replace(/^(python|pip)[\d.]+$/, '$1');
}

/** Words that are neither options nor the values of those named. */
export function operands(words: readonly string[], withValue: ReadonlySet<string> = NONE): readonly string[] {
  return words.filter((word, index) => {
    if (word === '' || word.startsWith('-')) return false;
    return !withValue.has(words[index - 1] ?? '');
  });
}

const NONE: ReadonlySet<string> = new Set();

// What flows into what: a program that runs what it reads, and where that comes from.
import type { Command, Word } from './command.ts';
import { type Program, programName, programOf } from './program.ts';

const SHELLS = new Set('sh bash zsh dash ash ksh fish busybox pwsh powershell cmd'.split(' '));
const INTERPRETERS = new Set('python python2 python3 py perl ruby node nodejs deno bun php lua osascript'.split(' '));
const CHAIN_LIMIT = 12;
/** How far inside substitutions a program’s sources are looked for: each level reads all that is deeper again. */
const WITHIN_LIMIT = 6;

export function isShell(name: string): boolean {
  return SHELLS.has(name);
}

export function isInterpreter(name: string): boolean {
  return INTERPRETERS.has(name) || /^python\d(?:\.\d+)?$/.test(name);
}

/** The option that is followed by code: `-c`, `-lc`, `-e`, `-Command`, `/c`. */
export function codeOption(name: string, option: string): boolean {
  if (/^(?:pwsh|powershell)$/.test(name)) return /^[-/]c(?:ommand)?$/i.test(option);
  if (name === 'cmd') return /^\/[ck]$/i.test(option);
  if (name.startsWith('py') || SHELLS.has(name)) return /^-[a-zA-Z]{0,6}c$/.test(option);
  return /^(?:-[a-z]{0,4}[eErp]|--eval|--print|eval)$/.test(option);
}

/** The word of code among a program’s arguments. */
export function codeOf({ name, args }: Program): Word | undefined {
  if (!isShell(name) && !isInterpreter(name)) return undefined;
  const option = args.findIndex(({ text }) => codeOption(name, text));
  // An option behind the first operand is the script’s own.
  const before = args.slice(0, Math.max(option, 0)).every(({ text }) => /^[-+/]/.test(text));
  return option >= 0 && before ? args[option + 1] : undefined;
}

/** `docker run image sh -c '…'`, `ssh host bash -c '…'`, `find … -exec sh -c '…'`: code that another program runs. */
export function carriedCode({ args }: Program): Word | undefined {
  const shell = args.findIndex(
    ({ text }, index) => isShell(programName(text)) && codeOption(programName(text), args[index + 1]?.text ?? ''),
  );
  return shell < 0 ? undefined : args[shell + 2];
}

/** It runs what it reads from its standard input. */
export function runsInput(program: Program): boolean {
  const { name, args } = program;
  if (name === 'iex' || name === 'invoke-expression') return args.length === 0;
  if (name === 'source' || name === '.') return args[0]?.text === '/dev/stdin';
  if ((!isShell(name) && !isInterpreter(name)) || codeOf(program)) return false;
  if (args.some(({ text }) => /^-\w*s$/.test(text)) && isShell(name)) return true;
  const first = args.find(({ text, inner }) => inner.length > 0 || !/^[-+]\w/.test(text) || text === '-m');
  return first === undefined || ['-', '/dev/stdin', '--'].includes(first.text);
}

/** What the program runs or reads is the output of these: through pipes, substitutions, here-strings. */
export function sourcesOf(program: Program): readonly Program[] {
  const { name, args, command } = program;
  const found: Command[] = [];
  if (runsInput(program)) {
    found.push(...chain(command.from));
    for (const { operator, target } of command.redirects) if (operator !== '>') found.push(...within([target]));
  }
  const takes = name === 'eval' || name === 'source' || name === '.' || name === 'iex' || name === 'invoke-expression';
  if (takes) found.push(...within(args));
  else if (isShell(name) || isInterpreter(name)) {
    const code = codeOf(program);
    const script = args.find(({ text }) => !/^-\w/.test(text));
    found.push(...within([code ?? script].filter((word) => word !== undefined)));
  }
  return found.map(programOf).filter((source) => source !== undefined);
}

/** All that flows into a program as data: through pipes, substitutions, here-strings. */
export function inputsOf({ args, command }: Program): readonly Program[] {
  const words = [...args, ...command.redirects.map(({ target }) => target)];
  return [...chain(command.from), ...within(words)].map(programOf).filter((input) => input !== undefined);
}

/** The command and all that it reads from. */
function chain(command: Command | undefined): Command[] {
  const found: Command[] = [];
  for (let next = command; next && found.length < CHAIN_LIMIT; next = next.from) {
    found.push(next, ...within(next.words));
  }
  return found;
}

function within(words: readonly Word[], levels = WITHIN_LIMIT): Command[] {
  if (levels === 0) return [];
  const inside = ({ words }: Command) => within(words.slice(0, 20), levels - 1);
  return words.flatMap(({ inner }) => inner.flatMap((command) => [command, ...inside(command)]));
}

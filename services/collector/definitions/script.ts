// What a script in a definition does that matters: which hosts it reaches, what it downloads and runs, what it hides, what
// it takes along. It is read once, as far as it can be told without running it.
import type { NetworkCommand, ScriptFacts, Sign, SignKind } from '../../core/definition.ts';
import { cut } from '../../core/visible.ts';
import { hostOf, hostsInUrls, type KnownHost, unique } from './hosts.ts';
import type { Command, Word } from './shell/command.ts';
import { fileName, savedBy } from './shell/downloads.ts';
import { carriedCode, codeOf, inputsOf, isInterpreter, isShell, runsInput, sourcesOf } from './shell/flow.ts';
import { type Reach, reachOf } from './shell/network.ts';
import { type Dialect, parseShell } from './shell/parse.ts';
import { type Program, programName, programOf } from './shell/program.ts';
import { decodes, dumpsEnvironment, signsOfProgram } from './shell/program-signs.ts';
import { decoded, signsOfWord } from './shell/word-signs.ts';

/** Code within code within code: `bash -c "eval '…'"`. */
const DEPTH_LIMIT = 4;
/** As many times the script's own length may be read again as code within code. */
const NESTED_SHARE = 4;
const FACT_LIMIT = 500;
const TEXT_LIMIT = 200;
/** What begins so is no shell text, though nothing may say it. */
const PYTHON = /^\s{0,200}(?:import [A-Za-z_][\w., ]{0,200}\n|from [\w.]{1,100} import )/;
const REACHING =
  /\b(?:urlopen|urlretrieve|requests|http\.client|httpx|aiohttp|socket|fetch|axios|https?\.(?:get|request)|Net::HTTP|LWP|file_get_contents|curl_exec|XMLHttpRequest)\b/;

export interface ScriptReading extends Omit<ScriptFacts, 'untrusted'> {
  readonly contacted: readonly (KnownHost & { readonly line: number })[];
}

interface Work {
  readonly lines: readonly string[];
  readonly first: number;
  readonly network: NetworkCommand[];
  readonly signs: Map<string, Sign>;
  readonly contacted: Map<string, KnownHost & { readonly line: number }>;
  /** Files that were downloaded, with where from. */
  readonly saved: Map<string, readonly KnownHost[]>;
  /** Characters of code within code that may still be read. */
  left: number;
}

/**
 * `shell`: as the definition names it (`bash`, `pwsh`, `python`, `node {0}`); without it, a shell. `line`: where the text
 * begins in its file, from 1.
 */
export function readScript(
  text: string,
  { shell, line = 1 }: { shell?: string | undefined; line?: number } = {},
): ScriptReading {
  const work: Work = {
    lines: text.split('\n'),
    first: line,
    network: [],
    signs: new Map(),
    contacted: new Map(),
    saved: new Map(),
    left: text.length * NESTED_SHARE,
  };
  const program = programName(shell?.trim().split(/\s/, 1)[0] ?? (PYTHON.test(text) ? 'python' : 'sh'));
  if (isInterpreter(program)) readCode(work, program, text, line);
  else readShell(work, text, line, dialectOf(program), 0);
  return { network: work.network, signs: [...work.signs.values()], contacted: [...work.contacted.values()] };
}

function dialectOf(shell: string): Dialect {
  return /^(?:pwsh|powershell)$/.test(shell) ? 'powershell' : 'posix';
}

function readShell(work: Work, text: string, first: number, dialect: Dialect, depth: number): void {
  for (const command of parseShell(text, dialect)) {
    const line = first + command.line - 1;
    for (const { text: word } of [...command.words, ...command.redirects.map(({ target }) => target)]) {
      for (const kind of signsOfWord(word)) sign(work, kind, line, kind === 'dev-tcp' ? socketHosts(word) : []);
    }
    const program = programOf(command);
    if (program) readProgram(work, program, line, depth);
    if (command.heredoc) readHeredoc(work, command, command.heredoc, program, first, depth);
  }
}

function readProgram(work: Work, program: Program, line: number, depth: number): void {
  const reach = reachOf(program);
  if (reach) reached(work, program.name.replace(/^\./, ''), reach, line);
  if (reach?.sends && inputsOf(program).some(dumpsEnvironment)) sign(work, 'env-sent', line, reach.hosts);
  for (const kind of signsOfProgram(program)) sign(work, kind, line);
  readFlow(work, program, line, depth);
  for (const path of savedBy(program)) work.saved.set(path, reach?.hosts ?? []);
  const download = runs(program).find((path) => work.saved.has(path));
  if (download !== undefined) sign(work, 'run-download', line, work.saved.get(download));
  readNested(work, program, line, depth);
}

/** Where the output of one program becomes the program of another. */
function readFlow(work: Work, program: Program, line: number, depth: number): void {
  const sources = sourcesOf(program);
  if (sources.length === 0) return;
  const downloads = sources.map(reachOf).filter((reach) => reach?.does === 'transfer');
  if (downloads.length > 0) sign(work, 'pipe-to-shell', line, unique(downloads.flatMap((reach) => reach?.hosts ?? [])));
  if (sources.some(decodes)) sign(work, 'decode-to-shell', line);
  if (!isShell(program.name) && program.name !== 'eval') return;
  for (const source of sources) {
    const { heredoc } = source.command;
    const said =
      source.name === 'echo' || source.name === 'printf' ? source.args.map(({ text }) => text).join(' ') : '';
    nested(work, sources.some(decodes) ? decoded(said) : said, line, 'posix', depth);
    if (heredoc) nested(work, heredoc.text, line + heredoc.line - source.command.line, 'posix', depth);
  }
}

function readNested(work: Work, program: Program, line: number, depth: number): void {
  const { name, args, command } = program;
  const code = codeOf(program);
  const offset = (word: Word) => line + word.line - command.line;
  if (code && isInterpreter(name)) readCode(work, name, code.text, offset(code));
  else if (code) nested(work, code.text, offset(code), dialectOf(name), depth);
  else if (name === 'eval') nested(work, args.map(({ text }) => text).join(' '), line, 'posix', depth);
  else {
    const carried = carriedCode(program);
    if (carried) nested(work, carried.text, offset(carried), 'posix', depth);
  }
}

function nested(work: Work, text: string, line: number, dialect: Dialect, depth: number): void {
  work.left -= text.length;
  if (depth < DEPTH_LIMIT && work.left >= 0) readShell(work, text, line, dialect, depth + 1);
}

function readHeredoc(
  work: Work,
  { words }: Command,
  { text, line }: { text: string; line: number },
  program: Program | undefined,
  first: number,
  depth: number,
): void {
  const at = first + line - 1;
  if (program && isShell(program.name) && runsInput(program)) nested(work, text, at, dialectOf(program.name), depth);
  else if (program && isInterpreter(program.name)) readCode(work, program.name, text, at);
  else if (words.length > 0) for (const kind of signsOfWord(text)) if (kind === 'encoded-text') sign(work, kind, at);
}

/** Another language than shell: only what a line gives away. */
function readCode(work: Work, language: string, text: string, first: number): void {
  for (const [index, line] of text.split('\n').entries()) {
    for (const kind of signsOfWord(line)) sign(work, kind, first + index);
    if (/\b(?:exec|eval)\(/.test(line)) sign(work, 'eval', first + index);
  }
  const match = REACHING.exec(text);
  if (!match) return;
  const line = first + text.slice(0, match.index).split('\n').length - 1;
  reached(work, language, { does: 'transfer', sends: false, hosts: hostsInUrls(text) }, line);
}

function reached(work: Work, tool: string, { does, sends, hosts }: Reach, line: number): void {
  for (const host of hosts) if (!work.contacted.has(host.host)) work.contacted.set(host.host, { ...host, line });
  if (work.network.length >= FACT_LIMIT) return;
  work.network.push({ tool, does, sends, hosts: hosts.map(({ host }) => host), line, text: lineText(work, line) });
}

function sign(work: Work, kind: SignKind, line: number, hosts: readonly KnownHost[] = []): void {
  const key = `${kind} ${line}`;
  if (work.signs.has(key) || work.signs.size >= FACT_LIMIT) return;
  for (const host of kind === 'dev-tcp' ? hosts : []) work.contacted.set(host.host, { ...host, line });
  work.signs.set(key, { kind, line, text: lineText(work, line), hosts: hosts.map(({ host }) => host) });
}

function socketHosts(word: string): readonly KnownHost[] {
  return unique(
    [...word.matchAll(/\/dev\/(?:tcp|udp)\/([A-Za-z0-9._-]{1,253})/g)].map(([, host = '']) => hostOf(host)),
  );
}

/** Files that the program runs: itself, or the script it is given. */
function runs({ name, path, args }: Program): readonly string[] {
  const script =
    isShell(name) || isInterpreter(name) || name === 'source' || name === '.'
      ? args.find(({ text }) => !/^-/.test(text))
      : undefined;
  return [path, script?.text].filter((file) => file !== undefined).map(fileName);
}

function lineText({ lines, first }: Work, line: number): string {
  return cut((lines[line - first] ?? '').trim(), TEXT_LIMIT);
}

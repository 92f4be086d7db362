// What a program with its arguments gives away: decoding, dumping the environment, handing it on, running text.
import type { SignKind } from '../../../core/definition.ts';
import { codeOf } from './flow.ts';
import type { Program } from './program.ts';

const RUNNER_FILES: readonly (readonly [SignKind, RegExp])[] = [
  ['env-file', /^["']?\$(?:\{|env:|\{env:)?(?:GITHUB_ENV|BASH_ENV)\b/i],
  ['path-file', /^["']?\$(?:\{|env:|\{env:)?GITHUB_PATH\b/i],
];
const WRITERS = new Set('tee out-file add-content set-content ac sc'.split(' '));

export function signsOfProgram(program: Program): readonly SignKind[] {
  const found: SignKind[] = [...writes(program)];
  const { name } = program;
  if (decodes(program)) found.push('decode');
  if (encodes(program)) found.push('encode');
  if (name === 'eval' || name === 'iex' || name === 'invoke-expression') found.push('eval');
  if (codeOf(program)) found.push('inline-code');
  if (dumpsEnvironment(program)) found.push('env-dump');
  if (opensShell(program)) found.push('remote-shell');
  if (name === 'nsenter') found.push('privileged');
  if (name === 'gcore' || name === 'procdump') found.push('memory-read');
  return found;
}

function has({ args }: Program, pattern: RegExp): boolean {
  return args.some(({ text }) => pattern.test(text));
}

export function decodes(program: Program): boolean {
  const { name } = program;
  if (/^(?:base64|base32|gbase64)$/.test(name)) return has(program, /^(?:-\w{0,3}[dD]\w{0,3}|--decode)$/);
  if (name === 'openssl') return has(program, /^(?:base64|enc)$/) && has(program, /^-d$/);
  if (name === 'xxd') return has(program, /^-r|^-p?r/);
  if (name === 'certutil') return has(program, /^[-/]decode(?:hex)?$/i);
  if (name === 'basenc') return has(program, /^(?:-d|--decode)$/);
  return has(program, /^-e(?:nc|ncodedcommand)?$/i) && /^(?:pwsh|powershell)$/.test(name);
}

function encodes(program: Program): boolean {
  const { name } = program;
  if (/^(?:base64|base32|gbase64|basenc)$/.test(name))
    return !decodes(program) && !has(program, /^--(?:help|version)$/);
  if (name === 'openssl')
    return has(program, /^base64$|^-(?:a|base64)$/) && has(program, /^(?:base64|enc)$/) && !decodes(program);
  return name === 'xxd' && has(program, /^-p/) && !decodes(program);
}

/** The whole environment, not one variable of it. */
export function dumpsEnvironment({ name, args }: Program): boolean {
  if (name === 'env' || name === 'printenv' || name === 'set')
    return args.every(({ text }) => /^-(?:0|-null)$/.test(text));
  if (name === 'export' || name === 'declare' || name === 'typeset') {
    return args.every(({ text }) => /^-[px]{1,2}$/.test(text)) && (name === 'export' || args.length > 0);
  }
  return /^(?:get-childitem|gci|dir|ls)$/.test(name) && /^env:\\?\*?$/i.test(args[0]?.text ?? '');
}

function opensShell(program: Program): boolean {
  const { name } = program;
  if (/^(?:nc|ncat|netcat)$/.test(name)) return has(program, /^-\w{0,6}[ec]$|^--(?:sh-)?exec$/);
  if (name === 'socat') return has(program, /exec:/i);
  return (
    name === 'bash' &&
    has(program, /^-\w{0,3}i$/) &&
    program.command.redirects.some(({ target }) => /\/dev\/(?:tcp|udp)\//.test(target.text))
  );
}

function writes({ name, args, command }: Program): readonly SignKind[] {
  const targets = command.redirects.filter(({ operator }) => operator.startsWith('>')).map(({ target }) => target);
  const written = WRITERS.has(name) ? [...targets, ...args] : targets;
  return RUNNER_FILES.filter(([, pattern]) => written.some(({ text }) => pattern.test(text))).map(([kind]) => kind);
}

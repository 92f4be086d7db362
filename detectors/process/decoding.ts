// Commands that decode text and run it, or put it where it will be run. Read word by word, as a shell would cut them.
import { programName } from './program.ts';

/** Longest part of a command line that is looked at. */
const LONGEST = 8_192;

const RUNS = new Set(
  'sh bash dash ash zsh ksh python perl ruby node php lua bun deno pwsh powershell eval source .'.split(' '),
);
/** Where code stands among a program's arguments. */
const CODE = /\s-(?:c|e|r|E)\b/;
const DECODES_AND_EVALUATES = /\b(?:exec|eval|Function|system|spawn)\b/;
const DECODER =
  /\b(?:b64decode|decode64|base64_decode|fromCharCode|atob|unhexlify|decompress|inflate)\b|['"]base64['"]/;
const POWERSHELL = /\bpowershell(?:\.exe)?\s/i;
const ENCODED_COMMAND = /\s-e(?:nc?|ncodedcommand)? [A-Za-z0-9+/=]{40}/i;
const LITERAL = /[A-Za-z0-9+/]{80,}={0,2}/;
/** Words of scripts; certificates, keys and configurations have none of them. */
const SCRIPT =
  /^#!|\b(?:import|require|curl|wget|eval|exec|chmod|system|subprocess|socket|urllib|child_process|nohup)\b/;

/**
 * True for text that goes from a decoder into an interpreter, for a script that evaluates what it decodes, and for a literal
 * that is a script when it is decoded. A variable that is decoded into a file is everyday.
 */
export function decodesAndRuns(commandLine: string): boolean {
  const text = commandLine.slice(0, LONGEST);
  if (POWERSHELL.test(text) && ENCODED_COMMAND.test(text)) return true;
  if (CODE.test(text) && DECODES_AND_EVALUATES.test(text) && DECODER.test(text)) return true;
  const commands = text.split('|').map(wordsOf);
  const at = commands.findIndex(decodes);
  if (at < 0) return false;
  // `sh -c "$(… | base64 -d)"`, `bash <(base64 -d …)`, `eval "$(…)"`.
  const around = /(?:\b(?:eval|source)|\b(?:ba|da|z)?sh(?: -c)?)\s*["']?(?:\$\(|<\(|`)/.test(text);
  return around || commands.slice(at + 1).some(runs) || isScript(LITERAL.exec(text)?.[0]);
}

function wordsOf(command: string): readonly string[] {
  return command.split(/[\s"'();&]/).filter((word) => word !== '');
}

function decodes(words: readonly string[]): boolean {
  const at = words.findIndex((word) => /(?:^|\/)(?:base64|openssl|xxd|base32)$/.test(word));
  if (at < 0) return false;
  const rest = words.slice(at + 1);
  if (words[at]?.endsWith('xxd')) return rest.some((word) => /^-\w*r/.test(word));
  return rest.some((word) => /^-(?:\w*[dD]|-decode)$/.test(word));
}

/** The first word that is a program, behind `sudo`, `exec`, `env` and assignments. */
function runs(words: readonly string[]): boolean {
  const first = words.find((word) => !/^(?:sudo|exec|env|nohup|command|-.*|\w+=.*)$/.test(word)) ?? '';
  return RUNS.has(programName(first) ?? '');
}

function isScript(literal: string | undefined): boolean {
  return literal !== undefined && SCRIPT.test(Buffer.from(literal.slice(0, 4_000), 'base64').toString('latin1'));
}

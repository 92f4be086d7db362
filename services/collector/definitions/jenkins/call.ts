// A call in a pipeline: `sh 'make'`, `sh(script: 'make')`, `stage('Build') { … }`, with its arguments by place and by name.
import type { Token } from './lexer.ts';

export interface Call {
  readonly name: string;
  readonly line: number;
  /** Strings that stand alone, in order. */
  readonly strings: readonly Token[];
  /** Strings behind `name:`, at any depth of lists and maps. */
  readonly named: ReadonlyMap<string, readonly Token[]>;
  /** Every name among the arguments. */
  readonly names: readonly string[];
}

const ARGUMENT_LIMIT = 200;

/** The call whose name stands at `at`. */
export function callAt(tokens: readonly Token[], at: number): Call {
  const strings: Token[] = [];
  const named = new Map<string, Token[]>();
  const names: string[] = [];
  const brackets = tokens[at + 1]?.text === '(' && tokens[at + 1]?.kind === 'punctuation';
  let depth = 0;
  let key: string | undefined;
  const last = Math.min(tokens.length, at + ARGUMENT_LIMIT);
  for (let index = at + 1; index < last; index++) {
    const token = tokens[index];
    if (!token) break;
    if (token.kind === 'punctuation') {
      if (depth === 0 && ';{})]'.includes(token.text)) break;
      if ('([{'.includes(token.text)) depth++;
      if (')]}'.includes(token.text)) depth--;
      if (depth === 0 && brackets && token.text === ')') break;
      if (token.text === ',' || token.text === '[') key = undefined;
    } else if (token.kind === 'newline') {
      if (depth === 0 && tokens[index - 1]?.text !== ',') break;
    } else if (isKey(tokens, index)) key = token.text;
    else if (token.kind === 'string') {
      if (key === undefined) strings.push(token);
      else named.set(key, [...(named.get(key) ?? []), token]);
    } else names.push(token.text);
  }
  return { name: tokens[at]?.text ?? '', line: tokens[at]?.line ?? 1, strings, named, names };
}

/** `script: …`, not `a ? b : c`. */
export function isKey(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return next?.kind === 'punctuation' && next.text === ':' && tokens[at - 1]?.text !== '?';
}

export function firstNamed({ named }: Call, ...keys: readonly string[]): Token | undefined {
  for (const key of keys) {
    const [found] = named.get(key) ?? [];
    if (found) return found;
  }
  return undefined;
}

/** The text of a script: named, or all that stands alone put together (`'a' + "b"`). */
export function scriptOf(call: Call): Token | undefined {
  const named = firstNamed(call, 'script');
  const [first, ...more] = named ? [named] : call.strings;
  if (!first) return undefined;
  return more.length === 0 ? first : { ...first, text: [first, ...more].map(({ text }) => text).join('') };
}

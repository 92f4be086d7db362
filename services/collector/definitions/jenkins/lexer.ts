// Groovy as far as a pipeline needs it: names, strings, punctuation, ends of lines; comments are gone. Tolerant: an open
// string ends with its line. Lexical structure: https://groovy-lang.org/syntax.html.

export interface Token {
  readonly kind: 'name' | 'string' | 'punctuation' | 'newline';
  /** Of a string its value, `${…}` as it stands. */
  readonly text: string;
  readonly line: number;
  /** Groovy puts values into it before it is used. */
  readonly interpolated?: boolean;
}

const TOKEN_LIMIT = 200_000;

interface Scanner {
  readonly source: string;
  readonly tokens: Token[];
  at: number;
  line: number;
  /** Of these there is none ahead. */
  readonly missing: Set<string>;
}

export function lexGroovy(source: string, firstLine = 1): readonly Token[] {
  const scanner: Scanner = { source, tokens: [], at: 0, line: firstLine, missing: new Set() };
  while (scanner.at < source.length && scanner.tokens.length < TOKEN_LIMIT) scan(scanner);
  return scanner.tokens;
}

function scan(scanner: Scanner): void {
  const { source, at } = scanner;
  const character = source.charAt(at);
  const rest = source.slice(at, at + 3);
  if (character === '\n') {
    scanner.tokens.push({ kind: 'newline', text: '\n', line: scanner.line });
    scanner.line++;
    scanner.at++;
  } else if (/[\s\0]/.test(character)) scanner.at++;
  else if (rest.startsWith('//') || rest.startsWith('#!')) skipLine(scanner);
  else if (rest.startsWith('/*')) skipTo(scanner, '*/');
  else if (rest === "'''" || rest === '"""') longString(scanner, rest);
  else if (rest.startsWith('$/')) longString(scanner, '$/', '/$');
  else if (character === "'" || character === '"') shortString(scanner, character);
  else if (character === '/' && mayBeginPattern(scanner.tokens.at(-1))) shortString(scanner, '/');
  else if (/[A-Za-z_$]/.test(character)) name(scanner);
  else {
    scanner.tokens.push({ kind: 'punctuation', text: character, line: scanner.line });
    scanner.at++;
  }
}

function skipLine(scanner: Scanner): void {
  const end = scanner.source.indexOf('\n', scanner.at);
  scanner.at = end < 0 ? scanner.source.length : end;
}

function skipTo(scanner: Scanner, ending: string): void {
  const end = find(scanner, ending, scanner.at + 2);
  const next = end < 0 ? scanner.source.length : end + ending.length;
  countLines(scanner, scanner.source.slice(scanner.at, next));
  scanner.at = next;
}

function find(scanner: Scanner, ending: string, from: number): number {
  if (scanner.missing.has(ending)) return -1;
  const found = scanner.source.indexOf(ending, from);
  if (found < 0) scanner.missing.add(ending);
  return found;
}

function countLines(scanner: Scanner, text: string): void {
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) scanner.line++;
}

/** A division stands behind a value, a pattern does not. */
function mayBeginPattern(before: Token | undefined): boolean {
  if (!before || before.kind === 'newline') return true;
  return before.kind === 'punctuation' && /[=(,[~:!?{&|]/.test(before.text);
}

function name(scanner: Scanner): void {
  let end = scanner.at + 1;
  while (/[\w$]/.test(scanner.source.charAt(end))) end++;
  scanner.tokens.push({ kind: 'name', text: scanner.source.slice(scanner.at, end), line: scanner.line });
  scanner.at = end;
}

function longString(scanner: Scanner, opening: string, closing = opening): void {
  const start = scanner.at + opening.length;
  let end = find(scanner, closing, start);
  while (end > 0 && scanner.source.charAt(end - 1) === '\\' && opening !== '$/') end = find(scanner, closing, end + 1);
  const stop = end < 0 ? scanner.source.length : end;
  pushString(scanner, scanner.source.slice(start, stop), opening !== "'''");
  scanner.at = end < 0 ? stop : end + closing.length;
}

function shortString(scanner: Scanner, quote: string): void {
  const { source } = scanner;
  const start = scanner.at + 1;
  let end = start;
  for (; end < source.length && source.charAt(end) !== quote; end++) {
    const character = source.charAt(end);
    if (character === '\n') break;
    // `${a["b"]}` holds quotes of its own.
    if (character === '$' && source.charAt(end + 1) === '{' && quote !== "'") end = endOfValue(source, end);
    else if (character === '\\') end++;
  }
  pushString(scanner, source.slice(start, end), quote !== "'");
  scanner.at = source.charAt(end) === quote ? end + 1 : end;
}

const VALUE_LIMIT = 500;

/** The brace that ends `${`, or where it began. */
function endOfValue(source: string, start: number): number {
  let depth = 0;
  for (let at = start + 1; at < start + VALUE_LIMIT; at++) {
    const character = source.charAt(at);
    if (character === '\n' || character === '') return start;
    if (character === '{') depth++;
    if (character === '}' && --depth === 0) return at;
  }
  return start;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function pushString(scanner: Scanner, raw: string, interpolating: boolean): void {
  const text = raw.replace(/\\([\s\S])/g, (whole, next: string) => {
    if (next === '\n') return '\n';
    return ESCAPES[next] ?? (/[\\'"$/]/.test(next) ? next : whole);
  });
  const interpolated = interpolating && /(?:^|[^\\])\$[{A-Za-z_]/.test(raw);
  scanner.tokens.push({ kind: 'string', text, line: scanner.line, ...(interpolated ? { interpolated } : {}) });
  countLines(scanner, raw);
}

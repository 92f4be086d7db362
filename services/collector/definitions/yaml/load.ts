// YAML text into nodes, whatever the text is: what is broken is told and the rest is used. Anchors are expanded, merge
// keys merged; size, depth and the number of nodes are bounded, so that no alias can make more work than its file.
import {
  Composer,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
} from 'yaml';
import type { Problem } from '../../../core/definition.ts';
import { withinSize } from '../size.ts';
import { EMPTY, type YamlMap, type YamlNode } from './node.ts';

/** GitLab’s `max_yaml_depth` (https://docs.gitlab.com/administration/instance_limits/). */
const DEPTH_LIMIT = 100;
const LEXEME_LIMIT = 500_000;
const NODE_LIMIT = 100_000;
/** Characters of all scalars, those that anchors repeat counted again. */
const TEXT_LIMIT = 2 * 1024 * 1024;
const PROBLEM_LIMIT = 20;
const STRAY_LIMIT = 200;

export interface LoadedYaml {
  /** One root a document; an empty one has none. */
  readonly roots: readonly YamlNode[];
  readonly problems: readonly Problem[];
}

export function loadYaml(whole: string): LoadedYaml {
  const problems: Problem[] = [];
  const text = withinSize(whole, problems);
  const lines = new LineCounter();
  lines.addNewLine(0);
  const roots: YamlNode[] = [];
  for (const document of documents(text, lines, problems)) {
    for (const { message, pos } of document.errors) problems.push({ line: lines.linePos(pos[0]).line, message });
    const root = convert(document, lines, problems);
    if (root) roots.push(root);
  }
  return { roots, problems: problems.slice(0, PROBLEM_LIMIT) };
}

function documents(text: string, lines: LineCounter, problems: Problem[]): readonly Document.Parsed[] {
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false, strict: false });
  const result: Document.Parsed[] = [];
  let lexemes = 0;
  let stray = 0;
  try {
    reading: for (const lexeme of new Lexer().lex(text)) {
      if (++lexemes > LEXEME_LIMIT || stray > STRAY_LIMIT) {
        problems.push({ message: 'too much of it is not YAML, or too fine: the rest is not read' });
        break;
      }
      for (const token of parser.next(lexeme)) {
        if (token.type === 'error') stray++;
        if (stray > STRAY_LIMIT) continue reading;
        for (const document of composer.next(token)) result.push(document);
      }
    }
    for (const token of parser.end()) for (const document of composer.next(token)) result.push(document);
    for (const document of composer.end()) result.push(document);
  } catch {
    // The library promises not to throw; a nesting deeper than the stack makes it.
    problems.push({ message: 'nested too deeply to be read' });
  }
  return result;
}

interface Reading {
  /** The nearest before, as the specification has it; the library would search the whole document for each alias. */
  readonly anchors: Map<string, unknown>;
  readonly lines: LineCounter;
  readonly problems: Problem[];
  nodes: number;
  characters: number;
  full: boolean;
}

function convert(document: Document.Parsed, lines: LineCounter, problems: Problem[]): YamlNode | undefined {
  if (!document.contents) return undefined;
  return nodeOf(document.contents, { anchors: new Map(), lines, problems, nodes: 0, characters: 0, full: false }, 0);
}

function nodeOf(source: unknown, reading: Reading, depth: number): YamlNode {
  if (reading.full) return EMPTY;
  if (isScalar(source)) reading.characters += scalarText(source.value).length;
  if (depth > DEPTH_LIMIT || ++reading.nodes > NODE_LIMIT || reading.characters > TEXT_LIMIT) {
    reading.full = reading.nodes > NODE_LIMIT || reading.characters > TEXT_LIMIT;
    reading.problems.push({
      message: reading.full ? 'anchors make too much of it: the rest is not read' : 'nested too deeply to be read',
    });
    return EMPTY;
  }
  if (isAlias(source)) return nodeOf(reading.anchors.get(source.source), reading, depth + 1);
  if ((isScalar(source) || isCollection(source)) && source.anchor) reading.anchors.set(source.anchor, source);
  if (isScalar(source)) return { kind: 'text', text: scalarText(source.value), line: textLine(source, reading) };
  const line = lineOf(source, reading);
  if (isSeq(source)) {
    const tag = source.tag === undefined || source.tag.startsWith('tag:') ? {} : { tag: source.tag };
    return { kind: 'list', items: source.items.map((item) => nodeOf(item, reading, depth + 1)), line, ...tag };
  }
  return isMap(source) ? mapOf(source, line, reading, depth) : EMPTY;
}

function scalarText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function mapOf(
  source: { items: readonly { key: unknown; value: unknown }[] },
  line: number,
  reading: Reading,
  depth: number,
): YamlMap {
  const own = new Map<string, YamlNode>();
  const merged: YamlNode[] = [];
  for (const { key, value } of source.items) {
    const name = isScalar(key) ? scalarText(key.value) : undefined;
    if (name === undefined) continue;
    const node = nodeOf(value, reading, depth + 1);
    if (name === '<<') merged.push(...(node.kind === 'list' ? node.items : [node]));
    // Nothing beside a key has no place of its own: it stands where the key does.
    else own.set(name, node === EMPTY || value === null ? { ...EMPTY, line: lineOf(key, reading) } : node);
  }
  for (const node of merged) {
    if (node.kind !== 'map') continue;
    for (const [name, value] of node.entries) if (!own.has(name)) own.set(name, value);
  }
  return { kind: 'map', entries: own, line };
}

function lineOf(node: unknown, { lines }: Reading): number {
  const start = isScalar(node) || isCollection(node) ? node.range?.[0] : undefined;
  return start === undefined ? 1 : Math.max(1, lines.linePos(start).line);
}

function textLine(node: Node, reading: Reading): number {
  const block = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
  return lineOf(node, reading) + (block ? 1 : 0);
}

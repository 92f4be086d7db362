// A part of a YAML file, read line by line: a patch shows a few lines, and where they stand in the file is told by their
// indentation alone, if at all.
import type { SourceLine } from '../draft.ts';

/** A `key: value`, an item of a list, or a line of text whose place is not known. */
export interface Entry {
  /** Keys above it, the outermost first, as far as the fragment shows them. */
  readonly path: readonly string[];
  /** It is sure that nothing is missing between the path and the entry. */
  readonly key?: string;
  /** Without quotes and comment. */
  readonly value: string;
  readonly item: boolean;
  readonly line: number;
}

/** A block of text below a key (`run: |`), or lines of one that begins above the fragment (no key). */
export interface Block {
  readonly path: readonly string[];
  readonly key?: string;
  readonly text: string;
  readonly line: number;
}

export interface Fragment {
  readonly entries: readonly Entry[];
  readonly blocks: readonly Block[];
}

interface Open {
  readonly indent: number;
  readonly key: string;
}

interface OpenBlock extends Omit<Block, 'text'> {
  /** Deeper lines belong to it. */
  readonly indent: number;
  readonly lines: string[];
}

const KEY = /^(?:"([^"]{1,200})"|'([^']{1,200})'|([\w$.<][\w$./@<>{}-]{0,200}))[ \t]{0,9}:(?:[ \t]+(.*))?$/;
const BLOCK = /^[|>][-+0-9]{0,2}[ \t]*(?:#.*)?$/;

/** `heading`: the line of the first column that stands above. */
export function readFragment(lines: readonly SourceLine[], heading: string): Fragment {
  const entries: Entry[] = [];
  const blocks: OpenBlock[] = [];
  const [, section] = /^["']?([\w.-]+)["']?:[ \t]*(?:#.*)?$/.exec(heading) ?? [];
  let stack: readonly Open[] = section === undefined ? [] : [{ indent: 0, key: section }];
  let block: OpenBlock | undefined;
  for (const { text, line } of lines) {
    const place = placeOf(text);
    if (block && (place.rest === '' || place.indent > block.indent)) {
      block.lines.push(text);
      continue;
    }
    block = undefined;
    if (place.rest === '' || place.rest.startsWith('#')) continue;
    stack = stack.filter(({ indent }) => (place.item ? indent <= place.indent : indent < place.indent));
    const path = stack.map(({ key }) => key);
    const { key, value } = keyAndValue(place.rest);
    if (key !== undefined && BLOCK.test(value)) block = { path, key, line: line + 1, indent: place.depth, lines: [] };
    // A line of some text; those that are indented like it belong to it.
    else if (key === undefined && !place.item)
      block = { path, line, indent: place.indent === 0 ? text.length : place.indent - 1, lines: [text] };
    else entries.push({ path, ...(key === undefined ? {} : { key }), value: plain(value), item: place.item, line });
    if (block) blocks.push(block);
    if (key !== undefined) stack = [...stack, { indent: place.depth, key }];
  }
  return { entries, blocks: blocks.map(finishBlock) };
}

interface Place {
  readonly indent: number;
  /** Column of what follows the dashes. */
  readonly depth: number;
  readonly item: boolean;
  readonly rest: string;
}

function placeOf(text: string): Place {
  const [dashes = ''] = /^[ \t]*(?:-[ \t]+)*/.exec(text) ?? [];
  const indent = text.length - text.trimStart().length;
  const bare = text.trim() === '-' ? text.trimEnd() : dashes;
  return { indent, depth: bare.length, item: bare.trim() !== '', rest: text.slice(bare.length).trim() };
}

function keyAndValue(rest: string): { readonly key?: string; readonly value: string } {
  const [whole, double, single, bare, value = ''] = KEY.exec(rest) ?? [];
  return whole === undefined ? { value: rest } : { key: double ?? single ?? bare ?? '', value };
}

/** Without the comment behind it, and without quotes. */
function plain(value: string): string {
  const [, double] = /^"((?:[^"\\]|\\.)*)"/.exec(value) ?? [];
  if (double !== undefined) return double.replace(/\\(["\\/])/g, '$1');
  const [, single] = /^'((?:[^']|'')*)'/.exec(value) ?? [];
  if (single !== undefined) return single.replaceAll("''", "'");
  const comment = value.startsWith('#') ? 0 : value.search(/[ \t]#/);
  return (comment < 0 ? value : value.slice(0, comment)).trim();
}

function finishBlock({ path, key, line, lines }: OpenBlock): Block {
  return { path, ...(key === undefined ? {} : { key }), line, text: lines.map((text) => text.trimStart()).join('\n') };
}

/** The items of `[a, b]`; of anything else, itself. Nothing is none. */
export function flowItems(value: string): readonly string[] {
  const [, inner] = /^\[(.*)\]$/s.exec(value) ?? [];
  const items = inner === undefined ? [value] : inner.split(',').map((item) => plain(item.trim()));
  return items.filter((item) => item !== '');
}

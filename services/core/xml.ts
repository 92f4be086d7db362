// XML: elements, attributes, text. Tolerant: what is not closed ends with its parent. Nothing is fetched and no entity is
// expanded but the five of the standard and numbers (https://www.w3.org/TR/xml11/).
import type { Problem } from './definition.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All text right within it. */
  readonly text: string;
  readonly line: number;
  /** Where its text begins. */
  readonly textLine: number;
}

interface OpenElement extends XmlElement {
  readonly attributes: Map<string, string>;
  readonly children: OpenElement[];
  text: string;
  textLine: number;
  /** More than spaces has been seen. */
  says: boolean;
}

const DEPTH_LIMIT = 100;
const ELEMENT_LIMIT = 100_000;
/** One piece at a time: a comment, a character section, an instruction, a tag, or the text up to the next. */
const PIECE = /<!--|<!\[CDATA\[|<[?!]|<\/?[A-Za-z_]|[^<]+|</g;
const ATTRIBUTE = /([\w:.-]{1,100})\s{0,20}=\s{0,20}(?:"([^"]{0,2000})"|'([^']{0,2000})')/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** A root without name, which holds what stands on the first level. */
export function readXml(source: string, problems: Problem[], firstLine = 1): XmlElement {
  const root = element('', new Map(), firstLine);
  const open: OpenElement[] = [root];
  let at = 0;
  let line = firstLine;
  let elements = 0;
  const passTo = (end: number) => {
    for (let next = source.indexOf('\n', at); next >= 0 && next < end; next = source.indexOf('\n', next + 1)) line++;
    at = end;
  };
  while (at < source.length) {
    PIECE.lastIndex = at;
    const piece = PIECE.exec(source)?.[0] ?? '';
    const top = open.at(-1) ?? root;
    const section = SECTIONS.get(piece);
    if (section) {
      const found = source.indexOf(section, at + piece.length);
      const end = found < 0 ? source.length : found;
      if (piece === '<![CDATA[') addText(top, source.slice(at + piece.length, end), line);
      passTo(Math.min(source.length, end + section.length));
    } else if (piece.startsWith('<') && piece.length > 1) {
      const end = endOfTag(source, at);
      const tag = source.slice(at, end);
      if (++elements > ELEMENT_LIMIT) break;
      if (tag.startsWith('</')) close(open, tag.slice(2).replace(/[\s>].*$/s, ''));
      else openTag(open, tag, line, problems);
      passTo(end);
    } else {
      addText(top, decode(piece), line);
      passTo(at + Math.max(1, piece.length));
    }
  }
  return root;
}

const SECTIONS: ReadonlyMap<string, string> = new Map([
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
]);

/** A tag’s `>`, not one within an attribute; what has none ends with its text. */
function endOfTag(source: string, start: number): number {
  let quote = '';
  for (let at = start + 1; at < source.length; at++) {
    const character = source.charAt(at);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
    else if (character === '<') return at;
  }
  return source.length;
}

function element(name: string, attributes: Map<string, string>, line: number): OpenElement {
  return { name, attributes, children: [], text: '', line, textLine: line, says: false };
}

function openTag(open: OpenElement[], tag: string, line: number, problems: Problem[]): void {
  const name = /^<([\w:.-]{1,200})/.exec(tag)?.[1] ?? '';
  const attributes = new Map(
    [...tag.matchAll(ATTRIBUTE)].map(([, key = '', double, single]) => [key, decode(double ?? single ?? '')]),
  );
  const child = element(name, attributes, line);
  open.at(-1)?.children.push(child);
  if (/\/>$/.test(tag)) return;
  if (open.length < DEPTH_LIMIT) open.push(child);
  else if (!problems.some(({ message }) => message === TOO_DEEP)) problems.push({ line, message: TOO_DEEP });
}

const TOO_DEEP = 'nested too deeply to be read';

/** Ends the nearest element of that name with all within it; of no such element, nothing. */
function close(open: OpenElement[], name: string): void {
  const index = open.findLastIndex((each) => each.name === name);
  if (index > 0) open.length = index;
}

function addText(into: OpenElement, text: string, line: number): void {
  const says = text.trim() !== '';
  if (!into.says && says) {
    into.text = text;
    into.textLine = line;
    into.says = true;
  } else if (into.says) into.text += text;
}

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
      if (code !== undefined) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
      return ENTITIES[name ?? ''] ?? whole;
    },
  );
}

/** Every element below, itself first, in order. */
export function allElements(root: XmlElement): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const waiting: XmlElement[] = [root];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next);
    waiting.push(...[...next.children].reverse());
  }
  return found;
}

/** The text of a child. */
export function childText(parent: XmlElement, name: string): string | undefined {
  const text = parent.children.find((child) => child.name === name)?.text.trim();
  return text === '' ? undefined : text;
}

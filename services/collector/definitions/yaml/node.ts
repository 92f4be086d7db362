// YAML as the readers of definitions see it: texts, lists and maps with their lines. Every scalar is its text, since
// `3.10`, `on` and `0755` are names here; nothing is the empty text.

export interface YamlText {
  readonly kind: 'text';
  readonly text: string;
  /** Where the text itself begins: of a block scalar the line after its header. */
  readonly line: number;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly line: number;
  /** GitLab's `!reference`. */
  readonly tag?: string;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, YamlNode>;
  readonly line: number;
}

export type YamlNode = YamlText | YamlList | YamlMap;

export const NO_ENTRIES: ReadonlyMap<string, YamlNode> = new Map();

/** The node at a path of keys. */
export function at(node: YamlNode | undefined, ...path: readonly string[]): YamlNode | undefined {
  let inner = node;
  for (const key of path) inner = inner?.kind === 'map' ? inner.entries.get(key) : undefined;
  return inner;
}

/** Text that says something. */
export function text(node: YamlNode | undefined, ...path: readonly string[]): string | undefined {
  const found = at(node, ...path);
  return found?.kind === 'text' && found.text !== '' ? found.text : undefined;
}

/** The entries of a map; none where there is no map. */
export function entries(node: YamlNode | undefined, ...path: readonly string[]): ReadonlyMap<string, YamlNode> {
  const found = at(node, ...path);
  return found?.kind === 'map' ? found.entries : NO_ENTRIES;
}

/** The items of a list; a single value is a list of one, nothing is none. */
export function items(node: YamlNode | undefined, ...path: readonly string[]): readonly YamlNode[] {
  const found = at(node, ...path);
  if (found === undefined || (found.kind === 'text' && found.text === '')) return [];
  return found.kind === 'list' ? found.items : [found];
}

/** The texts among the items, lists within lists too. */
export function texts(node: YamlNode | undefined, ...path: readonly string[]): readonly YamlText[] {
  const found = at(node, ...path);
  return found === undefined ? [] : allTexts(found, true);
}

/** Every text below a node, in order; `listsOnly`: not those within maps. */
export function allTexts(node: YamlNode, listsOnly = false): readonly YamlText[] {
  const found: YamlText[] = [];
  const waiting: YamlNode[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.kind === 'text') {
      if (next.text !== '') found.push(next);
    } else if (next.kind === 'list') {
      for (let index = next.items.length - 1; index >= 0; index--) waiting.push(next.items[index] ?? EMPTY);
    } else if (!listsOnly) {
      for (const value of [...next.entries.values()].reverse()) waiting.push(value);
    }
  }
  return found;
}

export const EMPTY: YamlText = { kind: 'text', text: '', line: 1 };

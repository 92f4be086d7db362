// The prefilter: finds any of many keywords in one pass, each character looked at once, whatever their number.
// Aho and Corasick, "Efficient string matching: an aid to bibliographic search", CACM 18(6), 1975, as a full automaton.

import { ESCAPE_CODE, endOfSequence } from './view.ts';

export interface KeywordIndex {
  /** Position of the last character of the first keyword at or after `from`; -1 when there is none. */
  next(text: string, from: number): number;
  /** Owners of all keywords in the text, ascending. */
  owners(text: string): readonly number[];
}

interface Node {
  readonly children: Map<number, Node>;
  readonly owners: Set<number>;
  failure: Node | undefined;
  state: number;
}

const ASCII = 128;
const OTHER_CLASS = 0;
const ESCAPE_CLASS = 1;

/**
 * `keywords[owner]`: the owner's keywords, lower-case ASCII. Upper case in a text is taken as lower case, and ANSI
 * sequences are passed over: a keyword with a change of colour in it is still found.
 */
export function createKeywordIndex(keywords: readonly (readonly string[])[]): KeywordIndex {
  const { classes, width } = characterClasses(keywords.flat());
  const nodes = linkFailures(buildTrie(keywords, classes));
  // Accepting states come last, so that the hot loop needs one comparison to know one.
  const states = [...nodes.filter((node) => node.owners.size === 0), ...nodes.filter((node) => node.owners.size > 0)];
  for (const [index, node] of states.entries()) node.state = index * width;
  const accepting = nodes.filter((node) => node.owners.size === 0).length * width;
  const table = new Uint32Array(states.length * width);
  for (const node of nodes) {
    for (let symbol = 0; symbol < width; symbol++) {
      // A node's failure is nearer to the root, so breadth-first order has already filled its row.
      const inherited = node.failure ? (table[node.failure.state + symbol] ?? 0) : 0;
      table[node.state + symbol] = node.children.get(symbol)?.state ?? inherited;
    }
  }

  // Not a state but greater than all: an escape character, after which the state stays what it was.
  const leave = table.length;
  for (let state = 0; state < table.length; state += width) table[state + ESCAPE_CLASS] = leave;

  // Two loops instead of one with a callback: this is where all the time goes.
  return {
    next(text, from) {
      let state = 0;
      for (let index = from; index < text.length; index++) {
        const code = text.charCodeAt(index);
        const next = table[state + (code < ASCII ? (classes[code] ?? 0) : 0)] ?? 0;
        if (next < accepting) state = next;
        else if (next < leave) return index;
        else index = Math.max(index, endOfSequence(text, index) - 1);
      }
      return -1;
    },
    owners(text) {
      const found = new Set<number>();
      let state = 0;
      for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index);
        const next = table[state + (code < ASCII ? (classes[code] ?? 0) : 0)] ?? 0;
        if (next === leave) {
          index = Math.max(index, endOfSequence(text, index) - 1);
          continue;
        }
        state = next;
        if (state >= accepting) for (const owner of states[state / width]?.owners ?? []) found.add(owner);
      }
      return [...found].sort((a, b) => a - b);
    },
  };
}

/** Characters that no keyword uses share a class, so the table stays small enough for the processor's cache. */
function characterClasses(keywords: readonly string[]): { classes: Uint8Array; width: number } {
  const classes = new Uint8Array(ASCII).fill(OTHER_CLASS);
  classes[ESCAPE_CODE] = ESCAPE_CLASS;
  let width = 2;
  for (const character of new Set(keywords.join(''))) {
    classes[character.charCodeAt(0)] = width;
    classes[character.toUpperCase().charCodeAt(0)] = width;
    width++;
  }
  return { classes, width };
}

function buildTrie(keywords: readonly (readonly string[])[], classes: Uint8Array): Node {
  const root = newNode();
  for (const [owner, words] of keywords.entries()) {
    for (const word of words) {
      let node = root;
      for (let index = 0; index < word.length; index++) {
        const symbol = classes[word.charCodeAt(index)] ?? 0;
        const child = node.children.get(symbol) ?? newNode();
        node.children.set(symbol, child);
        node = child;
      }
      node.owners.add(owner);
    }
  }
  return root;
}

/** Sets failure links and passes owners along them; gives the nodes breadth first. */
function linkFailures(root: Node): readonly Node[] {
  const nodes = [root];
  for (const node of nodes) {
    for (const [symbol, child] of node.children) {
      let failure = node.failure;
      while (failure && !failure.children.has(symbol)) failure = failure.failure;
      child.failure = failure?.children.get(symbol) ?? root;
      for (const owner of child.failure.owners) child.owners.add(owner);
      nodes.push(child);
    }
  }
  return nodes;
}

function newNode(): Node {
  return { children: new Map(), owners: new Set(), failure: undefined, state: 0 };
}

// The prefilter: finds any of many keywords in one pass, each byte looked at once, whatever their number.
// Aho and Corasick, "Efficient string matching: an aid to bibliographic search", CACM 18(6), 1975, as a full automaton.
import type { Run } from '../pattern.ts';
import { ESCAPE, endOfSequence, RETURN } from './view.ts';

export interface Sign {
  /** Lower-case ASCII; upper case in a text is taken as lower case. */
  readonly text: string;
  /** Only where so many characters of an alphabet follow. */
  readonly follows?: Run | undefined;
  /** Only where so many stand before it. */
  readonly preceded?: Run | undefined;
}

export interface Keyword extends Sign {
  readonly owner: number;
}

export interface KeywordIndex {
  /**
   * Position of the last byte of the first keyword that ends at or after `from`; -1: there is none. Control sequences
   * and carriage returns are passed over: a keyword with a change of colour in it is still found.
   */
  next(bytes: Uint8Array, from: number, to: number): number;
  /** Every keyword as it stands, in the order of their ends: where it begins, whose it is, how long it is. */
  all(bytes: Uint8Array, from: number, to: number, into: (start: number, owner: number, length: number) => void): void;
}

/** What a control sequence is recognized by from either side: escape, return, `[`, `(`, `;`. */
const CONTROLS: ReadonlySet<number> = new Set([ESCAPE, RETURN, 0x5b, 0x28, 0x3b]);

interface Owner {
  readonly owner: number;
  readonly length: number;
  /** What stands behind the keyword (`step` 1) or before it (-1). */
  readonly run: { readonly set: Uint8Array; readonly least: number; readonly step: 1 | -1 } | undefined;
}

/** Nodes are numbers, the root 0: as objects, tens of thousands of them would cost more memory than all that is kept. */
interface Trie {
  readonly size: number;
  /** The first child of a node, and the next one of the same parent; 0: none. */
  readonly child: Int32Array;
  readonly sibling: Int32Array;
  /** Class of the byte that leads to a node. */
  readonly symbol: Uint8Array;
  readonly owners: Map<number, readonly Owner[]>;
}

const OTHER_CLASS = 0;
const ESCAPE_CLASS = 1;
const RETURN_CLASS = 2;

export function createKeywordIndex(keywords: readonly Keyword[]): KeywordIndex {
  const { classes, width } = byteClasses(keywords);
  const trie = buildTrie(keywords, classes);
  const { order, failure } = linkFailures(trie);
  // Accepting states come last, so that the hot loop needs one comparison to know one.
  const states = [...order.filter((node) => !trie.owners.has(node)), ...order.filter((node) => trie.owners.has(node))];
  const stateOf = new Int32Array(trie.size);
  for (const [index, node] of states.entries()) stateOf[node] = index * width;
  const accepting = (states.length - trie.owners.size) * width;
  const table = new Int32Array(states.length * width);
  for (const node of order) {
    const state = stateOf[node] ?? 0;
    // A node's failure is nearer to the root, so breadth-first order has already filled its row.
    const inherited = stateOf[failure[node] ?? 0] ?? 0;
    if (node > 0) table.copyWithin(state, inherited, inherited + width);
    for (const child of childrenOf(trie, node)) table[state + (trie.symbol[child] ?? 0)] = stateOf[child] ?? 0;
  }

  // Not a state but greater than all: an escape character, after which the state stays what it was.
  const leave = table.length;
  for (let state = 0; state < table.length; state += width) {
    table[state + ESCAPE_CLASS] = leave;
    table[state + RETURN_CLASS] = state < accepting ? state : (stateOf[0] ?? 0);
  }

  // For a text as it stands, controls are bytes like any other.
  const plain = classes.slice();
  plain[ESCAPE] = OTHER_CLASS;
  plain[RETURN] = OTHER_CLASS;

  const outputs = states.slice(accepting / width).map((node) => trie.owners.get(node) ?? []);
  const automaton = { table, classes, accepting, leave, width, outputs };
  return {
    next: (bytes, from, to) => firstAccepting(automaton, bytes, from, to),
    all(bytes, from, to, into) {
      let state = 0;
      for (let at = from; at < to; ) {
        const { end, last } = runUntilAccepting(table, plain, accepting, state, bytes, at, to);
        if (end < 0) return;
        for (const output of outputs[(last - accepting) / width] ?? []) {
          if (hasRun(output, bytes, end, to)) into(end + 1 - output.length, output.owner, output.length);
        }
        state = last;
        at = end + 1;
      }
    },
  };
}

interface Automaton {
  /** By state plus class of the byte. */
  readonly table: Int32Array;
  readonly classes: Uint8Array;
  /** States from here on accept. */
  readonly accepting: number;
  /** Not a state: an escape character was met. */
  readonly leave: number;
  /** How far states lie apart. */
  readonly width: number;
  /** Of the accepting states, in their order. */
  readonly outputs: readonly (readonly Owner[])[];
}

/** The loop in which a third of all time is spent: apart from the rest, and without anything that it does not need. */
function firstAccepting(automaton: Automaton, bytes: Uint8Array, from: number, to: number): number {
  const { table, classes, accepting, leave } = automaton;
  let state = 0;
  for (let index = from; index < to; index++) {
    const next = table[state + (classes[bytes[index] ?? 0] ?? 0)] ?? 0;
    if (next < accepting) state = next;
    else if (next < leave) {
      if (admits(automaton, next, bytes, index, to)) return index;
      state = next;
    } else index = Math.max(index, endOfSequence(bytes, index, to) - 1);
  }
  return -1;
}

function admits(automaton: Automaton, state: number, bytes: Uint8Array, last: number, to: number): boolean {
  const { accepting, width, outputs } = automaton;
  for (const output of outputs[(state - accepting) / width] ?? []) if (hasRun(output, bytes, last, to)) return true;
  return false;
}

/**
 * Whether what must stand beside a keyword does; `last`: its last byte. Where the text ends, or a control sequence may
 * be in it, that is not known yet: true.
 */
function hasRun({ run, length }: Owner, bytes: Uint8Array, last: number, to: number): boolean {
  if (!run) return true;
  const { set, least, step } = run;
  const first = step > 0 ? last + 1 : last - length;
  for (let index = first, left = least; left > 0 && index >= 0 && index < to; index += step, left--) {
    const byte = bytes[index] ?? 0;
    if (set[byte] === 0) return CONTROLS.has(byte);
  }
  return true;
}

/** Where the next keyword ends, as the text stands, and the state there; -1: nowhere. */
function runUntilAccepting(
  table: Int32Array,
  classes: Uint8Array,
  accepting: number,
  from: number,
  bytes: Uint8Array,
  start: number,
  to: number,
): { readonly end: number; readonly last: number } {
  let state = from;
  for (let index = start; index < to; index++) {
    state = table[state + (classes[bytes[index] ?? 0] ?? 0)] ?? 0;
    if (state >= accepting) return { end: index, last: state };
  }
  return NOWHERE;
}

const NOWHERE = { end: -1, last: 0 } as const;

/** Bytes that no keyword uses share a class, so the table stays small enough for the processor's cache. */
function byteClasses(keywords: readonly Keyword[]): { classes: Uint8Array; width: number } {
  const classes = new Uint8Array(256).fill(OTHER_CLASS);
  classes[ESCAPE] = ESCAPE_CLASS;
  classes[RETURN] = RETURN_CLASS;
  let width = 3;
  for (const character of new Set(keywords.map(({ text }) => text).join(''))) {
    classes[character.charCodeAt(0)] = width;
    classes[character.toUpperCase().charCodeAt(0)] = width;
    width++;
  }
  return { classes, width };
}

function buildTrie(keywords: readonly Keyword[], classes: Uint8Array): Trie {
  const most = keywords.reduce((size, { text }) => size + text.length, 1);
  const child = new Int32Array(most);
  const sibling = new Int32Array(most);
  const symbols = new Uint8Array(most);
  const owners = new Map<number, Owner[]>();
  const sets = new Map<string, Uint8Array>();
  let size = 1;
  for (const { text, owner, follows, preceded } of keywords) {
    let node = 0;
    for (let index = 0; index < text.length; index++) {
      const symbol = classes[text.charCodeAt(index)] ?? 0;
      let next = child[node] ?? 0;
      while (next > 0 && symbols[next] !== symbol) next = sibling[next] ?? 0;
      if (next === 0) {
        next = size++;
        symbols[next] = symbol;
        sibling[next] = child[node] ?? 0;
        child[node] = next;
      }
      node = next;
    }
    const beside = follows ?? preceded;
    const step = follows ? 1 : -1;
    const run = beside && ({ set: setOf(beside.alphabet, sets), least: beside.least, step } as const);
    const own = owners.get(node) ?? [];
    owners.set(node, own);
    if (own.some((other) => other.owner === owner && isSame(other.run, run))) continue;
    own.push({ owner, length: text.length, run });
  }
  return { size, child, sibling, symbol: symbols, owners };
}

function* childrenOf({ child, sibling }: Trie, node: number): Generator<number> {
  for (let next = child[node] ?? 0; next > 0; next = sibling[next] ?? 0) yield next;
}

function isSame(one: Owner['run'], other: Owner['run']): boolean {
  return one?.set === other?.set && one?.least === other?.least && one?.step === other?.step;
}

/** 1 for every byte of an alphabet; many keywords share one. */
function setOf(alphabet: string, sets: Map<string, Uint8Array>): Uint8Array {
  const set = sets.get(alphabet) ?? new Uint8Array(256);
  for (let index = 0; index < alphabet.length; index++) set[alphabet.charCodeAt(index)] = 1;
  sets.set(alphabet, set);
  return set;
}

/** The nodes breadth first, and where to go on from each when its child is not there; owners are passed along. */
function linkFailures(trie: Trie): { readonly order: readonly number[]; readonly failure: Int32Array } {
  const { symbol, owners } = trie;
  const order = [0];
  const failure = new Int32Array(trie.size);
  for (const node of order) {
    for (const child of childrenOf(trie, node)) {
      order.push(child);
      if (node === 0) continue;
      let from = failure[node] ?? 0;
      let to = childBy(trie, from, symbol[child] ?? 0);
      while (to === 0 && from > 0) {
        from = failure[from] ?? 0;
        to = childBy(trie, from, symbol[child] ?? 0);
      }
      failure[child] = to;
      const inherited = owners.get(to);
      if (inherited) owners.set(child, [...(owners.get(child) ?? []), ...inherited]);
    }
  }
  return { order, failure };
}

/** 0: there is none. */
function childBy({ child, sibling, symbol }: Trie, node: number, wanted: number): number {
  let next = child[node] ?? 0;
  while (next > 0 && symbol[next] !== wanted) next = sibling[next] ?? 0;
  return next;
}

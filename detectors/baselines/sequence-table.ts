// What baseline "sequence" keeps: how often a label came after two others, as numbers in sorted lists.
import { DAY, type Instant } from '../../services/core/time.ts';
import { fading } from './fading.ts';
import { isAmount, isCount, isListOf } from './kept.ts';
import { placeOf } from './sorted.ts';

export const FADING = fading(90 * DAY);
/** Labels of a state; a transition's code is three of their numbers, seven bits each. */
export const LABELS = 128;
const BITS = 7;
const TRANSITIONS = 512;
/** What stays when there is no room for more. */
const ROOM = 7 / 8;
export const LONGEST_LABEL = 100;
/** Weights are kept in thousandths of an observation. */
const UNITS = 1_000;

type Table = {
  /** Sorted; '' stands where nothing came before. */
  readonly labels: readonly string[];
  /** Sorted: first by what came just before, then by what came before that, then by what came. */
  readonly codes: readonly number[];
  readonly weights: readonly number[];
};

/** Weights are of the epoch. */
export type SequenceState = Table & { readonly epoch: number; readonly since: Instant };

/** `just` before the next one, and `farther` before that. */
export interface Transition {
  readonly just: string;
  readonly farther: string;
  readonly next: string;
}

type Weighed = readonly [Transition, number];

export function codeOf(just: number, farther: number, next: number): number {
  return (((just << BITS) | farther) << BITS) | next;
}

export function justIn(code: number): number {
  return code >> (2 * BITS);
}

export function fartherIn(code: number): number {
  return (code >> BITS) & (LABELS - 1);
}

export function nextIn(code: number): number {
  return code & (LABELS - 1);
}

/** The number of a label, or −1. */
export function numberOf(labels: readonly string[], label: string): number {
  const place = placeOf(labels, label);
  return labels[place] === label ? place : -1;
}

/** With a transition that weighs so much more. */
export function withTransition(table: Table, { just, farther, next }: Transition, weight: number): Table {
  let { labels, codes } = table;
  for (const label of [just, farther, next]) {
    const place = placeOf(labels, label);
    if (labels[place] === label) continue;
    codes = codes.map((code) =>
      codeOf(moved(justIn(code), place), moved(fartherIn(code), place), moved(nextIn(code), place)),
    );
    labels = labels.toSpliced(place, 0, label);
    if (labels.length > LABELS) return tableOf([...weighedIn(table), [{ just, farther, next }, weight]]);
  }
  const code = codeOf(placeOf(labels, just), placeOf(labels, farther), placeOf(labels, next));
  const place = placeOf(codes, code);
  const { weights } = table;
  if (codes[place] === code)
    return { labels, codes, weights: weights.with(place, rounded((weights[place] ?? 0) + weight)) };
  if (codes.length === TRANSITIONS) return tableOf([...weighedIn(table), [{ just, farther, next }, weight]]);
  return { labels, codes: codes.toSpliced(place, 0, code), weights: weights.toSpliced(place, 0, rounded(weight)) };
}

/** A label's number when another was put in at a place. */
function moved(number: number, place: number): number {
  return number < place ? number : number + 1;
}

/** Both; their weights are of the same epoch. */
export function united(a: Table, b: Table): Table {
  if (a.codes.length === 0) return b;
  if (b.codes.length === 0) return a;
  const sums = new Map<string, Weighed>();
  for (const [transition, weight] of [...weighedIn(a), ...weighedIn(b)]) {
    const key = JSON.stringify([transition.just, transition.farther, transition.next]);
    sums.set(key, [transition, (sums.get(key)?.[1] ?? 0) + weight]);
  }
  return tableOf([...sums.values()]);
}

/** With weights of a later epoch; what then weighs nothing is gone. */
export function carried(state: SequenceState, epoch: number): SequenceState {
  if (epoch <= state.epoch) return state;
  const factor = FADING.carry(state.epoch, epoch);
  const weighed = weighedIn(state).map(([transition, weight]): Weighed => [transition, weight * factor]);
  return { ...tableOf(weighed), epoch, since: state.since };
}

export function partsOf({ epoch, since, labels, codes, weights }: SequenceState) {
  const steps = codes.map((code, index) => code - (codes[index - 1] ?? -1));
  return [epoch, since, labels, steps, weights.map((weight) => Math.round(weight * UNITS))];
}

/** Undefined for what was not written here. */
export function stateOf(parts: unknown[]): SequenceState | undefined {
  if (parts.length !== 5) return undefined;
  const [epoch, since, labels, steps, units] = parts;
  if (!isCount(epoch) || !isAmount(since) || !isListOf(labels, isLabel, LABELS)) return undefined;
  if (!isListOf(steps, isCount, TRANSITIONS) || !isListOf(units, isCount, TRANSITIONS)) return undefined;
  if (steps.length !== units.length || units.includes(0) || steps.includes(0)) return undefined;
  let code = -1;
  const codes: number[] = [];
  for (const step of steps) {
    code += step;
    codes.push(code);
  }
  if (code >= codeOf(LABELS, 0, 0)) return undefined;
  const used = new Set(codes.flatMap((each) => [justIn(each), fartherIn(each), nextIn(each)]));
  if (used.size !== labels.length || labels.some((_, number) => !used.has(number))) return undefined;
  if (labels.some((label, number) => number > 0 && label <= (labels[number - 1] ?? ''))) return undefined;
  return { labels, codes, weights: units.map((unit) => unit / UNITS), epoch, since };
}

function weighedIn({ labels, codes, weights }: Table): Weighed[] {
  return codes.map((code, index) => {
    const [just = '', farther = '', next = ''] = [justIn(code), fartherIn(code), nextIn(code)].map(
      (each) => labels[each],
    );
    return [{ just, farther, next }, weights[index] ?? 0] as const;
  });
}

/** Where there are too many, the lightest transitions give way, and those with the lightest labels; an eighth at once. */
function tableOf(all: readonly Weighed[]): Table {
  const byWeight = all
    .map(([transition, weight]): Weighed => [transition, rounded(weight)])
    .filter(([, weight]) => weight > 0);
  if (byWeight.length > TRANSITIONS) byWeight.sort(heavierFirst).length = ROOM * TRANSITIONS;
  const fitting = withFewLabels(byWeight);
  const labels = [...new Set(fitting.flatMap(([transition]) => labelsOf(transition)))].sort();
  const coded = fitting.map(([transition, weight]) => {
    const [just = 0, farther = 0, next = 0] = labelsOf(transition).map((label) => numberOf(labels, label));
    return { code: codeOf(just, farther, next), weight };
  });
  coded.sort((a, b) => a.code - b.code);
  return { labels, codes: coded.map(({ code }) => code), weights: coded.map(({ weight }) => weight) };
}

function withFewLabels(all: readonly Weighed[]): readonly Weighed[] {
  const weights = new Map<string, number>();
  for (const [transition, weight] of all) {
    for (const label of new Set(labelsOf(transition))) weights.set(label, (weights.get(label) ?? 0) + weight);
  }
  if (weights.size <= LABELS) return all;
  const ranked = [...weights].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const kept = new Set(ranked.slice(0, ROOM * LABELS).map(([label]) => label));
  return all.filter(([transition]) => labelsOf(transition).every((label) => kept.has(label)));
}

function heavierFirst([a, weightA]: Weighed, [b, weightB]: Weighed): number {
  return weightB - weightA || (labelsOf(a).join('\n') < labelsOf(b).join('\n') ? -1 : 1);
}

function labelsOf({ just, farther, next }: Transition): readonly string[] {
  return [just, farther, next];
}

function isLabel(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_LABEL;
}

function rounded(weight: number): number {
  return Math.round(weight * UNITS) / UNITS;
}

// Baseline "context": baseline "first seen" for the dimensions of a credential's use, read together.
//
// What is new in several dimensions at once is what a thief looks like: the probability is the product of what each new
// dimension has (Good–Turing, see first-seen.ts), as for independent ones. Not independent are network and country: of a
// new network's country only "another one than ever" counts, as a coin's toss.
// What was met for the first time within half a day still counts as new: a thief's first call must not make the second usual,
// whatever order they come in.
// Size: that of "first seen" (at most 9 dimensions), and 24 values of the last half day.
import type { Baseline } from '../../services/core/baseline.ts';
import { DAY, HOUR, type Instant } from '../../services/core/time.ts';
import { type FirstSeenDetail, type FirstSeenState, firstSeen, forget, neverSeen } from '../baselines/first-seen.ts';
import { find } from '../baselines/first-seen-sets.ts';
import { isAmount, unwritten, written } from '../baselines/kept.ts';
import type { Use } from './use.ts';

const TAG = 'context/1';
const YOUNG = 24;
const SETTLED = DAY / 2;
/** A new network is in another country about as often as not, as far as anybody knows. */
const ABROAD = 1 / 2;

/** A value that was met for the first time of late. */
type Young = readonly [dimension: string, value: string, first: Instant];

export type ContextState = {
  readonly seen: FirstSeenState;
  readonly young: readonly Young[];
};

export interface ContextDetail extends FirstSeenDetail {
  /** Dimensions that are new in this use, with how probable that was. */
  readonly fresh: Readonly<Record<string, number>>;
  /** When a value of a dimension was met last, in this or another hour. */
  lastOf(dimension: string, value: string): Instant | undefined;
}

export const context: Baseline<Use, ContextState, ContextDetail> = {
  id: 'context',

  empty: () => ({ seen: firstSeen.empty(), young: [] }),

  observe(state, use, at) {
    return { seen: firstSeen.observe(state.seen, use.values, at), young: youngAfter(state, use, at) };
  },

  probability(state, use, at, peers) {
    const reading = firstSeen.probability(
      settled(state, use, at),
      use.values,
      at,
      peers.map(({ seen }) => seen),
    );
    const fresh: Record<string, number> = {};
    for (const { dimension, probability } of neverSeen(reading.detail)) fresh[dimension] = Math.min(probability, 1);
    return {
      ...reading,
      probability: Math.max(together(fresh), Number.MIN_VALUE),
      detail: {
        sightings: reading.detail.sightings,
        get known() {
          return reading.detail.known;
        },
        fresh,
        lastOf(dimension, value) {
          const found = find(state.seen.dimensions[dimension]?.values ?? [], value);
          return found && (found[2] + 1) * HOUR;
        },
      },
    };
  },

  merge: (a, b) => ({
    seen: firstSeen.merge(a.seen, b.seen),
    young: oldest([...a.young, ...b.young]),
  }),

  decay: (state, at) => ({ ...state, seen: firstSeen.decay(state.seen, at) }),

  serialize: ({ seen, young }) => written(TAG, [firstSeen.serialize(seen), young.map((each) => [...each])]),

  parse(text) {
    const parts = unwritten(TAG, text);
    if (!Array.isArray(parts) || parts.length !== 2) return undefined;
    const [first, young]: unknown[] = parts;
    const seen = typeof first === 'string' ? firstSeen.parse(first) : undefined;
    if (!seen || !Array.isArray(young) || young.length > YOUNG || !young.every(isYoung)) return undefined;
    return { seen, young };
  },
};

/** Of new dimensions, each counted once: a network's country, a program's version and a purpose's method come with them. */
function together(fresh: Readonly<Record<string, number>>): number {
  const { network, country, client, version = 1, family, method = 1, ...others } = fresh;
  const place = network === undefined ? 1 : network * (country === undefined ? 1 : ABROAD);
  const tool = client ?? version;
  const purpose = family ?? method;
  return Object.values(others).reduce((product, each) => product * each, place * tool * purpose);
}

/** Without what was met for the first time within the last half day. */
function settled({ seen, young }: ContextState, { values }: Use, at: Instant): FirstSeenState {
  let state = seen;
  for (const [dimension, value, first] of young) {
    if (Math.abs(at - first) < SETTLED && values[dimension]?.includes(value)) state = forget(state, dimension, value);
  }
  return state;
}

function youngAfter({ seen, young }: ContextState, { values }: Use, at: Instant): readonly Young[] {
  const old = young.filter(([, , first]) => at - first < SETTLED);
  const fresh = Object.entries(values).flatMap(([dimension, each]) =>
    each
      .filter((value) => !find(seen.dimensions[dimension]?.values ?? [], value))
      .map((value) => [dimension, value, at] as const),
  );
  return fresh.length === 0 && old.length === young.length ? young : oldest([...old, ...fresh]);
}

/** Of each value the first meeting; those of late. */
function oldest(values: readonly Young[]): readonly Young[] {
  const first = new Map<string, Young>();
  for (const young of values) {
    const [dimension, value, at] = young;
    const name = JSON.stringify([dimension, value]);
    if (at <= (first.get(name)?.[2] ?? at)) first.set(name, young);
  }
  return [...first.values()]
    .sort((a, b) => a[2] - b[2] || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    .slice(-YOUNG);
}

function isYoung(value: unknown): value is Young {
  if (!Array.isArray(value) || value.length !== 3 || !isAmount(value[2])) return false;
  return value.slice(0, 2).every((each: unknown) => typeof each === 'string');
}

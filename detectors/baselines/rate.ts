// Baseline "rate": how much happens in a window of time, bursts and silences.
//
// The count of a window is negative binomial. Its mean is gamma–Poisson with explicit pseudo-windows (Gelman et al.,
// Bayesian Data Analysis, 3rd ed., §2.6): over all windows (sum + 2 · prior) / (windows + 2), and from that for the window's
// hour of the day (UTC, the hours beside it counting half, working days and weekends apart) with 4 pseudo-windows. How much
// counts scatter beyond Poisson is their second factorial moment (Anscombe 1950, Biometrika 37): 1 + 1/shape =
// Σ c(c−1) / Σ mean², a geometric's (2) at first, with 10 pseudo-windows; what is uncertain of the mean is added.
// A burst is P(at least this many | at least one): one looks only when something happens. No model is trusted further
// than its windows bear: it is mixed with a heavy tail, 1 / (1 + (count − 1) / usual), that weighs one active window.
// A silence is the probability of nothing in all whole windows since the last with something, or of at most so few in the
// window before this one. There is no clock: who wants to know while nothing comes asks with `{ count: 0 }`, say at what
// the entity's peers do; that teaches nothing.
// Peers lend level, scatter, hours, and their own tail, which weighs four windows. Theirs are
// counts of one member in a window, where observations say whose they are.
// Windows that are over stay open for a quarter of an hour at least, so order within minutes does not matter; then they go
// into sums that fade with a half-life of 90 days, no single one with more than three times the most before it, and three.
// Merged, closed windows of two states count as different ones. Windows without anything are not kept: they are counted
// from the time that has passed. Size: 48 sums of hours and at most 32 open windows of 64 hashes, 24 KB; 500 bytes are usual.
import type { Baseline } from '../../services/core/baseline.ts';
import type { Instant } from '../../services/core/time.ts';
import { atLeast, logNone } from './count-model.ts';
import { earlier } from './fading.ts';
import { unwritten, written } from './kept.ts';
import { average, blur, CELLS, cellAt, windowsByCell, windowsByHour } from './rate-season.ts';
import { type Silence, silenceBefore } from './rate-silence.ts';
import { carried, closed, FADING, HALF_LIFE, merged, type RateState, settled, stateOf } from './rate-state.ts';
import { type Counted, countedIn, hashOf, inOrder, sizeOf, windowOf } from './rate-windows.ts';

const LIFETIME = HALF_LIFE / Math.LN2;
const MEAN_WINDOWS = 2;
const HOUR_WINDOWS = 4;
const SCATTER_WINDOWS = 10;
const PEER_WINDOWS = 4;
const LEAST_SCATTER = 0.1;
/** Windows that count for less in all are no history. */
const FORGOTTEN = 1e-3;

export interface RateDetail {
  /** In this window, with this observation. */
  readonly count: number;
  /** Mean of such a window. */
  readonly expected: number;
  /** The most in a window before this one, and when that was. */
  readonly most: { readonly count: number; readonly at: Instant } | undefined;
  readonly burst: number;
  readonly silence: Silence;
}

/** What is usual in a window for a state with its peers. */
interface Usual {
  /** Mean of a window, by its hour of the day. */
  readonly means: readonly number[];
  /** Mean of a window with anything in it. */
  readonly busy: number;
  /** 1/shape among windows with anything in them. */
  readonly scatter: number;
  /** Of what stands in the way of the heavy tail. */
  readonly weight: number;
  tail(count: number, busy: number): number;
}

interface Known extends Usual {
  readonly active: number;
  /** How many windows stand behind the mean of an hour, on average. */
  readonly behind: number;
  /** 1/shape among all windows. */
  readonly own: number;
}

/** Where nothing is known, nothing is rare: `busy` is then infinite. */
const UNKNOWN: Usual = {
  means: [],
  busy: 1,
  scatter: 1,
  weight: 1,
  tail: (count, busy) => 1 / (1 + Math.max(count - 1, 0) / busy),
};

/** @param window length in ms; it divides the day, or is a whole number of days. */
export function rate({ window }: { readonly window: number }): Baseline<Counted, RateState, RateDetail> {
  const tag = `rate/1/${window}`;
  const indexOf = (at: Instant) => Math.floor(at / window);
  const cellOf = (index: number) => cellAt(index * window);
  const byHour = windowsByHour(window);
  const hours = byHour.filter((count) => count > 0).length;

  /** What a state knows at the beginning of a window, where another lends. */
  function usualOf(state: RateState, index: number, at: Instant, prior: Usual): Known {
    const { active, pairs, cells, since, epoch } = closed(state, index, window);
    const factor = FADING.factor(epoch, at);
    const weight = factor * active > FORGOTTEN ? factor * active : 0;
    const begun = since > 0 ? Math.min(indexOf(since), index) : index;
    const age = (index - begun) * window;
    const windows = (LIFETIME * -Math.expm1(-age / LIFETIME)) / window;
    windowsByCell(byHour, begun * window, index * window, HOURS);
    blur(HOURS, NEAR_HOURS);
    blur(cells, NEAR);
    let total = 0;
    for (const each of cells) total += each;
    const sum = factor * total;
    const mean = (sum + MEAN_WINDOWS * prior.busy) / (windows + MEAN_WINDOWS);
    const busy = weight > 0 ? sum / weight : prior.busy;
    const level = prior === UNKNOWN ? mean : mean / average(prior.means, byHour);
    const means = BLANK.slice();
    let squares = SCATTER_WINDOWS * mean ** 2;
    const share = index > begun ? windows / (index - begun) : 0;
    for (let cell = 0; cell < CELLS; cell++) {
      const expected = prior === UNKNOWN ? mean : level * (prior.means[cell] ?? 1);
      const weighed = HOUR_WINDOWS + share * (NEAR_HOURS[cell] ?? 0);
      const ofCell = (HOUR_WINDOWS * expected + factor * (NEAR[cell] ?? 0)) / weighed;
      means[cell] = ofCell;
      squares += share * (HOURS[cell] ?? 0) * ofCell ** 2;
    }
    const moment = factor * pairs + SCATTER_WINDOWS * (1 + prior.scatter) * mean ** 2;
    return {
      means,
      busy,
      scatter: weight > 0 ? Math.max(pairs / active / busy ** 2 - 1, LEAST_SCATTER) : prior.scatter,
      own: Math.max(moment / squares - 1, 1e-3),
      weight: PEER_WINDOWS,
      active: weight,
      behind: HOUR_WINDOWS + windows / hours,
      // Of a group nobody knows how many members did nothing: counts above one of those that did something.
      tail: (count, scale) => {
        if (weight === 0) return prior.tail(count, scale);
        const above = Math.max(busy - 1, 0.01);
        const second = Math.max(pairs / active - 2 * above, above ** 2);
        const own = atLeast(count - 1, above, above ** 2 / Math.max(second - above ** 2, 1e-3 * above ** 2));
        return (
          (weight * own + prior.weight * prior.tail(count, Math.min(scale, scaleOf(busy, weight)))) /
          (weight + prior.weight)
        );
      },
    };
  }

  return {
    id: 'rate',

    empty: () => ({ open: [], epoch: 0, since: 0, active: 0, pairs: 0, cells: [], most: [0, 0] }),

    observe(state, observation, at) {
      const member = memberOf(observation);
      const before = windowOf(state.open, indexOf(at), member);
      const after = countedIn(before, observation);
      if (after === before) return state;
      const open = [...state.open.filter((each) => each !== before), after].sort(inOrder);
      const epoch = Math.max(state.epoch, FADING.epochOf(at));
      return settled({ ...carried(state, epoch), open, since: earlier(state.since, at) }, window);
    },

    probability(state, observation, at, peers) {
      const index = indexOf(at);
      const lent = peers.reduceRight<Usual>((prior, peer) => usualOf(peer, index, at, prior), UNKNOWN);
      const own = usualOf(state, index, at, lent);
      const shapeOf = (cell: number) => {
        const mean = own.means[cell] ?? 1;
        return [mean, 1 / (own.own + (1 / mean + own.own) / own.behind)] as const;
      };
      const count = sizeOf(countedIn(windowOf(state.open, index, memberOf(observation)), observation));
      const [mean, shape] = shapeOf(cellOf(index));
      const scale = scaleOf(own.busy, own.active);
      const model = count <= 1 ? 1 : Math.min(atLeast(count, mean, shape) / -Math.expm1(logNone(mean, shape)), 1);
      // Peers do not take the place of the heavy tail: an entity is not bound to their worst.
      const alone = lent === UNKNOWN ? 0 : Math.min(own.active, 1);
      const weighed = own.active * model + alone * UNKNOWN.tail(count, scale) + lent.weight * lent.tail(count, scale);
      const burst = weighed / (own.active + alone + lent.weight);
      const silence = () => silenceBefore(index, state.open, window, shapeOf);
      const [largest, when] = closed(state, index, window).most;
      return {
        probability: count > 0 ? burst : silence().probability,
        observations: own.active,
        ...(state.since > 0 ? { since: state.since } : {}),
        detail: {
          count,
          expected: mean,
          most: largest > 0 ? { count: largest, at: when * window } : undefined,
          burst,
          get silence() {
            return silence();
          },
        },
      };
    },

    merge: (one, other) => merged(one, other, window),

    decay: (state, at) => carried(state, FADING.epochOf(at)),

    serialize({ open, epoch, since, active, pairs, cells, most }) {
      return written(tag, [epoch, since, active, pairs, most, cells, open]);
    },

    parse(text) {
      const parts = unwritten(tag, text);
      return Array.isArray(parts) ? stateOf(parts) : undefined;
    },
  };
}

/** What is usual in a window with anything in it; less than one such window says less, and none nothing. */
function scaleOf(busy: number, active: number): number {
  return busy / Math.min(active, 1);
}

function memberOf({ member }: Counted): number {
  return member === undefined ? 0 : hashOf(member);
}

/** Copied to fill: a list that is made of whole numbers first is made anew for the first broken one. */
const BLANK: readonly number[] = Array.from({ length: CELLS }, () => 1 / 2);

/** Workspace of one call, written before it is read: arrays by the thousand would keep the collector of garbage busy. */
const [HOURS, NEAR, NEAR_HOURS] = [new Float64Array(CELLS), new Float64Array(CELLS), new Float64Array(CELLS)];

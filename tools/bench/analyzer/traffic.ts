// Made-up traffic of a company of a given size: some stories (`story.ts`) at a time, mixed. The same seed gives the same traffic.
import type { Activity } from '../../../services/core/activity.ts';
import { contentId } from '../../../services/core/json.ts';
import { DAY, type Instant } from '../../../services/core/time.ts';
import { type Dice, type Draft, story } from './story.ts';

const START: Instant = Date.UTC(2026, 0, 5);
/** Runs at a time; with a tenth of a second between activities each lasts some minutes. */
const AT_ONCE = 64;
const APART = 100;
/** What is new waits a day before it is learned: passes are further apart. */
export const PASSES = 2;
const PASS = 4 * DAY;

/** Every repository once. `number`: of the pass, from 0. */
export function pass(repositories: number, number: number): Generator<Activity> {
  const whose = (index: number) => (index < repositories ? index : undefined);
  return mixed(whose, repositories * number, START + number * PASS, number + 1);
}

/** Repositories at random, after the passes; without an end. */
export function traffic(repositories: number): Generator<Activity> {
  const whose = (_index: number, pick: Dice) => pick(repositories);
  return mixed(whose, repositories * PASSES, START + PASSES * PASS, PASSES + 1);
}

/** The next ones of it. */
export function some(activities: Generator<Activity>, count: number): Activity[] {
  const taken: Activity[] = [];
  while (taken.length < count) taken.push(activities.next().value);
  return taken;
}

/** `whose`: the repository of a story; undefined ends it. `first`: number of the first story. */
function* mixed(
  whose: (index: number, pick: Dice) => number | undefined,
  first: number,
  start: Instant,
  seed: number,
): Generator<Activity> {
  const next = random(seed);
  const pick: Dice = (below) => Math.floor(next() * below);
  const told: Generator<Draft>[] = [];
  let at = start;
  for (let index = 0; ; ) {
    while (told.length < AT_ONCE) {
      const repository = whose(index, pick);
      if (repository === undefined) break;
      told.push(story(repository, first + index, pick));
      index += 1;
    }
    if (told.length === 0) return;
    const which = pick(told.length);
    const draft = told[which]?.next();
    if (draft?.done !== false) {
      told.splice(which, 1);
      continue;
    }
    at += APART;
    yield { ...draft.value, id: contentId('bench', at), received_at: at, observed_at: at };
  }
}

/** xorshift32, for numbers in [0, 1). https://www.jstatsoft.org/article/view/v008i14 */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

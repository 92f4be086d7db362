// How unusual the hour of each commit is for its author, judged before it is learned.
import { type HourState, hourOfWeek } from '../../../detectors/baselines/hour-of-week.ts';
import type { ClaimedTime, Instant } from '../../../services/core/time.ts';
import type { Commit } from './history.ts';

/** The first commits of an author are learned and not judged. */
const WARM_UP = 60;

export interface Surprise {
  readonly at: Instant;
  readonly bits: number;
}

export interface Surprises {
  readonly judged: number;
  /** One for each hour in which an author commits: what is more of it (a rebase of fifty commits) is the same deed. */
  readonly deeds: readonly Surprise[];
}

export function surprisesOf(commits: readonly Commit[]): Surprises {
  const authors = new Map<string, { state: HourState; commits: number }>();
  let repository = hourOfWeek.empty();
  let judged = 0;
  const deeds: Surprise[] = [];
  for (const { author, written, at } of commits) {
    const known = authors.get(author) ?? { state: hourOfWeek.empty(), commits: 0 };
    if (known.commits >= WARM_UP) {
      judged++;
      const { probability, repeated } = read(known.state, written, at, [repository]);
      if (!repeated) deeds.push({ at, bits: -Math.log2(probability) });
    }
    authors.set(author, { state: hourOfWeek.observe(known.state, written, at), commits: known.commits + 1 });
    repository = hourOfWeek.observe(repository, written, at);
  }
  return { judged, deeds };
}

/** The one place that knows how a baseline is asked; the repository's hours are the prior of a young profile. */
function read(state: HourState, written: ClaimedTime, at: Instant, peers: readonly HourState[]) {
  const { probability, detail } = hourOfWeek.probability(state, written, at, peers);
  return { probability, repeated: detail.repeated };
}

// A feed from which nothing comes any more, or that cannot be read: whoever wants to work unseen stops the log first. What is
// usual is the longest silence of each of the last weeks, with nights, weekends and holidays in them; only time in which a
// collector was there to listen counts. State, by feed: eight weeks, under 300 bytes.
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { OWN_SOURCE } from '../../services/core/own-activity.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../services/core/time.ts';

const WEEK = 7 * DAY;
const WEEKS = 8;
/** A weekend must have gone by. */
const ENOUGH = 8 * DAY;
/** Ticks come every five minutes, and may be late; in a longer pause nobody listened. */
const LONGEST_TICK = 30 * MINUTE;
/** Times the longest usual silence. */
const [ODD, SURE] = [3, 6];
const SHORTEST = HOUR;
const FAILING = [HOUR, 6 * HOUR] as const;

type State = {
  /** Of the first tick, of the newest, and of the newest that brought something. */
  readonly since: Instant;
  readonly last: Instant;
  readonly heard: Instant;
  /** Since then, time in which nobody listened; in milliseconds. */
  readonly deaf: number;
  /** Number of the week, and its longest silence that ended. */
  readonly weeks: readonly (readonly [week: number, longest: number])[];
};

export const feedSilent = defineWatch<'tick', State>({
  id: 'feed-silent',
  title: 'A feed has gone silent',
  summary:
    'Learns the longest silences of each feed, and notices one three times as long, and a feed that cannot be read for an hour: until it comes again, what happens there is not seen.',
  catalogue: 'D131',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-10'],
  attack: [{ tactic: 'TA0005', technique: 'T1562.008' }],
  cases: () => import('./feed-silent.cases.ts'),
  watches: ['tick'],
  by: 'system',
  falsePositives: [
    'A company shuts down for longer than in the last eight weeks.',
    'A system was taken out of service.',
  ],
  next: [
    'Look at the sending side: webhook deliveries, log streaming, the token with which the feed is read. `pipewarden doctor` names what is wrong.',
    'Ask who changed them: an attacker stops the log first.',
    'What was missed is fetched when the feed comes again, where its system keeps it.',
  ],
  entity: ({ source, detail }) =>
    source === OWN_SOURCE && detail.feed !== undefined ? { type: 'system', id: detail.feed } : undefined,
  empty: () => ({ since: 0, last: 0, heard: 0, deaf: 0, weeks: [] }),
  step(before, tick) {
    const { detail, observed_at: at } = tick;
    const { feed = '', records = 0, failing_since } = detail;
    const state = after(before, at, records);
    if (failing_since !== undefined) return { state, raise: unreadable(feed, before.last, at, failing_since) };
    return { state, raise: silence(feed, before, state) };
  },
});

/** Ticks may come late and in another order; what they say of a time that has gone by changes little. */
function after(state: State, at: Instant, records: number): State {
  const since = state.since === 0 ? at : Math.min(state.since, at);
  const last = Math.max(state.last, at);
  const pause = state.last === 0 ? 0 : at - state.last;
  const deaf = state.deaf + (pause > LONGEST_TICK ? pause : 0);
  if (records === 0 || at <= state.heard) return { ...state, since, last, deaf };
  const silent = state.heard === 0 ? 0 : at - state.heard - deaf;
  return { since, last, heard: at, deaf: 0, weeks: withSilence(state.weeks, at, Math.max(0, silent)) };
}

function silentIn({ last, heard, deaf }: State): number {
  return heard === 0 ? 0 : Math.max(0, last - heard - deaf);
}

function withSilence(weeks: State['weeks'], at: Instant, silent: number): State['weeks'] {
  const week = Math.floor(at / WEEK);
  const longest = Math.max(silent, weeks.find(([number]) => number === week)?.[1] ?? 0);
  const others = weeks.filter(([number]) => number !== week && number > week - WEEKS);
  return [...others, [week, longest]];
}

/** Told when it becomes odd, and when there is no doubt. */
function silence(feed: string, before: State, state: State): Raise | undefined {
  const { since, last, weeks } = state;
  if (last - since < ENOUGH || weeks.length === 0) return undefined;
  // In whole hours: ticks that come late move the end of a silence by minutes.
  const usual = Math.max(SHORTEST / ODD, ...weeks.map(([, longest]) => Math.floor(longest / HOUR) * HOUR));
  const silent = silentIn(state);
  const severity = severityOf(silentIn(before), silent, ODD * usual, SURE * usual);
  if (!severity) return undefined;
  return {
    severity,
    observed: `Nothing has come from ${feed} for ${words(silent)}.`,
    expected: `The longest silence of the last ${weeks.length} weeks was ${words(usual)}.`,
    history: `This feed has been listened to for ${words(last - since)}.`,
    oddity: `silent ${feed}`,
  };
}

function unreadable(feed: string, before: Instant, at: Instant, since: Instant): Raise | undefined {
  const severity = severityOf(before - since, at - since, ...FAILING);
  if (!severity) return undefined;
  return {
    severity,
    observed: `${feed} cannot be read since ${words(at - since)}.`,
    expected: 'A feed that is read answers.',
    history: 'A plain rule: it does not depend on history.',
    oddity: `unreadable ${feed}`,
  };
}

/** Where a bound was passed from one tick to the next. */
function severityOf(before: number, now: number, some: number, long: number): 'low' | 'medium' | undefined {
  if (now >= long && before < long) return 'medium';
  return now >= some && before < some ? 'low' : undefined;
}

function words(milliseconds: number): string {
  if (milliseconds >= 2 * DAY) return `${Math.round(milliseconds / DAY)} days`;
  if (milliseconds >= 2 * HOUR) return `${Math.round(milliseconds / HOUR)} hours`;
  return `${Math.max(1, Math.round(milliseconds / MINUTE))} minutes`;
}

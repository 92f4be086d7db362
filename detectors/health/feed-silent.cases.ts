// Cases of feed-silent.
import type { Activity } from '../../services/core/activity.ts';
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { ownTick } from '../../services/core/own-activity.ts';
import { DAY, HOUR, MINUTE } from '../../services/core/time.ts';

const FEED = 'github.webhook';
const MONDAY = Date.UTC(2026, 2, 2);
const STEP = 5 * MINUTE;

function tick(at: number, records: number, failing_since?: number): Activity {
  return ownTick(at, 'here', { feed: FEED, records, ...(failing_since !== undefined && { failing_since }) });
}

/** Two weeks in which people work from eight to six; then nothing comes for so many hours. */
function weeksThen(silentHours: number): readonly Activity[] {
  const ticks: Activity[] = [];
  for (let at = MONDAY; at < MONDAY + 11 * DAY; at += STEP) {
    const [day, hour] = [Math.floor((at - MONDAY) / DAY) % 7, ((at - MONDAY) % DAY) / HOUR];
    ticks.push(tick(at, day < 5 && hour >= 8 && hour < 18 ? 3 : 0));
  }
  const end = MONDAY + 11 * DAY;
  ticks.push(tick(end, 1));
  for (let at = end + STEP; at < end + silentHours * HOUR; at += STEP) ticks.push(tick(at, 0));
  return ticks;
}

const END = MONDAY + 11 * DAY;
/** From Friday six to Monday eight, in hours. */
const USUAL = 62;

export const cases: readonly DetectorCase[] = [
  {
    name: 'Nothing has come for three times as long as over any weekend',
    kind: 'hit',
    history: weeksThen(3 * USUAL),
    activity: tick(END + 3 * USUAL * HOUR, 0),
    expected: 'low',
  },
  {
    name: 'It stays silent for twice as long again',
    kind: 'hit',
    history: weeksThen(6 * USUAL),
    activity: tick(END + 6 * USUAL * HOUR, 0),
    expected: 'medium',
  },
  {
    name: 'A feed cannot be read for an hour',
    kind: 'hit',
    history: [tick(MONDAY, 3), tick(MONDAY + 59 * MINUTE, 0, MONDAY)],
    activity: tick(MONDAY + HOUR, 0, MONDAY),
    expected: 'low',
  },
  {
    name: 'A holiday behind a weekend',
    kind: 'near-miss',
    history: weeksThen(USUAL + 24),
    activity: tick(END + (USUAL + 24) * HOUR, 0),
    expected: null,
  },
  {
    name: 'Nobody listened for a week, so nothing is known of it',
    kind: 'near-miss',
    history: weeksThen(1),
    activity: tick(END + 9 * DAY, 0),
    expected: null,
  },
  {
    name: 'A feed that was connected yesterday is silent at night',
    kind: 'cold-start',
    history: [tick(MONDAY, 5), tick(MONDAY + STEP, 0)],
    activity: tick(MONDAY + 12 * HOUR, 0),
    expected: null,
  },
  {
    name: 'A sensor’s sign of life names no feed',
    kind: 'malformed',
    history: [],
    activity: activityAt(MONDAY, 'tick', {}, { source: 'pipewarden' }),
    expected: null,
  },
];

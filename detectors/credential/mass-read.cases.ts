// Cases of mass-read: grace clones a repository now and then; a mirror clones a hundred a day.
import type { Activity } from '../../services/core/activity.ts';
import type { DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, MINUTE, SECOND } from '../../services/core/time.ts';
import { ABROAD, after, type Call, call, calls, START } from './case-uses.ts';

const WORK = calls(60, { repository: 'example/app' });
const there = { client: ABROAD };

function reads(count: number, from: number, told: Call = {}, every = SECOND): readonly Activity[] {
  return Array.from({ length: count }, (_, index) =>
    call(from + index * every, { ...told, repository: `example/part-${index}` }),
  );
}

const MIRROR = Array.from({ length: 20 }, (_, day) => reads(40, START + day * DAY, { actor: 'mirror' }, MINUTE)).flat();

/** Ten a day, another ten the next, until it begins anew. */
const SLOW_MIRROR = Array.from({ length: 25 }, (_, day) =>
  Array.from({ length: 10 }, (_each, index) =>
    call(START + day * DAY + index * MINUTE, {
      actor: 'mirror',
      repository: `example/part-${(day * 10 + index) % 50}`,
    }),
  ),
).flat();

function renamed(activity: Activity): Activity {
  const { vcs } = activity;
  return { ...activity, vcs: { ...vcs, repository: { name: `${vcs?.repository?.name}-private` } } };
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'Thirty repositories in half a minute, from where she never was',
    kind: 'hit',
    history: [...WORK, ...reads(29, after(60), there)],
    activity: call(after(60) + 30 * SECOND, { ...there, repository: 'example/last' }),
    expected: 'high',
  },
  {
    name: 'The eighth',
    kind: 'hit',
    history: [...WORK, ...reads(7, after(60), there)],
    activity: call(after(60) + 30 * SECOND, { ...there, repository: 'example/last' }),
    expected: 'medium',
  },
  {
    name: 'Three, by a token that only ever cloned one',
    kind: 'hit',
    history: [...WORK, ...reads(2, after(60), there)],
    activity: call(after(60) + 30 * SECOND, { ...there, repository: 'example/last' }),
    expected: 'low',
  },
  {
    name: 'A new laptop: she clones fifteen repositories in her office',
    kind: 'hit',
    history: [...WORK, ...reads(14, after(60))],
    activity: call(after(60) + 30 * SECOND, { repository: 'example/last' }),
    expected: 'low',
  },
  {
    name: 'Archives of thirty, one an hour, in her office',
    kind: 'hit',
    history: [...WORK, ...reads(29, after(60), { operation: 'repo.download_zip' }, 30 * MINUTE)],
    activity: call(after(60) + 29 * 30 * MINUTE, { operation: 'repo.download_zip', repository: 'example/last' }),
    expected: 'medium',
  },
  {
    name: 'The mirror, somewhere else',
    kind: 'hit',
    history: [...MIRROR, ...reads(7, START + 20 * DAY, { ...there, actor: 'mirror' }, MINUTE)],
    activity: call(START + 20 * DAY + 8 * MINUTE, { ...there, actor: 'mirror', repository: 'example/last' }),
    expected: 'low',
  },
  {
    name: 'The mirror, somewhere else, fetches at once all that it fetched in a week',
    kind: 'hit',
    history: [...SLOW_MIRROR, ...reads(7, START + 25 * DAY, { ...there, actor: 'mirror' }, MINUTE)],
    activity: call(START + 25 * DAY + 8 * MINUTE, { ...there, actor: 'mirror', repository: 'example/part-44' }),
    expected: 'low',
  },
  {
    name: 'And the thirtieth, of which nothing more is told',
    kind: 'near-miss',
    history: [...SLOW_MIRROR, ...reads(29, START + 25 * DAY, { ...there, actor: 'mirror' }, MINUTE)],
    activity: call(START + 25 * DAY + 30 * MINUTE, { ...there, actor: 'mirror', repository: 'example/part-44' }),
    expected: null,
  },
  {
    name: 'Whoever has the mirror’s key takes what it never fetched',
    kind: 'hit',
    history: [
      ...SLOW_MIRROR,
      ...reads(29, START + 25 * DAY, { ...there, actor: 'mirror' }, MINUTE).map((each) => renamed(each)),
    ],
    activity: call(START + 25 * DAY + 30 * MINUTE, { ...there, actor: 'mirror', repository: 'example/other' }),
    expected: 'high',
  },
  {
    name: 'Whoever looked around with her token two days ago comes back for thirty',
    kind: 'hit',
    history: [
      ...WORK,
      call(after(60), { ...there, operation: '/user', method: 'GET' }),
      ...reads(29, after(60) + 2 * DAY, there),
    ],
    activity: call(after(60) + 2 * DAY + 30 * SECOND, { ...there, repository: 'example/last' }),
    expected: 'high',
  },
  {
    name: 'The mirror does what it does each day',
    kind: 'near-miss',
    history: [...MIRROR, ...reads(39, START + 20 * DAY, { actor: 'mirror' }, MINUTE)],
    activity: call(START + 20 * DAY + 40 * MINUTE, { actor: 'mirror', repository: 'example/last' }),
    expected: null,
  },
  {
    name: 'Her own clone at home, while somebody else reads with her key',
    kind: 'near-miss',
    history: [...WORK, ...reads(40, after(60), there)],
    activity: call(after(60) + 60 * MINUTE, { repository: 'example/app' }),
    expected: null,
  },
  {
    name: 'The same repository fifty times',
    kind: 'near-miss',
    history: [...WORK, ...reads(1, after(60), there)],
    activity: call(after(60) + MINUTE, { ...there, repository: 'example/part-0' }),
    expected: null,
  },
  {
    name: 'An app that was just installed reads fifteen',
    kind: 'cold-start',
    history: reads(14, START, { actor: 'new-app', credential: { id: 'x', type: 'GitHub App server-to-server token' } }),
    activity: call(START + MINUTE, {
      actor: 'new-app',
      repository: 'example/last',
      credential: { id: 'x', type: 'GitHub App server-to-server token' },
    }),
    expected: 'low',
  },
  {
    name: 'No repository',
    kind: 'malformed',
    history: [...WORK, ...reads(29, after(60), there)],
    activity: call(after(60) + 30 * SECOND, there),
    expected: null,
  },
];

// Cases of release-burst: a package with a release every fortnight.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, MINUTE } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const LATER = START + 150 * DAY;

function published(at: number, version: string | undefined, name = 'app') {
  return activityAt(
    at,
    'package',
    { action: 'published', name, ...(version !== undefined && { version }) },
    { source: 'github.webhook', actor: { name: 'ada', type: 'person' }, vcs: { repository: { name: 'example/app' } } },
  );
}

const releases = Array.from({ length: 10 }, (_, index) => published(START + 14 * index * DAY, `1.${index}.0`));

export const cases: readonly DetectorCase[] = [
  {
    name: 'The third version within minutes',
    kind: 'hit',
    history: [...releases, published(LATER, '1.9.1'), published(LATER + 2 * MINUTE, '1.9.2')],
    activity: published(LATER + 4 * MINUTE, '1.9.3'),
    expected: 'medium',
  },
  {
    name: 'A second version after eight minutes, told in the other order',
    kind: 'hit',
    history: [...releases, published(LATER + 8 * MINUTE, '1.9.2')],
    activity: published(LATER, '1.9.1'),
    expected: 'low',
  },
  {
    name: 'The third package of which two versions come at once',
    kind: 'hit',
    history: ['a', 'b', 'c'].flatMap((name) => [
      published(LATER, '2.0.1', name),
      ...(name === 'c' ? [] : [published(LATER + MINUTE, '2.0.2', name)]),
    ]),
    activity: published(LATER + 2 * MINUTE, '2.0.2', 'c'),
    expected: 'medium',
  },
  {
    name: 'The same where many packages have always come together',
    kind: 'hit',
    history: ['a', 'b', 'c'].flatMap((name) => [
      published(LATER - 7 * DAY, '2.0.0', name),
      published(LATER, '2.0.1', name),
      ...(name === 'c' ? [] : [published(LATER + MINUTE, '2.0.2', name)]),
    ]),
    activity: published(LATER + 2 * MINUTE, '2.0.2', 'c'),
    expected: 'low',
  },
  {
    name: 'A fix for two lines at once',
    kind: 'near-miss',
    history: [...releases, published(LATER, '1.9.1')],
    activity: published(LATER + MINUTE, '1.8.4'),
    expected: null,
  },
  {
    name: 'Two tags of one build',
    kind: 'near-miss',
    history: [...releases, published(LATER, '1.9.1')],
    activity: published(LATER + MINUTE, '1.9.1-arm64'),
    expected: null,
  },
  {
    name: 'The first version of all',
    kind: 'cold-start',
    history: [],
    activity: published(LATER, '0.1.0'),
    expected: null,
  },
  {
    name: 'A package without a version',
    kind: 'malformed',
    history: [...releases, published(LATER, '1.9.1')],
    activity: published(LATER + MINUTE, undefined),
    expected: null,
  },
];

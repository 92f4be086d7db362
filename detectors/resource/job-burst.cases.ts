// Cases of job-burst: a system where people have two or three jobs at once.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { HOUR, MINUTE, SECOND } from '../../services/core/time.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function started(at: number, name: string, job: string, type: 'person' | 'bot' = 'person', where = `${name}/app`) {
  return activityAt(
    at,
    'job',
    { action: 'queued' },
    {
      source: 'gitlab.webhook',
      actor: { name, id: name, type },
      vcs: { provider: { name: 'gitlab' }, repository: { name: where } },
      cicd: { pipeline: { definition: '.gitlab-ci.yml', run: { id: job }, task: { name: 'test', run: { id: job } } } },
    },
  );
}

const ordinary = Array.from({ length: 600 }, (_, index) =>
  started(AT - (601 - index) * HOUR + (index % 3) * SECOND, `member${Math.floor(index / 3) % 12}`, `o${index}`),
);

function many(name: string, count: number, type: 'person' | 'bot' = 'person', at = AT, where = `${name}/app`) {
  return Array.from({ length: count }, (_, index) =>
    started(at - (count - index) * SECOND, name, `m${at} ${index}`, type, where),
  );
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'An account without a past has its fifteenth job within a minute',
    kind: 'hit',
    history: [...ordinary, ...many('stranger', 14)],
    activity: started(AT, 'stranger', 'last'),
    expected: 'medium',
  },
  {
    name: 'It has its eighth',
    kind: 'hit',
    history: [...ordinary, ...many('stranger', 7)],
    activity: started(AT, 'stranger', 'last'),
    expected: 'low',
  },
  {
    name: 'A newcomer starts no more at once than others do in the same place',
    kind: 'near-miss',
    history: [
      ...ordinary,
      ...Array.from({ length: 9 }, (_, day) => many('member3', 20, 'person', AT - (day + 2) * 24 * HOUR)).flat(),
      ...many('newcomer', 18, 'person', AT, 'member3/app'),
    ].sort((a, b) => a.observed_at - b.observed_at),
    activity: started(AT, 'newcomer', 'last', 'person', 'member3/app'),
    expected: null,
  },
  {
    name: 'A colleague starts a large matrix',
    kind: 'near-miss',
    history: [...ordinary, ...many('member3', 19)],
    activity: started(AT, 'member3', 'last'),
    expected: null,
  },
  {
    name: 'A bot updates everything',
    kind: 'near-miss',
    history: [...ordinary, ...many('updater', 19, 'bot')],
    activity: started(AT, 'updater', 'last', 'bot'),
    expected: null,
  },
  {
    name: 'One job that is told of again and again',
    kind: 'near-miss',
    history: [
      ...ordinary,
      ...Array.from({ length: 30 }, (_, index) => started(AT - index * SECOND, 'stranger', 'one')),
    ],
    activity: started(AT, 'stranger', 'one'),
    expected: null,
  },
  {
    name: 'The first hour of a system',
    kind: 'cold-start',
    history: many('member1', 19),
    activity: started(AT, 'member1', 'last'),
    expected: null,
  },
  {
    name: 'A job of nobody and nothing',
    kind: 'malformed',
    history: ordinary,
    activity: activityAt(AT + MINUTE, 'job', { action: 'queued' }, {}),
    expected: null,
  },
];

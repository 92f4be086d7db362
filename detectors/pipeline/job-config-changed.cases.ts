// Cases of job-config-changed: a controller whose jobs kasia keeps, and where tomek starts builds.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR, MINUTE } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const SOURCE = 'jenkins.audit';

function changes(at: number, who: string, job = 'shop-build') {
  return activityAt(
    at,
    'definition',
    { system: 'jenkins', path: `${job}/config.xml`, change: 'changed' },
    { source: SOURCE, actor: { name: who, type: 'unknown' }, cicd: { pipeline: { name: job } } },
  );
}

function starts(at: number, who: string, id: string, job = 'shop-build') {
  return activityAt(
    at,
    'run',
    { action: 'started' },
    {
      source: SOURCE,
      actor: { name: who, type: 'unknown' },
      cicd: { pipeline: { name: job, run: { id, trigger: 'user', state: 'executing' } } },
    },
  );
}

function months(days: number) {
  return Array.from({ length: days }, (_, day) => [
    starts(START + day * DAY, 'tomek', `${day}`),
    ...(day % 5 === 0 ? [changes(START + day * DAY + HOUR, 'kasia')] : []),
  ]).flat();
}

const NOW = START + 40 * DAY;

export const cases: readonly DetectorCase[] = [
  {
    name: 'An account that has just appeared changes a job',
    kind: 'hit',
    history: months(40),
    activity: changes(NOW, 'svc-new'),
    expected: 'medium',
  },
  {
    name: 'It then starts the job by hand',
    kind: 'hit',
    history: [...months(40), changes(NOW, 'svc-new')],
    activity: starts(NOW + MINUTE, 'svc-new', '900'),
    expected: 'medium',
  },
  {
    name: 'Tomek, who only ever starts builds, changes a job',
    kind: 'hit',
    history: months(40),
    activity: changes(NOW, 'tomek'),
    expected: 'low',
  },
  {
    name: 'Kasia changes a job, as she does',
    kind: 'near-miss',
    history: months(40),
    activity: changes(NOW, 'kasia'),
    expected: null,
  },
  {
    name: 'Tomek starts a build by hand, which nobody has changed',
    kind: 'near-miss',
    history: months(40),
    activity: starts(NOW, 'tomek', '901'),
    expected: null,
  },
  {
    name: 'The second change that is known at all',
    kind: 'cold-start',
    history: months(2),
    activity: changes(START + 3 * DAY, 'svc-new'),
    expected: null,
  },
  {
    name: 'A change by nobody, of nothing',
    kind: 'malformed',
    history: months(40),
    activity: activityAt(NOW, 'definition', { system: 'jenkins', path: '', change: 'changed' }, { source: SOURCE }),
    expected: null,
  },
];

// A job runs on a machine that it never ran on. Runners that come and go are one pool, by the pattern of their names; a job that
// has always had one machine of its own is known by that one.
import { defineDetector } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { entityKey } from '../../services/core/entity.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { impactOf } from '../../services/core/run-facts.ts';
import { type Severity, shiftSeverity } from '../../services/core/severity.ts';
import { FIRM } from '../../services/core/severity-table.ts';
import { DAY } from '../../services/core/time.ts';
import {
  type FirstSeenDetail,
  type FirstSeenState,
  firstSeen,
  type Sighting,
  type Sightings,
} from '../baselines/first-seen.ts';

/** All that the vendor runs is one: which machine it is says nothing. */
const HOSTED = 'hosted by the vendor';
const UNUSUAL = 1 / 40;
/** Below this many observations a job’s machines are not known. */
const ENOUGH = 20;
/** A job with so few machines has its own. */
const FEW = 2;

export const newExecutor = defineDetector<
  'job' | 'run' | 'setup' | 'deployment',
  Sightings,
  FirstSeenState,
  FirstSeenDetail
>({
  id: 'new-executor',
  title: 'Job on a machine that it never ran on',
  summary:
    'Learns which pool of runners, or which single machine, each job runs on, and notices another; worst where the job deploys or holds secrets.',
  catalogue: 'D075',
  severity: 'medium',
  maturity: 'incubating',
  owasp: ['CICD-SEC-5', 'CICD-SEC-7'],
  attack: [
    { tactic: 'TA0006', technique: 'T1552' },
    { tactic: 'TA0005', technique: 'T1036' },
  ],
  cases: () => import('./new-executor.cases.ts'),
  watches: ['job', 'run', 'setup', 'deployment'],
  falsePositives: [
    'The fleet got a second machine, or another name.',
    'A job was moved to other runners in a reviewed change.',
  ],
  next: [
    'Look at who registered the machine, from where, and when.',
    'If nobody knows it: pause it, and rotate every secret of the jobs that it took.',
  ],
  by: 'place',
  baseline: firstSeen,

  levels(activity) {
    const job = entityOf('job', activity);
    const pipeline = entityOf('pipeline', activity);
    // A log that comes before its run is told may name a job of any pipeline.
    if (!pipeline) return [];
    const all = [job, pipeline, entityOf('repository', activity)].flatMap((entity) => entity ?? []);
    return [...new Map(all.map((entity) => [entityKey(entity), entity])).values()];
  },

  observe(activity) {
    const worker = activity.cicd?.worker;
    // What a job deploys to says what its machine gets to see; of a run, one job may deploy and the others not.
    const environment = 'environment' in activity.detail ? [activity.detail.environment ?? []].flat() : [];
    if (worker?.hosted === true) return { pool: [HOSTED], machine: [HOSTED], environment };
    const pool = entityOf('pool', activity)?.id;
    const machine = worker?.name;
    if (pool === undefined || machine === undefined) return undefined;
    return { pool: [pool.slice(0, 120)], machine: [machine.slice(0, 120)], environment };
  },

  // A machine that other repositories use is one of the fleet.
  shared: ({ pool = [], machine = [] }) => [
    ...pool.map((value) => `pool:${value}`),
    ...machine.map((value) => `machine:${value}`),
  ],

  judge(activity, { environment = [] }, { observations, since, detail }, { run }) {
    const pool = fresh(detail.sightings, 'pool');
    const machine = fresh(detail.sightings, 'machine');
    // Of the same pattern of names: a job may run on a fleet, and on a machine that has always been alone.
    const pattern = activity.cicd?.worker?.name === undefined ? undefined : entityOf('pool', activity)?.id;
    const machines = (detail.known.machine ?? []).filter(({ value }) => pool || value.replace(/\d+/g, '#') === pattern);
    const met = machines.reduce((sum, { times }) => sum + times, 0);
    const own = machines.length <= FEW && !machines.some(({ value }) => value === HOSTED) && met >= ENOUGH;
    const odd = pool ?? (own ? machine : undefined);
    if (!odd || observations < ENOUGH || activity.observed_at - (since ?? 0) < DAY) return undefined;
    const environments = (detail.known.environment ?? []).map(({ value }) => value);
    const deploys = environments.length > 0 || environment.length > 0;
    const name = activity.cicd?.worker?.name ?? odd.value;
    const severity = severityOf({
      own,
      leaves: leavesVendor(detail),
      observations,
      privileged: deploys || impactOf(run && { ...run, environments: [] }) === 'high',
    });
    const usual = (pool ? (detail.known.pool ?? []) : machines).slice(0, 3).map(({ value }) => value);
    const runner = entityOf('runner', activity);
    return {
      severity,
      observed: `${entityOf('job', activity)?.id ?? entityOf('pipeline', activity)?.id ?? 'A job'} ran on ${name.slice(0, 100)}${deploys ? `, for ${[...new Set([...environment, ...environments])].join(', ').slice(0, 80)}` : ''}.`,
      expected: `It runs on ${usual.join(', ')}; ${pool ? 'other runners' : 'another machine'} would come ${describeOdds(odd.probability)} times.`,
      picture: {
        type: 'known-and-new',
        what: pool ? 'runners' : 'machines',
        known: (pool ? (detail.known.pool ?? []) : machines).slice(0, 12),
        fresh: [name.slice(0, 100)],
      },
      novel: [`${pool ? 'pool' : 'machine'}:${odd.value}`],
      ...(runner && activity.cicd?.worker?.hosted !== true && { links: [{ key: entityKey(runner) }] }),
      oddity: `${pool ? 'pool' : 'machine'} ${odd.value}`,
      explainable: true,
    };
  },
});

function fresh(sightings: readonly Sighting[], wanted: 'pool' | 'machine'): Sighting | undefined {
  return sightings.find(({ dimension, value, times, probability }) => {
    return dimension === wanted && times === 0 && value !== HOSTED && probability <= UNUSUAL;
  });
}

/** It had only ever run on the vendor’s machines. */
function leavesVendor({ known }: FirstSeenDetail): boolean {
  const pools = known.pool ?? [];
  return pools.length > 0 && pools.every(({ value }) => value === HOSTED);
}

function severityOf({
  own,
  leaves,
  observations,
  privileged,
}: {
  readonly own: boolean;
  readonly leaves: boolean;
  readonly observations: number;
  readonly privileged: boolean;
}): Severity {
  const severity = privileged && (own || leaves) ? 'medium' : 'low';
  return observations >= FIRM ? severity : shiftSeverity(severity, -1);
}

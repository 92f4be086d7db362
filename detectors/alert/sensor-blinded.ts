// A sensor says that it lost sight: it was tampered with, it was stopped, or events were dropped. What it did not see may have
// happened. Sensors drop events under load, and stop with their runner: that is low, and told once a week of each place.
import { defineRule } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';

/** The action by which the collector's sensors say it. */
const BLIND = 'blind';
/** Not by load, and not with the runner: somebody did it. */
const TAMPERED = /tamper|kill/i;

export const sensorBlinded = defineRule<'alert'>({
  id: 'sensor-blinded',
  title: 'A sensor lost sight of a runner',
  summary:
    'A runtime sensor says that it was tampered with or stopped, or that events were lost: what it did not tell may have happened.',
  catalogue: 'D110',
  severity: 'medium',
  maturity: 'incubating',
  owasp: ['CICD-SEC-10', 'CICD-SEC-7'],
  attack: [{ tactic: 'TA0005', technique: 'T1562.001' }],
  cases: () => import('./sensor-blinded.cases.ts'),
  watches: ['alert'],
  by: 'place',
  falsePositives: [
    'A busy build makes more events than the sensor may tell.',
    'A runner shuts down, and its sensor with it.',
  ],
  next: [
    'Look at what ran on the runner at the time, in the job’s log and in other feeds.',
    'Where load is the reason, give the sensor more room, or let it watch fewer kinds of events.',
  ],

  examine(activity, { run }) {
    const { action, tool, rule, title } = activity.detail;
    if (action !== BLIND) return undefined;
    const tampered = TAMPERED.test(`${rule ?? ''} ${title ?? ''}`);
    const runner = activity.host?.name ?? activity.cicd?.worker?.name;
    const why = (title ?? rule ?? 'it gives no reason').slice(0, 160).replace(/\.$/, '');
    const entity = ['repository', 'pool'] as const;
    const about = entity.map((type) => entityOf(type, activity)).find((found) => found !== undefined);
    return {
      severity: tampered ? 'medium' : 'low',
      observed: `The sensor ${tool ?? 'without a name'}${runner === undefined ? '' : ` on ${runner}`} does not see all${run === undefined ? '' : ` of run ${run.id}`}: ${why}.`,
      expected: 'A sensor tells of all that a job does, from its beginning to its end.',
      history: 'A plain rule: it does not depend on history.',
      ...(about && { entity: about }),
      oddity: `blind:${rule ?? ''}${tampered ? `:${run?.id ?? runner ?? ''}` : ''}`,
    };
  },
});

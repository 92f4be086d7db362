// A run takes far longer than its pipeline ever did, as miners and whoever sits on a runner do (I07, I11, I40); or a run that
// deploys or publishes ends well in a fraction of its time, because something else ran in its place (I39). Slow disks and
// skipped steps are the usual reasons, so alone it stays low.
import { defineDetector } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { entityKey } from '../../services/core/entity.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { placeOf } from '../../services/core/place.ts';
import { impactOf } from '../../services/core/run-facts.ts';
import { FIRM } from '../../services/core/severity-table.ts';
import { type QuantileDetail, type QuantileState, quantile } from '../baselines/quantile.ts';
import { durationWords, resultOf, secondsOf } from './durations.ts';

const UNUSUAL = 1 / 200;
/** Times the longest, or a share of the shortest usual, beyond which it is worth a word. */
const FAR_ABOVE = 2;
const FAR_BELOW = 0.25;
/** Seconds; shorter runs are told apart by chance. */
const SHORT = 60;

export const runDuration = defineDetector<'run' | 'job', number, QuantileState, QuantileDetail>({
  id: 'run-duration',
  title: 'Run takes far longer or shorter than ever',
  summary:
    'Learns how long the runs of each pipeline and their jobs take, and notices one that takes far longer; of those that deploy, publish or hold secrets also one that succeeds in a fraction of its time.',
  catalogue: 'D107',
  severity: 'low',
  maturity: 'stable',
  owasp: ['CICD-SEC-7'],
  attack: [{ tactic: 'TA0040', technique: 'T1496' }],
  cases: () => import('./run-duration.cases.ts'),
  watches: ['run', 'job'],
  by: 'place',
  falsePositives: ['A slow disk, mirror or test.', 'A cache that was lost.', 'Steps that were skipped.'],
  next: ['Look at what ran on the runner in that time.', 'Compare the log with that of the run before.'],
  baseline: quantile({ sides: 'both' }),

  levels(activity) {
    const found =
      activity.kind === 'job'
        ? [entityOf('job', activity), entityOf('pipeline', activity)]
        : [entityOf('pipeline', activity), placeOf(activity)];
    const levels = new Map(found.flatMap((entity) => (entity ? [[entityKey(entity), entity] as const] : [])));
    return [...levels.values()];
  },

  observe: (activity, { run }) => secondsOf(activity, run),

  judge(activity, seconds, reading, { run }) {
    const { upper, lower, largest, usual, median } = reading.detail;
    const result = resultOf(activity);
    const what = activity.kind === 'job' ? `Job ${activity.cicd?.pipeline?.task?.name ?? ''}` : 'A run';
    const whose = entityOf('pipeline', activity)?.id ?? placeOf(activity)?.id ?? 'a pipeline';
    // Who mines stays until the time is up.
    if (result === 'timeout' && reading.observations < 1) {
      return {
        severity: 'informational',
        observed: `${what} of ${whose} used all the time that it may have.`,
        expected: 'It is the first of its kind, so there is nothing to compare with.',
        oddity: 'duration:timeout',
      };
    }
    if (reading.observations < FIRM || median === undefined || largest === undefined || !usual) return undefined;
    const isLong = upper <= UNUSUAL && seconds > FAR_ABOVE * largest && seconds > SHORT;
    const isShort =
      lower <= UNUSUAL &&
      // What the system does not tell is counted from the first that came, which may come late.
      activity.detail.seconds !== undefined &&
      seconds < FAR_BELOW * usual.from &&
      median > SHORT &&
      result === 'success' &&
      impactOf(run) === 'high';
    if (!isLong && !isShort) return undefined;
    return {
      severity: 'low',
      observed: `${what} of ${whose} took ${durationWords(seconds)}.`,
      expected: `Half of them take ${durationWords(median)} or less, and most between ${durationWords(usual.from)} and ${durationWords(usual.to)}; one like this comes ${describeOdds(reading.probability)} times.`,
      oddity: `duration:${isLong ? 'long' : 'short'}`,
      explainable: true,
    };
  },
});

// A secret of a kind that a job's log never showed stands in it. Logs of tests are full of made-up ones, the same each day;
// keys, and what comes in several kinds at once, are another matter.
import { defineDetector } from '../../services/core/detector.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { FIRM } from '../../services/core/severity-table.ts';
import {
  type FirstSeenDetail,
  type FirstSeenState,
  firstSeen,
  neverSeen,
  type Sightings,
} from '../baselines/first-seen.ts';
import { jobLevels, jobWords } from '../process/levels.ts';
import { firmKinds, isKeyMaterial, isStrict, type OfLog } from './log-words.ts';

const UNUSUAL = 1 / 20;
/** Logs behind a word on what one of them never showed. */
const ENOUGH = 20;

export const secretInLog = defineDetector<OfLog, Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'secret-in-log',
  title: 'Log shows a secret of a kind it never did',
  summary:
    'Learns which kinds of secrets the log of each job shows anyhow (made-up ones of tests), and notices a new kind; worst for private keys.',
  catalogue: 'D080',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-6', 'CICD-SEC-10'],
  attack: [{ tactic: 'TA0006', technique: 'T1552.001' }],
  cases: () => import('./secret-in-log.cases.ts'),
  watches: ['setup', 'exposure'],
  by: 'place',
  falsePositives: ['A new test uses a made-up key.', 'A random text looks like a token.'],
  next: [
    'Delete the log, or close it to the public.',
    'Rotate the secret unless it is one of a test.',
    'Find the step that printed it.',
  ],
  baseline: firstSeen,
  levels: jobLevels,

  // With the setup each log counts, also those that show nothing.
  observe: (activity) => ({ kind: activity.kind === 'exposure' ? firmKinds(activity) : ['none'] }),

  judge(activity, _observation, { detail, observations, probability }) {
    if (activity.kind !== 'exposure') return undefined;
    const kinds = neverSeen(detail).map(({ value }) => value);
    if (kinds.length === 0) return undefined;
    const key = kinds.find(isKeyMaterial);
    const isKnown = observations >= ENOUGH;
    const told = {
      observed: `${jobWords(activity)} printed ${kinds.slice(0, 4).join(', ')}${kinds.length > 4 ? ` and ${kinds.length - 4} more kinds` : ''} to its log${activity.detail.encoded > 0 ? ', some of its text encoded' : ''}.`,
      expected: isKnown
        ? `Its logs never showed a secret of that kind; something new like this comes ${describeOdds(probability)} times.`
        : 'Logs show no secrets; whoever may read them has them then.',
      oddity: `secret:${key ?? kinds[0]}`,
      explainable: true as const,
    };
    // Where a log has been read for the first times, its keys may be those of its tests.
    if (key !== undefined) return { ...told, severity: isKnown ? 'high' : 'medium', certain: true };
    // No chance text looks like tokens of two systems at once. A log may come before its run is told, and so find no history.
    if (kinds.filter(isStrict).length > 1) {
      return { ...told, severity: observations >= FIRM ? 'high' : 'medium', certain: true };
    }
    if (!isKnown || probability > UNUSUAL) return undefined;
    return { ...told, impact: 'high', atMost: kinds.some(isStrict) ? 'medium' : 'low' };
  },
});

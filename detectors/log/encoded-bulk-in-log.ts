// A job's log holds far more encoded text than it ever did: how secrets leave through a log that everybody may read, past the
// masks that look for them in plain (I15, I21, I27, I40). Many jobs print a little of it in each run.
import { defineDetector } from '../../services/core/detector.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { type QuantileDetail, type QuantileState, quantile } from '../baselines/quantile.ts';
import { jobLevels, jobWords } from '../process/levels.ts';
import { firmKinds, type OfLog, sizeWords } from './log-words.ts';

/** A badge, a hash, a certificate’s fingerprint: less says nothing, and all of it is the same to the baseline. */
const LEAST = 64;
/** A secret or two, encoded. */
const SMALL = 256;
/** What a set of secrets takes once it is encoded; a single one is smaller. */
const BULK = 768;
const UNUSUAL = 1 / 40;
/** Logs behind a word above low. */
const ENOUGH = 20;

export const encodedBulkInLog = defineDetector<OfLog, number, QuantileState, QuantileDetail>({
  id: 'encoded-bulk-in-log',
  title: 'Log holds more encoded text than ever',
  summary:
    'Learns how much encoded text (base64, hex and the like) each job prints, and notices a log with far more of it; worst together with several sorts of secrets.',
  catalogue: 'D081',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-6', 'CICD-SEC-10'],
  attack: [
    { tactic: 'TA0010', technique: 'T1567' },
    { tactic: 'TA0006', technique: 'T1552.001' },
  ],
  cases: () => import('./encoded-bulk-in-log.cases.ts'),
  watches: ['setup', 'exposure'],
  by: 'place',
  falsePositives: [
    'A test that fails prints an image or a certificate.',
    'Somebody switched on verbose output of a tool that prints encoded data.',
  ],
  next: [
    'Delete the log, or close it to the public, before anything else.',
    'Decode the text elsewhere and see what it holds; rotate that.',
    'Find the step that printed it, and the commit that its action resolved to.',
  ],
  baseline: quantile({ sides: 'upper' }),
  levels: jobLevels,

  // With the setup each log counts once, whether it held something or not.
  observe: (activity) => Math.max(activity.kind === 'exposure' ? activity.detail.encoded : 0, LEAST),

  judge(activity, encoded, reading) {
    if (activity.kind !== 'exposure' || encoded < SMALL) return undefined;
    const kinds = firmKinds(activity);
    const { largest = LEAST } = reading.detail;
    const isDump = encoded >= BULK && kinds.length >= 2 && encoded > 2 * largest;
    if (reading.probability > UNUSUAL && !isDump) return undefined;
    const isBulk = encoded >= BULK && encoded > 2 * largest && reading.observations >= ENOUGH;
    const among =
      kinds.length === 0
        ? ''
        : `, and secrets of ${kinds.length === 1 ? 'one kind' : `${kinds.length} kinds`} (${kinds.slice(0, 4).join(', ')})`;
    return {
      ...(isDump && reading.observations >= ENOUGH
        ? { severity: 'high', certain: true }
        : isDump
          ? { severity: 'medium' }
          : { atMost: isBulk ? 'medium' : 'low', impact: isBulk ? 'high' : 'medium' }),
      observed: `${jobWords(activity)} printed ${sizeWords(encoded)} of encoded text${among} to its log.`,
      expected: `${largest <= LEAST ? 'Its logs hold hardly any' : `The most that it held so far is ${sizeWords(largest)}`}; so much comes ${describeOdds(reading.probability)} times.`,
      oddity: 'encoded-bulk',
      explainable: true,
    };
  },
});

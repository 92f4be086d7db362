// A log suddenly holds a lot of encoded text: how secrets leave a job that the CI system masks, once or twice encoded. Early
// in 5 of 42 incidents; many jobs print a little each run.
import { defineDetector } from '../../services/core/detector.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { type QuantileDetail, type QuantileState, quantile } from '../baselines/quantile.ts';
import { inSentence, jobLevels, jobWords } from '../process/levels.ts';

/** Bytes of the log. Less than this holds one short value at most, and badges and checksums are as long. */
const BULK = 512;
const UNUSUAL = 1 / 50;

export const encodedBulkInLog = defineDetector<'exposure', number, QuantileState, QuantileDetail>({
  id: 'encoded-bulk-in-log',
  title: 'A log holds more encoded text than ever',
  summary:
    'Learns how much encoded text the log of each job holds, and notices a job that prints far more: a dump of secrets, encoded so that masking does not see it.',
  catalogue: 'D081',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-6'],
  attack: [
    { tactic: 'TA0010', technique: 'T1567' },
    { tactic: 'TA0006', technique: 'T1552.001' },
  ],
  cases: () => import('./encoded-bulk-in-log.cases.ts'),
  watches: ['exposure'],
  by: 'place',
  falsePositives: ['A step that prints an image, a certificate or an archive for the first time.'],
  next: [
    'Save the log, then delete it where strangers can read it.',
    'Rotate every secret that the run could read; what the text holds may be encoded more than once.',
    'Find the step that printed it, and the action behind it.',
  ],
  baseline: quantile({ sides: 'upper' }),
  levels: jobLevels,
  observe: ({ detail }) => detail.encoded,

  judge(activity, encoded, { probability, detail }) {
    if (encoded < BULK || probability > UNUSUAL) return undefined;
    const kinds = Object.keys(activity.detail.kinds);
    return {
      observed: `The log of ${inSentence(jobWords(activity))} holds ${encoded.toLocaleString('en-US')} bytes of encoded text${kinds.length > 0 ? `, and secrets (${kinds.slice(0, 4).join(', ')}), now redacted` : ''}.`,
      expected:
        detail.largest === undefined
          ? 'Nothing like it is known of this job.'
          : `It held ${Math.round(detail.largest).toLocaleString('en-US')} at most; so much comes ${describeOdds(probability)} times.`,
      oddity: `encoded:${Math.floor(Math.log2(encoded))}`,
    };
  },
});

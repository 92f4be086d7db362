// A log shows a kind of secret that the job's log never showed. What redaction took out is safe here, and still stands in the CI
// system's own log for whoever may read it.
import { defineDetector } from '../../services/core/detector.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { impactOf } from '../../services/core/run-facts.ts';
import { type FirstSeenDetail, type FirstSeenState, firstSeen, type Sightings } from '../baselines/first-seen.ts';
import { inSentence, jobLevels, jobWords } from '../process/levels.ts';

/** Found by the words around them alone; tests and examples are full of them. */
const LOOSE = /^(?:password|secret-value|generic|labelled|assignment|basic-auth|bearer|connection-string)/;
const KEY_MATERIAL = /(?:^|-)(?:private-key|putty-key|pgp-private)/;

export const secretInLog = defineDetector<'exposure' | 'setup', Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'secret-in-log',
  title: 'Secret in a log that never showed one',
  summary:
    'Learns which kinds of secrets stand in the log of each job (some tests print made-up ones every day), and notices a new kind; private keys are certain.',
  catalogue: 'D080',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-6'],
  attack: [{ tactic: 'TA0006', technique: 'T1552.001' }],
  cases: () => import('./secret-in-log.cases.ts'),
  watches: ['exposure', 'setup'],
  by: 'place',
  falsePositives: ['A test that prints a made-up secret of a new kind.'],
  next: ['Rotate the secret: whoever may read the log has it.', 'Delete the log in the CI system once it is saved.'],
  baseline: firstSeen,
  levels: jobLevels,
  // Each log tells its setup: how often a kind comes is known from how many logs held none.
  observe: ({ kind, detail }) => ({
    kind: kind === 'setup' ? ['none'] : Object.keys((detail as { kinds: object }).kinds),
  }),

  judge(activity, _observation, reading, { run }) {
    if (activity.kind !== 'exposure') return undefined;
    const fresh = reading.detail.sightings.filter(({ times }) => times === 0).map(({ value }) => value);
    const keys = fresh.filter((kind) => KEY_MATERIAL.test(kind));
    const exact = fresh.filter((kind) => !LOOSE.test(kind));
    if (fresh.length === 0) return undefined;
    const isKey = keys.length > 0;
    // Tokens of several makers at once are a dump, whatever the past.
    const isDump = exact.length >= 2;
    const worth = impactOf(run);
    return {
      ...(isKey || isDump
        ? { severity: isKey || worth === 'high' ? 'high' : 'medium', certain: true }
        : { atMost: exact.length > 0 && worth === 'high' ? 'medium' : 'low' }),
      observed: `The log of ${inSentence(jobWords(activity))} showed ${fresh.slice(0, 4).join(', ')}, now redacted.`,
      expected: `Its logs never did; a new kind comes ${describeOdds(reading.probability)} times.`,
      oddity: `kinds:${fresh.toSorted().join()}`,
    };
  },
});

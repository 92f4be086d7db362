// A command sends a secret in what it uploads. The redactor has taken the value out; that one stood there is the sign.
import { defineDetector } from '../../services/core/detector.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { type FirstSeenDetail, type FirstSeenState, firstSeen, type Sightings } from '../baselines/first-seen.ts';
import { type Sending, sendsSecret } from './command-signs.ts';
import { jobLevels, jobWords, onMachine } from './levels.ts';
import { shown } from './program.ts';

export const secretSent = defineDetector<'process', Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'secret-sent',
  title: 'A command sends secrets',
  summary:
    'A command line uploads what the redactor knows as a secret. Learns whom each job sends such things to (many sign in that way), and notices a new one; certain where it is the whole environment, or goes to a bare address.',
  catalogue: 'D086',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-6'],
  attack: [
    { tactic: 'TA0010', technique: 'T1048.003' },
    { tactic: 'TA0006', technique: 'T1552.007' },
  ],
  cases: () => import('./secret-sent.cases.ts'),
  watches: ['process'],
  by: 'place',
  falsePositives: ['A new service that is signed in to with a secret in the form.'],
  next: [
    'Isolate the runner, and cancel the run.',
    'Rotate every secret that the run could read, not only the ones that were sent.',
    'Find the script that the command stands in; it may come from a download.',
  ],
  baseline: firstSeen,
  levels: jobLevels,

  observe({ detail, process }) {
    const sent = detail.action === 'start' ? sendsSecret(process?.command_line ?? '') : undefined;
    return sent && { receiver: [receiverOf(sent)] };
  },

  judge(activity, _observation, reading) {
    const sent = sendsSecret(activity.process?.command_line ?? '');
    const [sighting] = reading.detail.sightings;
    if (!sent || !sighting || sighting.times > 0) return undefined;
    const isCertain = sent.isEnvironment || sent.isBare;
    return {
      ...(isCertain ? { severity: 'high', certain: true } : { severity: 'low' }),
      observed: `${jobWords(activity)} sent ${sent.isEnvironment ? 'its environment' : 'a secret'} to ${receiverOf(sent)}: ${shown(activity.process?.command_line ?? '', 120)}.`,
      expected:
        sighting.knownTo === null
          ? 'It never sent one there.'
          : `It never did so itself; another job of this place does, ${describeOdds(sighting.probability)} times.`,
      ...onMachine(activity),
      oddity: `sent:${receiverOf(sent)}`,
    };
  },
});

function receiverOf({ host }: Sending): string {
  return host ?? 'somebody that the command does not name';
}

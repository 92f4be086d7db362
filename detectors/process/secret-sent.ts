// A command sends a secret in what it uploads, or the file that holds it. The redactor has taken the value out; that one stood
// there is the sign.
import { defineDetector } from '../../services/core/detector.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { type FirstSeenDetail, type FirstSeenState, firstSeen, type Sightings } from '../baselines/first-seen.ts';
import { filesSent, receiverIn, sendsSecret } from './command-signs.ts';
import { secretFile } from './credential-files.ts';
import { jobLevels, jobWords, onMachine } from './levels.ts';
import { shown } from './program.ts';

export const secretSent = defineDetector<'process', Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'secret-sent',
  title: 'A command sends secrets',
  summary:
    'A command line uploads a file that holds credentials, or what the redactor knows as a secret. Learns whom each job sends such things to (many sign in that way), and notices a new one; certain where it is the whole environment, or goes to a bare address.',
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
    const sent = detail.action === 'start' ? sentBy(process?.command_line ?? '') : undefined;
    return sent && { receiver: [receiverOf(sent)] };
  },

  judge(activity, _observation, reading) {
    const line = activity.process?.command_line ?? '';
    const sent = sentBy(line);
    const [sighting] = reading.detail.sightings;
    if (!sent || !sighting || sighting.times > 0) return undefined;
    return {
      ...(sent.isCertain ? { severity: 'high', certain: true } : { severity: 'low' }),
      observed: `${jobWords(activity)} sent ${sent.what} to ${receiverOf(sent)}: ${shown(line, 120)}.`,
      expected:
        sighting.knownTo === null
          ? 'It never sent one there.'
          : `It never did so itself; another job of this place does, ${describeOdds(sighting.probability)} times.`,
      ...onMachine(activity),
      oddity: `sent:${receiverOf(sent)}`,
    };
  },
});

interface Sent {
  readonly what: string;
  readonly host?: string;
  readonly isCertain: boolean;
}

function sentBy(line: string): Sent | undefined {
  const receiver = receiverIn(line);
  const host = receiver?.host === undefined ? {} : { host: receiver.host };
  const file = filesSent(line)
    .map(secretFile)
    .find((what) => what !== undefined);
  if (file !== undefined) return { what: file, isCertain: true, ...host };
  const secret = sendsSecret(line);
  if (!secret) return undefined;
  const { isEnvironment } = secret;
  const isCertain = isEnvironment || receiver?.isBare === true;
  return { what: isEnvironment ? 'its environment' : 'a secret', isCertain, ...host };
}

function receiverOf({ host }: Sent): string {
  return host ?? 'somebody that the command does not name';
}

// A program, or a parent of one, that a job never had: the tools of whoever got in are rarely those of the build.
//
// New programs alone are everyday, so they stay low. Worth more: a shell that a server program started, a program in a hidden
// folder or in one that everybody may write, the superuser's rights given to an interpreter.
import { defineDetector } from '../../services/core/detector.ts';
import { describeOdds, jointOdds } from '../../services/core/odds.ts';
import { type FirstSeenDetail, type FirstSeenState, firstSeen, type Sightings } from '../baselines/first-seen.ts';
import { isHiddenPlace } from './command-signs.ts';
import { jobLevels, jobWords } from './levels.ts';
import { isShell, parentName, programName, shown } from './program.ts';

const UNUSUAL = 1 / 40;

/** What answers requests; none of them starts shells, unless it is told to. */
const SERVERS = new Set(
  'java nginx httpd apache caddy php-fpm smbd sshd mysqld postgres redis-server mongod tomcat catalina gunicorn uwsgi dockerd containerd kubelet'.split(
    ' ',
  ),
);
const INTERPRETER = /^(?:python|perl|ruby|node|php|lua|bash|sh|pwsh)/;

export const newProcess = defineDetector<'process', Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'new-process',
  title: 'Process that the job never had',
  summary:
    'Learns the programs of each job and who starts them, and notices new ones; worse where a server program starts a shell, a program lies in a hidden folder, or an interpreter gets the superuser’s rights.',
  catalogue: 'D105',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-7'],
  attack: [{ tactic: 'TA0002', technique: 'T1059' }],
  cases: () => import('./new-process.cases.ts'),
  watches: ['process'],
  by: 'place',
  falsePositives: ['A new tool in the build.', 'Another version of the runner’s image.'],
  next: ['Look at the command line and at who started it.', 'Compare with what changed: workflow, lock file, image.'],
  baseline: firstSeen,
  levels: jobLevels,
  shared: ({ program = [] }) => program.map((value) => `program:${value}`),

  observe({ detail, process }) {
    const program = programName(process?.executable);
    if (detail.action !== 'start' || !process || program === undefined) return undefined;
    const parent = parentName(process);
    const signs = signsOf(process.executable, program, parent, process.command_line);
    return {
      program: [program],
      ...(parent !== undefined && { pair: [`${parent} > ${program}`] }),
      // None is a value too: how often a sign comes is known from how often none did.
      sign: signs.length > 0 ? signs.map((sign) => `${sign.kind} ${program}`) : ['none'],
    };
  },

  judge(activity, _observation, reading) {
    const { process } = activity;
    const program = programName(process?.executable) ?? '';
    const parent = process && parentName(process);
    const fresh = reading.detail.sightings.filter(({ times, probability }) => times === 0 && probability <= UNUSUAL);
    const isNew = (dimension: string) => fresh.some((each) => each.dimension === dimension);
    const [sign] = isNew('sign') ? signsOf(process?.executable, program, parent, process?.command_line) : [];
    if (!sign && !isNew('program')) return undefined;
    const known = reading.detail.known.program ?? [];
    return {
      probability: jointOdds(fresh.map(({ probability }) => probability)),
      ...(sign ? { impact: 'high' as const, atMost: 'medium' as const } : { atMost: 'low' as const }),
      observed: `${jobWords(activity)} started ${program}${parent === undefined ? '' : ` from ${parent}`}${sign ? `, ${sign.words}` : ''}: ${shown(process?.command_line ?? program, 120)}.`,
      expected: `It runs ${known
        .slice(0, 6)
        .map(({ value }) => value)
        .join(
          ', ',
        )}${known.length > 6 ? ` and ${known.length - 6} more` : ''}; something new like this comes ${describeOdds(reading.probability)} times.`,
      picture: { type: 'known-and-new', what: 'programs', known: known.slice(0, 12), fresh: [program] },
      oddity: sign ? `sign:${sign.kind}:${program}` : `program:${program}`,
      novel: sign ? [] : [`program:${program}`],
      explainable: true,
    };
  },
});

interface Sign {
  readonly kind: string;
  readonly words: string;
}

function signsOf(executable = '', program: string, parent: string | undefined, commandLine = ''): readonly Sign[] {
  return [
    ...(isShell(program) && parent !== undefined && SERVERS.has(parent)
      ? [{ kind: 'shell-of-server', words: 'a shell that a server program started' }]
      : []),
    ...(isHiddenPlace(executable) ? [{ kind: 'hidden', words: 'from a folder where no tool is kept' }] : []),
    ...(program === 'sudo' && INTERPRETER.test(commandLine.replace(/^\S+\s+(?:-\S+\s+)*/, ''))
      ? [{ kind: 'superuser', words: 'which gives an interpreter the superuser’s rights' }]
      : []),
  ];
}

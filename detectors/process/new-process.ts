// A program, or a parent of one, that a job never had: the tools of whoever got in are rarely those of the build.
//
// New programs alone are everyday, so they stay low. Worth more: a program in a hidden folder or in one that everybody may
// write, the superuser's rights given to an interpreter, what an installer brought along, what is made to outlive its job.
import { defineDetector } from '../../services/core/detector.ts';
import { describeOdds, jointOdds } from '../../services/core/odds.ts';
import { type FirstSeenDetail, type FirstSeenState, firstSeen, type Sightings } from '../baselines/first-seen.ts';
import { isHiddenPlace } from './hidden-places.ts';
import { jobLevels, jobWords, onMachine } from './levels.ts';
import { isEveryday, isShell, parentName, programName, shown } from './program.ts';

const UNUSUAL = 1 / 40;

const INTERPRETER = /^(?:python|perl|ruby|node|php|lua|bash|sh|pwsh)/;
/** Runtimes that packages bring along so that nothing of their script runs in the job's own (I21, I29, I30, I38). */
const BROUGHT_ALONG = new Set(['bun', 'deno']);
const INSTALLERS = new Set('node npm npx yarn pnpm python pip uv ruby gem bundle php composer'.split(' '));
/** Scanners for secrets: a thief's as well as a guard's. */
const SECRET_SCANNERS = new Set('trufflehog gitleaks noseyparker kingfisher titus detect-secrets'.split(' '));
/** What keeps a process alive after its job (the runner and Jenkins know theirs by these variables). */
const OUTLIVES = /\b(?:RUNNER_TRACKING_ID=(?:0|""|''|\s|$)|JENKINS_NODE_COOKIE=dontKillMe|BUILD_ID=dontKillMe)/;

export const newProcess = defineDetector<'process', Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'new-process',
  title: 'Process that the job never had',
  summary:
    'Learns the programs of each job and who starts them, and notices new ones; worse where a program lies in a hidden folder, an interpreter gets the superuser’s rights, an installer starts a runtime of its own or a scanner for secrets, or a process is made to outlive its job.',
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
    // What every script may use says nothing, whoever used it first.
    if (!sign && (!isNew('program') || isEveryday(program) || isShell(program))) return undefined;
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
      ...onMachine(activity),
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
  const line = commandLine.slice(0, 8_192);
  const byInstaller = parent !== undefined && INSTALLERS.has(parent);
  return [
    ...(isHiddenPlace(executable) ? [{ kind: 'hidden', words: 'from a folder where no tool is kept' }] : []),
    ...(program === 'sudo' && INTERPRETER.test(line.replace(/^\S+\s+(?:-\S+\s+)*/, ''))
      ? [{ kind: 'superuser', words: 'which gives an interpreter the superuser’s rights' }]
      : []),
    ...(BROUGHT_ALONG.has(program) && byInstaller
      ? [{ kind: 'brought', words: 'a runtime that something installed brought along' }]
      : []),
    ...(SECRET_SCANNERS.has(program) && byInstaller
      ? [{ kind: 'scanner', words: 'which searches for secrets, and was started by an installer' }]
      : []),
    ...(OUTLIVES.test(line) ? [{ kind: 'outlives', words: 'made to outlive its job' }] : []),
  ];
}

// Cases of new-process: a job that builds with make and gcc.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { DAY, HOUR } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const LATER = START + 60 * DAY;

function started(at: number, executable: string | undefined, parent = '/usr/bin/bash', commandLine = executable) {
  return activityAt(
    at,
    'process',
    { action: 'start' },
    {
      source: 'tetragon',
      vcs: { repository: { name: 'example/app' } },
      cicd: { pipeline: { name: 'ci', definition: '.github/workflows/ci.yml', task: { name: 'build' } } },
      ...(executable !== undefined && {
        process: {
          executable,
          ...(commandLine !== undefined && { command_line: commandLine }),
          ancestors: [{ executable: parent }],
        },
      }),
    },
  );
}

const days = Array.from({ length: 60 * 8 }, (_, index) =>
  started(START + index * 3 * HOUR, ['/usr/bin/git', '/usr/bin/make', '/usr/bin/gcc-13', '/bin/bash'][index % 4]),
);

export const cases: readonly DetectorCase[] = [
  {
    name: 'A program that the job never had',
    kind: 'hit',
    history: days,
    activity: started(LATER, '/usr/bin/nmap'),
    expected: 'low',
  },
  {
    name: 'A package starts a runtime that it brought along',
    kind: 'hit',
    history: days,
    activity: started(LATER, '/tmp/b/bun', '/usr/bin/node', '/tmp/b/bun run setup.js'),
    expected: 'medium',
  },
  {
    name: 'An install script searches for secrets',
    kind: 'hit',
    history: days,
    activity: started(LATER, '/tmp/x/trufflehog', '/usr/bin/node', 'trufflehog filesystem / --json'),
    expected: 'medium',
  },
  {
    name: 'A process is made to outlive its job',
    kind: 'hit',
    history: days,
    activity: started(LATER, '/bin/bash', '/bin/bash', 'bash -c "RUNNER_TRACKING_ID=0 nohup ./agent &"'),
    expected: 'medium',
  },
  {
    name: 'A program in a hidden folder',
    kind: 'hit',
    history: days,
    activity: started(LATER, './.hidden/resolver', '/bin/sh', './.hidden/resolver -c r.toml'),
    expected: 'medium',
  },
  {
    name: 'An interpreter gets the superuser’s rights',
    kind: 'hit',
    history: days,
    activity: started(LATER, '/usr/bin/sudo', '/usr/bin/bash', '/usr/bin/sudo python3'),
    expected: 'medium',
  },
  {
    name: 'Another version of the compiler',
    kind: 'near-miss',
    history: days,
    activity: started(LATER, '/usr/bin/gcc-14'),
    expected: null,
  },
  {
    name: 'A program that packages bring in their own folder',
    kind: 'near-miss',
    history: days,
    activity: started(LATER, './node_modules/.bin/make'),
    expected: null,
  },
  {
    name: 'A tool in the folder that it keeps its programs in',
    kind: 'hit',
    history: days,
    activity: started(LATER, '/home/runner/.newtool/bin/newtool'),
    expected: 'low',
  },
  {
    name: 'A program that every script may use',
    kind: 'near-miss',
    history: days,
    activity: started(LATER, '/usr/bin/sha256sum'),
    expected: null,
  },
  {
    name: 'The third program of a young job',
    kind: 'cold-start',
    history: days.slice(0, 2),
    activity: started(START + DAY, '/usr/bin/nmap'),
    expected: null,
  },
  {
    name: 'A process of which nothing is known',
    kind: 'malformed',
    history: days,
    activity: started(LATER, undefined),
    expected: null,
  },
];

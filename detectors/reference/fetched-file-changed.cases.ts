// Cases of fetched-file-changed: a job that fetches a script, prints its checksum, and runs it.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';
import { HOUR } from '../../services/core/time.ts';

const START = Date.UTC(2026, 0, 5, 9);
const LATER = START + 200 * HOUR;
const [SAME, OTHER] = ['a1'.repeat(32), 'e7'.repeat(32)];

function log(at: number, lines: readonly string[]) {
  return activityAt(
    at,
    'log',
    { first_line: 1, lines, last: true },
    {
      source: 'github.job-log',
      vcs: { repository: { name: 'example/app' } },
      cicd: { pipeline: { name: 'ci', task: { name: 'test' } } },
    },
  );
}

const fetched = (digest: string, version: string, tag = `${digest}  upload.sh`) => [
  'Run the tests',
  tag,
  `==> Uploader version ${version}`,
];
const runs = Array.from({ length: 24 }, (_, index) => log(START + 8 * index * HOUR, fetched(SAME, '1.0.2')));

export const cases: readonly DetectorCase[] = [
  {
    name: 'The script is another, and states the same version',
    kind: 'hit',
    history: runs,
    activity: log(LATER, fetched(OTHER, '1.0.2')),
    expected: 'medium',
  },
  {
    name: 'A new version of the script',
    kind: 'hit',
    history: runs,
    activity: log(LATER, fetched(OTHER, '1.0.3')),
    expected: 'low',
  },
  {
    name: 'Another checksum, in the form of BSD',
    kind: 'hit',
    history: runs,
    activity: log(LATER, fetched(OTHER, '1.0.2', `SHA256 (upload.sh) = ${OTHER}`)),
    expected: 'medium',
  },
  {
    name: 'The same script',
    kind: 'near-miss',
    history: runs,
    activity: log(LATER, fetched(SAME, '1.0.2')),
    expected: null,
  },
  {
    name: 'It is again what it was',
    kind: 'near-miss',
    history: [...runs, log(LATER, fetched(OTHER, '1.0.2'))],
    activity: log(LATER + HOUR, fetched(SAME, '1.0.2')),
    expected: null,
  },
  {
    name: 'An archive that each run builds anew',
    kind: 'near-miss',
    history: Array.from({ length: 24 }, (_, index) => {
      return log(START + 8 * index * HOUR, [`${String(10 + index).repeat(32)}  dist/app.tar.gz`]);
    }),
    activity: log(LATER, [`${OTHER}  dist/app.tar.gz`]),
    expected: null,
  },
  {
    name: 'A file of four machines, of which each has its own',
    kind: 'near-miss',
    history: Array.from({ length: 80 }, (_, index) => {
      return log(START + 2 * index * HOUR, [`${String(10 + (index % 4)).repeat(32)}  tool`]);
    }),
    activity: log(LATER, [`${OTHER}  tool`]),
    expected: null,
  },
  {
    name: 'The third run of a job',
    kind: 'cold-start',
    history: runs.slice(0, 2),
    activity: log(LATER, fetched(OTHER, '1.0.2')),
    expected: null,
  },
  {
    name: 'A checksum of nothing',
    kind: 'malformed',
    history: runs,
    activity: log(LATER, [`${OTHER}  -`, `${OTHER}  `, `${OTHER.slice(0, 41)}  upload.sh`]),
    expected: null,
  },
];

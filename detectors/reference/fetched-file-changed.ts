// A file whose checksum a job's log states in every run has other content: a script that is fetched and run is the reference that
// nobody pins (I02). It changes with its versions; that it says the same version of itself and is another file, it never should.
// State, by place: 60 files with up to 6 checksums; under 15 KB.
import { defineWatch, type Raise } from '../../services/core/detector.ts';
import { placeOf } from '../../services/core/place.ts';
import { DAY, type Instant } from '../../services/core/time.ts';
import { withEntry } from '../credential/bounded.ts';
import { inSentence, jobWords } from '../process/levels.ts';
import { type Checksum, checksumsIn } from './checksums.ts';

const FILES = 60;
const DIGESTS = 6;
/** A file that comes in so many forms differs from machine to machine, or is built here. */
const VARIES = 4;
const LONGEST = 80;
/** Logs, and days, in which a file was the same before it counts as one that does not change: what is built changes with the code. */
const SETTLED_LOGS = 10;
const SETTLED_FOR = 3 * DAY;
/** What is older than that is history that comes late. */
const LATE = DAY;

/** What is run once it is fetched. */
const SCRIPT = /(?:\.(?:sh|bash|zsh|py|ps1|rb|pl|js|mjs|cjs)|(?:^|\/)[A-Za-z][A-Za-z_-]{1,40})$/;

type Known = readonly [digest: string, times: number, first: Instant, last: Instant, version: string];
type State = Readonly<Record<string, readonly Known[]>>;

export const fetchedFileChanged = defineWatch<'log', State>({
  id: 'fetched-file-changed',
  title: 'A file that never changed is another',
  summary:
    'Remembers the checksums that the logs of a repository’s jobs state of their files, and notices a file that has been the same for many runs and now is another; worst for a script that states the same version as before.',
  catalogue: 'D054',
  severity: 'medium',
  maturity: 'incubating',
  owasp: ['CICD-SEC-3'],
  attack: [{ tactic: 'TA0001', technique: 'T1195.002' }],
  cases: () => import('./fetched-file-changed.cases.ts'),
  watches: ['log'],
  by: 'place',
  falsePositives: ['A new version of the file.'],
  next: [
    'Compare the two files, and ask whoever publishes it.',
    'Fetch it by a version, and check its checksum before it is run.',
    'Take what the run could read for read.',
  ],
  entity: (activity) => placeOf(activity),
  empty: () => ({}),

  step(state, activity) {
    const at = activity.observed_at;
    let next = state;
    let worst: readonly [Checksum, Known] | undefined;
    for (const checksum of checksumsIn(activity.detail.lines)) {
      const name = checksum.file.slice(-LONGEST);
      const known = Object.hasOwn(next, name) ? (next[name] ?? []) : [];
      const settled = known.find(isSettled);
      const isNew = known.length < VARIES && !known.some(([digest]) => digest === checksum.digest);
      if (isNew && settled && at > settled[3] - LATE && (!worst || isGrave(checksum, settled)))
        worst = [checksum, settled];
      next = withEntry(next, name, withChecksum(known, checksum, at), FILES, rankOf);
    }
    return { state: next, raise: worst && raiseOf(...worst, jobWords(activity), activity.detail.first_line) };
  },
});

function isSettled([, times, first, last]: Known): boolean {
  return times >= SETTLED_LOGS && last - first >= SETTLED_FOR;
}

/** Files that stay the same stay known; of others, those of late. */
function rankOf(known: readonly Known[]): number {
  const last = Math.max(...known.map((each) => each[3]));
  return known.some(([, times]) => times >= SETTLED_LOGS) ? last + 30 * DAY : last;
}

function withChecksum(known: readonly Known[], { digest, version = '' }: Checksum, at: Instant): readonly Known[] {
  const before = known.find(([other]) => other === digest);
  const [, times = 0, first = at, last = at, stated = ''] = before ?? [];
  const now: Known = [digest, times + 1, Math.min(first, at), Math.max(last, at), version === '' ? stated : version];
  // What it was for long stays, so that going back to it is nothing new.
  return [now, ...known.filter((each) => each !== before)]
    .toSorted((a, b) => b[1] - a[1] || b[3] - a[3])
    .slice(0, DIGESTS);
}

function isGrave({ file, version }: Checksum, [, , , , stated]: Known): boolean {
  return version !== undefined && version === stated && SCRIPT.test(file);
}

function raiseOf(checksum: Checksum, settled: Known, job: string, firstLine: number): Raise {
  const { file, digest, version, index } = checksum;
  const [before, times, , , stated] = settled;
  const says =
    version === undefined
      ? ''
      : stated === version
        ? `, and states version ${version} as before`
        : `, and states version ${version}`;
  return {
    severity: isGrave(checksum, settled) ? 'medium' : 'low',
    observed: `Line ${firstLine + index} of the log of ${inSentence(job)} states another checksum of ${file.slice(-LONGEST)}, ${digest}${says}.`,
    expected: 'What is fetched under the same name and version is the same file.',
    history: `In ${times} logs before it was ${before}${stated === '' ? '' : `, version ${stated}`}.`,
    explainable: true,
    oddity: `file:${file.slice(-LONGEST)}:${digest}`,
    picture: {
      type: 'delta',
      lines: [
        { sign: '-', text: `${file.slice(-LONGEST)} → ${before}` },
        { sign: '+', text: `${file.slice(-LONGEST)} → ${digest}` },
      ],
    },
  };
}

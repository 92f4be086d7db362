// A program reads a file that holds credentials, and never did there: the runner's own, a tool's, the controller's keys.
import { defineDetector } from '../../services/core/detector.ts';
import { type FirstSeenDetail, type FirstSeenState, firstSeen, type Sightings } from '../baselines/first-seen.ts';
import { credentialFile } from './credential-files.ts';
import { jobLevels, jobWords, onMachine } from './levels.ts';
import { programName } from './program.ts';

/** Kinds that builds read with ever new programs. */
const SHARED = new Set(['cloud', 'cluster', 'tool']);

export const credentialFileRead = defineDetector<'file', Sightings, FirstSeenState, FirstSeenDetail>({
  id: 'credential-file-read',
  title: 'Credentials are read from a file',
  summary:
    'Learns which programs read files with credentials in each job and on each controller, and notices one that never did; programs that the file belongs to are no news.',
  catalogue: 'D084',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-6', 'CICD-SEC-7'],
  attack: [{ tactic: 'TA0006', technique: 'T1552.001' }],
  cases: () => import('./credential-file-read.cases.ts'),
  watches: ['file'],
  by: 'place',
  falsePositives: [
    'A controller that reads its own key at a restart, where nobody watched one before.',
    'A new tool of the build.',
  ],
  next: ['Ask what made the program read it; isolate the machine if nobody knows.', 'Rotate what the file holds.'],
  baseline: firstSeen,
  levels: jobLevels,

  observe({ detail, process }) {
    const found = detail.action === 'read' ? credentialFile(detail.path) : undefined;
    // Every read is a lesson in how much is seen here, so that "never" can weigh something.
    if (detail.action !== 'read') return undefined;
    const program = programName(process?.executable) ?? 'unknown';
    return { read: [found && !found.owners.test(program) ? `${found.kind} ${program}` : 'ordinary'] };
  },

  judge(activity, { read = [] }, reading) {
    const found = credentialFile(activity.detail.path);
    const [sighting] = reading.detail.sightings;
    if (!found || read[0] === 'ordinary' || !sighting || sighting.times > 0) return undefined;
    const program = programName(activity.process?.executable) ?? 'a program';
    const isOwnKind = !SHARED.has(found.kind);
    return {
      severity: isOwnKind ? (reading.observations >= 20 ? 'high' : 'medium') : 'low',
      ...(isOwnKind && { certain: true }),
      observed: `${jobWords(activity)}: ${program} read ${found.words}, ${activity.detail.path.slice(0, 160)}.`,
      expected: `In ${Math.round(reading.observations).toLocaleString('en-US')} reads that were seen here it never did.`,
      // Another file of the same sort is another deed.
      ...onMachine(activity),
      oddity: `file:${found.kind}:${program}:${activity.detail.path.slice(activity.detail.path.lastIndexOf('/') + 1)}`,
    };
  },
});

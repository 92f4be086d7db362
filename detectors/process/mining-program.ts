// Runners that mine: free riders, and whoever else got in.
import { defineRule } from '../../services/core/detector.ts';
import { mines } from './command-signs.ts';
import { jobWords, onMachine, subjectOf } from './levels.ts';
import { programName, shown } from './program.ts';

export const miningProgram = defineRule<'process'>({
  id: 'mining-program',
  title: 'A mining program runs',
  summary:
    'A program is started with what only mining programs are told: a pool, its protocol, the share of the processor that it may take.',
  catalogue: 'D106',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-7'],
  attack: [{ tactic: 'TA0040', technique: 'T1496.001' }],
  cases: () => import('./mining-program.cases.ts'),
  watches: ['process'],
  by: 'place',
  falsePositives: ['A project that develops or tests such a program.'],
  next: [
    'Cancel the run and all others of the same account.',
    'Find what added the program: a change by a stranger, a package, an image.',
    'Look for accounts that were made together with this one.',
  ],

  examine(activity) {
    const line = activity.process?.command_line;
    if (activity.detail.action !== 'start' || line === undefined || !mines(line)) return undefined;
    return {
      ...subjectOf(activity),
      ...onMachine(activity),
      severity: 'high',
      observed: `${jobWords(activity)} started a mining program: ${shown(line, 120)}.`,
      expected: 'Runners build; they do not mine.',
      history: 'A plain rule: it does not depend on history.',
      oddity: `mining:${programName(activity.process?.executable) ?? ''}`,
    };
  },
});

// All variables of a job at once: the first thing that a thief of secrets looks at.
import { defineRule } from '../../services/core/detector.ts';
import { isPrivileged } from '../../services/core/run-facts.ts';
import { dumpsEnvironment } from './command-signs.ts';
import { jobWords } from './levels.ts';
import { shown } from './program.ts';

export const environmentDumped = defineRule<'process'>({
  id: 'environment-dumped',
  title: 'The environment is printed or read',
  summary:
    'A command prints all variables of a job, or reads those of another process: names and values of every secret are among them.',
  catalogue: 'D082',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-6'],
  attack: [
    { tactic: 'TA0006', technique: 'T1552.007' },
    { tactic: 'TA0007', technique: 'T1082' },
  ],
  cases: () => import('./environment-dumped.cases.ts'),
  watches: ['process'],
  by: 'place',
  falsePositives: ['A step that prints the environment to find a mistake.'],
  next: [
    'Look where the output went: the log, a file, another program.',
    'If it left the runner, rotate every secret of the run.',
  ],

  examine(activity, { run }) {
    const line = activity.process?.command_line;
    if (activity.detail.action !== 'start' || line === undefined || !dumpsEnvironment(line)) return undefined;
    const another = line.includes('/environ');
    return {
      severity: another ? 'medium' : isPrivileged(run) ? 'low' : 'informational',
      observed: `${jobWords(activity)} ${another ? 'read the environment of a process' : 'printed its environment'}: ${shown(line, 120)}.`,
      expected: 'Programs read the variables that they need.',
      history: 'A plain rule: it does not depend on history.',
      oddity: `environment:${another ? 'read' : 'printed'}`,
    };
  },
});

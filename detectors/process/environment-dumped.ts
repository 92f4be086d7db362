// All variables of a job at once: the first thing that a thief of secrets looks at.
import { defineRule } from '../../services/core/detector.ts';
import { isPrivileged } from '../../services/core/run-facts.ts';
import { dumpsEnvironment, passesOn } from './command-signs.ts';
import { jobWords, onMachine, subjectOf } from './levels.ts';
import { commandsIn, shown } from './program.ts';

export const environmentDumped = defineRule<'process' | 'step'>({
  id: 'environment-dumped',
  title: 'The environment is printed or read',
  summary:
    'A command prints all variables of a job, or reads those of another process: names and values of every secret are among them. In logs, where steps that print them are ordinary, only what passes them on counts.',
  catalogue: 'D082',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-6'],
  attack: [
    { tactic: 'TA0006', technique: 'T1552.007' },
    { tactic: 'TA0007', technique: 'T1082' },
  ],
  cases: () => import('./environment-dumped.cases.ts'),
  watches: ['process', 'step'],
  by: 'place',
  falsePositives: ['A step that prints the environment to find a mistake.'],
  next: [
    'Look where the output went: the log, a file, another program.',
    'If it left the runner, rotate every secret of the run.',
  ],

  examine(activity, { run }) {
    const lines = commandsIn(activity).filter(dumpsEnvironment);
    const gone = lines.some(passesOn);
    const [line] = gone ? lines.filter(passesOn) : lines;
    if (line === undefined || (activity.kind === 'step' && !gone)) return undefined;
    const another = line.includes('/environ');
    return {
      ...subjectOf(activity),
      ...onMachine(activity),
      severity: gone ? 'high' : another ? 'medium' : isPrivileged(run) ? 'low' : 'informational',
      observed: `${jobWords(activity)} ${another ? 'read the environment of a process' : 'printed its environment'}${gone ? ' and passed it on' : ''}: ${shown(line, 120)}.`,
      expected: 'Programs read the variables that they need.',
      history: 'A plain rule: it does not depend on history.',
      oddity: `environment:${gone ? 'passed on' : another ? 'read' : 'printed'}`,
    };
  },
});

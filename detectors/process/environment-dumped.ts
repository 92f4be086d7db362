// All variables of a job at once: the first thing that a thief of secrets looks at.
import { defineRule } from '../../services/core/detector.ts';
import { isPrivileged } from '../../services/core/run-facts.ts';
import { dumpsEnvironment, encodes, passesOn } from './command-signs.ts';
import { jobWords, onMachine, subjectOf } from './levels.ts';
import { commandsIn, shown } from './program.ts';

export const environmentDumped = defineRule<'process' | 'step'>({
  id: 'environment-dumped',
  title: 'The environment is printed or read',
  summary:
    'A command prints all variables of a job, or reads those of another process: names and values of every secret are among them. In logs, where steps that print them are ordinary, only what passes them on, or encodes them past the masks, counts.',
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
    const told = [passesOn, encodes].find((grave) => lines.some(grave));
    const [line] = told ? lines.filter(told) : lines;
    if (line === undefined || (activity.kind === 'step' && !told)) return undefined;
    const how = told === passesOn ? ' and passed it on' : told ? ' and encoded it' : '';
    const another = line.includes('/environ');
    return {
      ...subjectOf(activity),
      ...onMachine(activity),
      severity: told ? 'high' : another ? 'medium' : isPrivileged(run) ? 'low' : 'informational',
      observed: `${jobWords(activity)} ${another ? 'read the environment of a process' : 'printed its environment'}${how}: ${shown(line, 120)}.`,
      expected: 'Programs read the variables that they need.',
      history: 'A plain rule: it does not depend on history.',
      oddity: `environment:${told === passesOn ? 'passed on' : told ? 'encoded' : another ? 'read' : 'printed'}`,
    };
  },
});

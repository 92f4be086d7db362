// Text that is decoded and run at once: nobody was meant to read it.
import { defineRule } from '../../services/core/detector.ts';
import { decodesAndRuns } from './decoding.ts';
import { jobWords, onMachine, subjectOf } from './levels.ts';
import { commandsIn, shown } from './program.ts';

export const decodeAndRun = defineRule<'process' | 'step'>({
  id: 'decode-and-run',
  title: 'Hidden code is unpacked and run',
  summary:
    'A command decodes text and hands it to an interpreter, as loaders do that do not want to be read in a log or a diff.',
  catalogue: 'D060',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-4', 'CICD-SEC-3'],
  attack: [
    { tactic: 'TA0002', technique: 'T1059.004' },
    { tactic: 'TA0005', technique: 'T1140' },
  ],
  cases: () => import('./decode-and-run.cases.ts'),
  watches: ['process', 'step'],
  by: 'place',
  falsePositives: ['An installer that carries its own archive in its script.'],
  next: [
    'Decode the text yourself, on another machine, and read it.',
    'Find the step, action or package script that ran the command.',
  ],

  examine(activity) {
    const line = commandsIn(activity).find(decodesAndRuns);
    if (line === undefined) return undefined;
    return {
      ...subjectOf(activity),
      ...onMachine(activity),
      severity: 'medium',
      observed: `${jobWords(activity)} ran text that it had to decode first: ${shown(line, 120)}.`,
      expected: 'What a build runs can be read in its definition.',
      history: 'A plain rule: it does not depend on history.',
      oddity: `decode:${shown(line, 60)}`,
    };
  },
});

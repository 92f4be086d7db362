// Pipewarden says of itself that it is not whole: somebody has to know, or silence would be taken for calm.
import { defineRule } from '../../services/core/detector.ts';
import { OWN_SOURCE } from '../../services/core/own-activity.ts';

export const analyzerDegraded = defineRule<'alert'>({
  id: 'analyzer-degraded',
  title: 'Pipewarden has lost some of what it learned',
  summary:
    'A stored profile could not be read and was set aside, or there are more profiles than are kept: until it has been learned anew, less is noticed.',
  catalogue: 'D131',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-10'],
  attack: [{ tactic: 'TA0005', technique: 'T1562.006' }],
  cases: () => import('./analyzer-degraded.cases.ts'),
  watches: ['alert'],
  by: 'system',
  falsePositives: ['A disk that was full, or a file that was restored from a half-written copy.'],
  next: [
    'Look at the log of the analyzer for which profiles it were, and at the disk under the data folder.',
    'Put a good copy back with `pipewarden baseline import`, or let it be learned anew.',
    'Ask who else can write to the data folder: a profile that was changed by hand hides what it was made to know.',
  ],

  examine(activity) {
    const { source, detail } = activity;
    if (source !== OWN_SOURCE) return undefined;
    const { rule = 'unknown', title = 'Something of its own state is not whole' } = detail;
    return {
      severity: rule === 'profile-corrupt' ? 'medium' : 'low',
      observed: `${title}.`,
      expected: 'What was learned is kept and read as it was written.',
      history: 'A plain rule: it does not depend on history.',
      entity: { type: 'system', id: OWN_SOURCE },
      oddity: rule,
    };
  },
});

// Another tool found a secret, tried it, and it works: it must be rotated, whoever has seen it. What was not tried is that tool's
// own finding, and stays there.
import { defineRule } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';

/** The alert is closed, or somebody decided on it: nothing new. */
const OVER = /resolv|dismiss|close|fix|revok|bypass|assign|report_only/i;

export const verifiedSecret = defineRule<'alert'>({
  id: 'verified-secret',
  title: 'A secret was found, and it works',
  summary: 'A secret scanner reports a secret that it has tried: whoever can read the place can use it.',
  catalogue: 'D080',
  severity: 'medium',
  maturity: 'incubating',
  owasp: ['CICD-SEC-6'],
  attack: [{ tactic: 'TA0006', technique: 'T1552.001' }],
  cases: () => import('./verified-secret.cases.ts'),
  watches: ['alert'],
  by: 'place',
  falsePositives: ['A secret that is public on purpose, such as the key of a demonstration.'],
  next: [
    'Rotate the secret at whoever issued it; taking it out of the code does not help.',
    'Look at what was done with it since it stands there.',
  ],

  examine(activity) {
    const { action, tool, rule, title, location, verified } = activity.detail;
    if (verified !== true || OVER.test(action)) return undefined;
    const kind = (title ?? rule ?? 'secret').slice(0, 80);
    const where = [location?.path.slice(-120), activity.vcs?.repository?.name].filter(Boolean).join(' of ');
    const entity = entityOf('repository', activity);
    return {
      severity: 'medium',
      observed: `${tool ?? 'A scanner'} found a secret (${kind})${where === '' ? '' : ` in ${where}`}, tried it, and it works.`,
      expected: 'A secret that works stands in a secret store, and nowhere else.',
      history: 'A plain rule: it does not depend on history.',
      ...(entity && { entity }),
      // Each scan tells it again.
      oddity: `secret:${rule ?? title ?? ''}:${location?.path ?? ''}:${location?.line ?? ''}`.slice(0, 300),
    };
  },
});

// A guard rail was taken away. Rarely first, nearly always worth a page: somebody is acting right now.
import { defineRule } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';

export const protectionRemoved = defineRule<'protection'>({
  id: 'protection-removed',
  title: 'Protection removed',
  summary: 'A branch protection, ruleset or other guard rail was removed, switched off or overridden.',
  catalogue: 'D001',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-1'],
  attack: [{ tactic: 'TA0005', technique: 'T1562.001' }],
  cases: () => import('./protection-removed.cases.ts'),
  watches: ['protection'],
  by: 'place',
  falsePositives: ['An administrator replaces an old protection by a ruleset, or makes room for a planned migration.'],
  next: [
    'Put the protection back, unless its owner says why not.',
    'Look at what was pushed to the ref while it was open.',
  ],

  examine(activity) {
    const { detail, actor, vcs } = activity;
    if (detail.change !== 'removed' && detail.change !== 'overridden') return undefined;
    const repository = vcs?.repository?.name;
    const what = detail.what || 'a protection';
    const who = actor?.name ?? actor?.email ?? 'Somebody unnamed';
    const where = [detail.target, repository].filter(Boolean).join(' of ');
    const entity = entityOf('repository', activity) ?? entityOf('actor', activity);
    return {
      severity: detail.change === 'removed' ? 'high' : 'medium',
      observed: `${who} ${detail.change === 'removed' ? 'removed' : 'overrode'} ${what}${where ? ` on ${where}` : ''}.`,
      expected: 'Guard rails stay; whoever needs an exception asks for one.',
      history: 'A plain rule: it does not depend on history.',
      picture: { type: 'delta', lines: [{ sign: '-', text: `${what}${where ? ` on ${where}` : ''}` }] },
      ...(entity ? { entity } : {}),
    };
  },
});

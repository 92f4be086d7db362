// Somebody who never touches pipeline definitions changes one. Early in 11 of 42 incidents.
import type { ActivityOf } from '../../services/core/activity.ts';
import { defineDetector } from '../../services/core/detector.ts';
import { entityOf } from '../../services/core/entities-of.ts';
import { actorId } from '../../services/core/identity/actor.ts';
import { describeOdds } from '../../services/core/odds.ts';
import { type Deed, type HabitDetail, type HabitState, habit } from '../baselines/habit.ts';
import { definitionsIn } from './definition-paths.ts';

/** What somebody never did in fewer commits than these is no habit yet. */
const ENOUGH_COMMITS = 15;
const UNUSUAL = 1 / 40;

export const pipelineDefinitionChanged = defineDetector<'commit', Deed, HabitState, HabitDetail>({
  id: 'pipeline-definition-changed',
  title: 'Pipeline definition changed out of character',
  summary:
    'Learns who changes the pipeline definitions of a repository, and notices a change by somebody who commits there and never does; worse when it adds a new definition.',
  catalogue: 'D056',
  severity: 'medium',
  maturity: 'stable',
  owasp: ['CICD-SEC-4'],
  attack: [
    { tactic: 'TA0002', technique: 'T1677' },
    { tactic: 'TA0003', technique: 'T1195.002' },
  ],
  cases: () => import('./pipeline-definition-changed.cases.ts'),
  watches: ['commit'],
  falsePositives: [
    'Somebody takes over the care of the pipelines.',
    'A reviewed change that needs its own pipeline step.',
  ],
  next: [
    'Read the change: new triggers, permissions, secrets, downloads, encoded text.',
    'Ask the author whether it is theirs; look for the review that let it in.',
  ],
  entityType: 'repository',
  baseline: habit,

  entity(activity) {
    return entityOf('repository', activity);
  },

  observe(activity) {
    const { detail } = activity;
    const member = actorId(activity);
    // Merges repeat what others changed; without paths nothing can be said.
    if (!member || !detail.paths || (detail.parents ?? 0) > 1) return undefined;
    return { member, did: definitionsIn(detail.paths).length > 0 };
  },

  judge(activity, { did, member }, { probability, detail }) {
    if (!did || detail.did > 0 || detail.all < ENOUGH_COMMITS || probability > UNUSUAL) return undefined;
    const changed = definitionsIn(activity.detail.paths ?? []);
    const added = definitionsIn(activity.detail.added ?? []);
    const name = activity.detail.author.name ?? member;
    return {
      severity: added.length > 0 ? 'medium' : 'low',
      observed: `${name} ${added.length > 0 ? 'added' : 'changed'} ${(added.length > 0 ? added : changed).slice(0, 3).join(', ')} in ${activity.detail.sha.slice(0, 8)}.`,
      expected: `None of the ${detail.all} commits of ${name} here touched a pipeline definition; ${describeOdds(probability)} would.`,
      history: `${detail.groupAll} commits of this repository, ${detail.groupDid} of them touched pipeline definitions.`,
      picture: { type: 'delta', lines: delta(activity, changed, added) },
    };
  },
});

function delta(activity: ActivityOf<'commit'>, changed: readonly string[], added: readonly string[]) {
  const lines = changed.map((path) => ({ sign: added.includes(path) ? ('+' as const) : ('~' as const), text: path }));
  return activity.detail.signature === 'none' || activity.detail.signature === 'bad'
    ? [...lines, { sign: '~' as const, text: `signature: ${activity.detail.signature}` }]
    : lines;
}

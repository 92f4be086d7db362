// Forbids a repository one third-party action, in every version: what else is allowed stays.
import { defineAction, type Target } from '../../../services/core/action.ts';
import type { Json } from '../../../services/core/json.ts';
import { entries, field, word } from '../answer.ts';
import { invalid } from '../target.ts';
import { allow, allowOnly, isSelected, lookAtAllowed, permissionsPath } from './shared/allowed.ts';

const ID = 'github.block-action';
const NAME = /^(?:action|workflow):([A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100})(?:\/[^\p{C}]{1,200})?$/u;
/** What stood for "all" before there was a list. */
const ALL = '*/*';

export const blockAction = defineAction({
  id: ID,
  kind: 'hold-reference',
  title: 'Block a third-party action in a repository',
  system: 'github',
  target: 'dependency',
  permissions: ['administration: write'],
  reversible: true,
  undoing: 'Takes the action off the list again, and the list away where there was none.',
  // That a pattern with `!` blocks, and comes last: https://github.blog/changelog/2025-08-15-github-actions-policy-now-supports-blocking-and-sha-pinning-actions
  reference:
    'https://docs.github.com/en/rest/actions/permissions#set-allowed-actions-and-reusable-workflows-for-a-repository',
  proof: 'schema',

  async look(target, api, signal) {
    return { state: await lookAtAllowed(permissionsPath(ID, target), api, signal) };
  },

  intend(target, state) {
    const path = permissionsPath(ID, target);
    const before = isSelected(state) ? patternsOf(state) : [ALL];
    const patterns = [...before, ...blocksOf(target).filter((one) => !before.includes(one))];
    const list = allowOnly(path, patterns, state);
    return {
      summary: `Block the action ${nameOf(target)} in ${target.repository}.`,
      changes: isSelected(state) ? [list] : [allow(path, 'selected', state), list],
      blast_radius: [
        `Workflows of ${target.repository} that use ${nameOf(target)}, in whatever version, fail before their first job.`,
        'Runs that have begun go on.',
      ],
    };
  },

  holds(target, state) {
    const allowed = word(field(state, 'allowed'));
    if (allowed === 'none') return 'GitHub Actions is off.';
    if (allowed === 'local_only') return 'Only actions of its own owner are allowed.';
    return blocksOf(target).every((one) => patternsOf(state).includes(one)) ? 'The action is blocked.' : undefined;
  },

  undo(target, before, now) {
    if (!isSelected(now)) return [];
    const path = permissionsPath(ID, target);
    const ours = blocksOf(target).filter((one) => !patternsOf(before).includes(one));
    const left = patternsOf(now).filter((one) => !ours.some((block) => block === one));
    if (isSelected(before)) return [allowOnly(path, left, now)];
    // Somebody has written their own list meanwhile: that is not taken away.
    if (field(before, 'allowed') !== 'all' || left.some((one) => one !== ALL)) return [];
    return [allow(path, 'all', before)];
  },
});

function patternsOf(state: Json | undefined): readonly Json[] {
  return entries(field(state ?? null, 'patterns'));
}

function nameOf(target: Target): string {
  const name = NAME.exec(target.id)?.[1];
  if (name === undefined) throw invalid(ID, target, 'it is no action of a repository on GitHub');
  return name;
}

/** Of actions in a folder of their repository too. */
function blocksOf(target: Target): readonly string[] {
  return [`!${nameOf(target)}@*`, `!${nameOf(target)}/*`];
}

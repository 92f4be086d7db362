// Holds a branch of GitLab: nobody may push to it or merge into it. Of several rules for a branch the most generous counts, so
// its own rule has to go; a rule of ours, that lets nobody in, stands before that one goes.
// https://docs.gitlab.com/user/project/repository/branches/protection_rules/
import { defineAction, type Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { listed } from '../listed.ts';
import { invalid } from '../target.ts';
import { isBranch, projectPath, protectionPath } from './paths.ts';
import { bodyOf, fits, letsNobodyIn, ruleOf } from './protection.ts';

const ID = 'gitlab.protect-branch';
/** Makes a pattern of a branch that nobody else writes, and that is one of the branch. */
const MARK = '**';

export const protectBranch = defineAction({
  id: ID,
  kind: 'hold-deploy',
  title: 'Hold a branch of GitLab',
  system: 'gitlab',
  target: 'repository',
  permissions: ['scope api', 'Maintainer role in the project'],
  reversible: true,
  undoing: "Makes the branch's own rule again as it was, then deletes the rule that held it.",
  reference: 'https://docs.gitlab.com/api/protected_branches/#protect-repository-branches',
  proof: 'documentation',

  async look(target, api, signal) {
    const project = projectPath(ID, target);
    const branch =
      target.branch ?? field((await ask(api, { method: 'GET', path: project }, [200], signal)).body, 'default_branch');
    if (typeof branch !== 'string' || !isBranch(branch)) {
      throw new PipewardenError('API_UNEXPECTED', {
        method: 'GET',
        path: project,
        problem: 'it names no default branch',
      });
    }
    const all = await listed(`${project}/protected_branches`, api, signal);
    const named = (name: string) => all.find((one) => field(one, 'name') === name && field(one, 'inherited') !== true);
    const own = named(branch);
    const hold = named(branch + MARK);
    const others = all.filter((one) => one !== own && one !== hold && isFor(one, branch) && !letsNobodyIn(one));
    return {
      state: {
        branch,
        rule: own === undefined ? null : ruleOf(own),
        hold: hold === undefined ? null : letsNobodyIn(hold),
        others: others.length,
      },
    };
  },

  intend(target, state) {
    const branch = branchOf(target, state);
    refuse(target, state);
    const hold = { name: branch + MARK, push_access_level: 0, merge_access_level: 0, allow_force_push: false };
    const own = { method: 'DELETE', path: protectionPath(ID, target, branch), accepts: [204, 404] } as const;
    const hasOwn = state === undefined || field(state, 'rule') !== null;
    return {
      summary: `Hold the branch ${branch} of ${target.repository} by a rule that lets nobody in.`,
      changes: [
        // 409: the rule is there.
        { method: 'POST', path: `${projectPath(ID, target)}/protected_branches`, body: hold, accepts: [201, 409] },
        ...(hasOwn ? [own] : []),
      ],
      blast_radius: [
        `Nobody can push to or merge into ${branch}, nor into branches whose names begin with it.`,
        'Releases and deployments that start from a push to it wait. Maintainers can still take the rule away.',
      ],
    };
  },

  holds(_target, state) {
    const isHeld = field(state, 'hold') === true && field(state, 'rule') === null && field(state, 'others') === 0;
    return isHeld ? 'The branch is held.' : undefined;
  },

  /** Open only when its own rule stands again. */
  undo(target, before, now) {
    if (field(before, 'hold') !== null || field(now, 'hold') !== true) return [];
    const branch = branchOf(target, now);
    const rule = field(before, 'rule');
    const path = `${projectPath(ID, target)}/protected_branches`;
    const again = { method: 'POST', path, body: bodyOf(branch, rule), accepts: [201, 409] } as const;
    const release = { method: 'DELETE', path: protectionPath(ID, target, branch + MARK), accepts: [204, 404] } as const;
    return rule === null || field(now, 'rule') !== null ? [release] : [again, release];
  },
});

/** A dry run without a credential cannot ask for the default branch, and says so. Throws TARGET_INVALID. */
function branchOf(target: Target, state: Json | undefined): string {
  projectPath(ID, target);
  if (target.branch !== undefined && !isBranch(target.branch)) {
    throw invalid(ID, target, 'its branch has a name that git does not allow');
  }
  const seen = state === undefined ? null : field(state, 'branch');
  return target.branch ?? (typeof seen === 'string' ? seen : '{default_branch}');
}

/** What other rules allow is not taken away: they are for other branches too. */
function refuse(target: Target, state: Json | undefined): void {
  if (state === undefined) return;
  if (field(state, 'hold') === false || field(state, 'others') !== 0) {
    throw invalid(
      ID,
      target,
      'another rule for protected branches, of a pattern or a group, lets people into the branch',
    );
  }
}

function isFor(rule: Json, branch: string): boolean {
  const name = field(rule, 'name');
  return typeof name === 'string' && fits(name, branch);
}

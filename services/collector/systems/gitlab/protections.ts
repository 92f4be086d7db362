// What guards a project: protected branches, tags and environments, approvals, push rules, the scope of job tokens.
import type { Json } from '../../../core/json.ts';
import { flag, identifier, list, number, object, text } from '../../fields.ts';
import type { Section } from '../inventory.ts';
import { each, listed, thing } from '../things.ts';

/** https://docs.gitlab.com/api/members/#roles */
const LEVELS: ReadonlyMap<number, string> = new Map([
  [5, 'minimal access'],
  [10, 'guest'],
  [15, 'planner'],
  [20, 'reporter'],
  [30, 'developer'],
  [40, 'maintainer'],
  [50, 'owner'],
  [60, 'admin'],
]);
/** Nobody may: higher than any role. */
const NO_ONE = 100;

export function levelOf(level: number | undefined): string | undefined {
  return level === undefined ? undefined : (LEVELS.get(level) ?? String(level));
}

export function guards(base: string): readonly Section[] {
  return [
    {
      kind: 'protection',
      what: 'branch protection',
      path: `${base}/protected_branches?per_page=100`,
      things: each(undefined, (branch) =>
        thing(text(branch, 'name'), text(branch, 'name'), {
          ...allowed('push', list(branch, 'push_access_levels')),
          ...allowed('merge', list(branch, 'merge_access_levels')),
          allow_force_push: flag(branch, 'allow_force_push'),
          code_owner_approval_required: flag(branch, 'code_owner_approval_required'),
        }),
      ),
    },
    {
      kind: 'protection',
      what: 'tag protection',
      path: `${base}/protected_tags?per_page=100`,
      things: each(undefined, (tag) =>
        thing(text(tag, 'name'), text(tag, 'name'), allowed('create', list(tag, 'create_access_levels'))),
      ),
    },
    {
      kind: 'protection',
      what: 'environment',
      path: `${base}/protected_environments?per_page=100`,
      things: each(undefined, (environment) =>
        thing(text(environment, 'name'), text(environment, 'name'), {
          ...allowed('deploy', list(environment, 'deploy_access_levels')),
          required_approval_count: number(environment, 'required_approval_count'),
        }),
      ),
    },
    listed(
      { kind: 'protection', what: 'approval rule', path: `${base}/approval_rules?per_page=100` },
      'name',
      (rule) => ({
        approvals_required: number(rule, 'approvals_required'),
        approvers: [
          ...list(rule, 'users').flatMap((user) => text(user, 'username') ?? []),
          ...list(rule, 'groups').flatMap((group) => text(group, 'full_path') ?? []),
        ].sort(),
      }),
    ),
    switches('approval settings', `${base}/approvals`, [
      ['reset_approvals_on_push', 'reset_approvals_on_push'],
      ['disable_overriding_approvers_per_merge_request', 'disable_overriding_approvers_per_merge_request'],
      ['merge_requests_disable_committers_approval', 'prevent_approval_by_committers'],
      ['merge_requests_author_approval', 'allow_approval_by_authors'],
      ['require_password_to_approve', 'require_password_to_approve'],
    ]),
    switches(
      'push rule',
      `${base}/push_rule`,
      [
        'reject_unsigned_commits',
        'reject_non_dco_commits',
        'commit_committer_check',
        'commit_committer_name_check',
        'member_check',
        'prevent_secrets',
        'deny_delete_tag',
      ].map((name) => [name, name] as const),
    ),
    switches('job token scope', `${base}/job_token_scope`, [['inbound_enabled', 'limit_access_to_this_project']]),
  ];
}

/** The least role that may, and who may beside the roles. */
function allowed(deed: string, levels: readonly Json[]): Readonly<Record<string, Json>> {
  const isRole = (level: Json) => !['user_id', 'group_id', 'deploy_key_id'].some((id) => identifier(level, id));
  const roles = levels.filter(isRole).flatMap((level) => number(level, 'access_level') ?? []);
  const others = levels.filter((level) => !isRole(level));
  return {
    [`${deed}_from`]: Math.min(NO_ONE, ...roles.map((level) => level || NO_ONE)),
    [`may_${deed}`]: others.flatMap((level) => text(level, 'access_level_description') ?? []).sort(),
  };
}

/** One thing of its own; our name for each switch says what on means. */
function switches(what: string, path: string, names: readonly (readonly [theirs: string, ours: string])[]): Section {
  return {
    kind: 'protection',
    what,
    path,
    things: (body) =>
      object(body) === undefined
        ? []
        : thing(what, what, Object.fromEntries(names.map(([theirs, ours]) => [ours, flag(body, theirs)]))),
  };
}

// The protected branches of a project, as GitLab lists them, and a rule made again from what was listed.
// https://docs.gitlab.com/api/protected_branches/
import { canonicalJson, type Json, type JsonObject } from '../../../services/core/json.ts';
import { field } from '../answer.ts';

/** Whom a level lets in, the narrowest first: a member's or a key's has a role beside. */
const WHO = ['user_id', 'group_id', 'deploy_key_id', 'access_level'] as const;

/** What a rule says, without the numbers that GitLab gives it. */
export function ruleOf(branch: Json): JsonObject {
  return {
    push: levels(branch, 'push_access_levels'),
    merge: levels(branch, 'merge_access_levels'),
    unprotect: levels(branch, 'unprotect_access_levels'),
    force: field(branch, 'allow_force_push') === true,
    owners: field(branch, 'code_owner_approval_required') === true,
  };
}

/** Nobody may push to or merge into what a rule is for. */
export function letsNobodyIn(branch: Json): boolean {
  const all = [...levels(branch, 'push_access_levels'), ...levels(branch, 'merge_access_levels')];
  return all.every((level) => field(level, 'access_level') === 0);
}

/** The body that makes a rule again. Lists of people and groups are Premium's, so one role is named as one. */
export function bodyOf(name: string, rule: Json): JsonObject {
  return {
    name,
    ...allowed('push_access_level', 'allowed_to_push', field(rule, 'push')),
    ...allowed('merge_access_level', 'allowed_to_merge', field(rule, 'merge')),
    ...allowed('unprotect_access_level', 'allowed_to_unprotect', field(rule, 'unprotect')),
    allow_force_push: field(rule, 'force') === true,
    ...(field(rule, 'owners') === true ? { code_owner_approval_required: true } : {}),
  };
}

/** Whether a pattern, in which `*` stands for anything, is one of a name. */
export function fits(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return name.length - last.length >= from && name.endsWith(last);
}

function levels(branch: Json, name: string): readonly JsonObject[] {
  const all = field(branch, name);
  const found = (Array.isArray(all) ? all : []).flatMap((level) => {
    const who = WHO.find((one) => typeof field(level, one) === 'number');
    return who === undefined ? [] : [{ [who]: field(level, who) }];
  });
  return found.toSorted((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
}

function allowed(one: string, many: string, levelsThen: Json): JsonObject {
  const all = Array.isArray(levelsThen) ? levelsThen : [];
  if (all.length === 0) return {};
  const role = field(all[0] ?? null, 'access_level');
  return all.length === 1 && typeof role === 'number' ? { [one]: role } : { [many]: all };
}

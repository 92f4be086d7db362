// Paths of GitLab's API, built from names that an attacker may have chosen.
// https://docs.gitlab.com/api/rest/#namespaced-paths
import type { Target } from '../../../services/core/action.ts';
import { invalid } from '../target.ts';

const PART = /^(?!\.{1,2}$)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,254}$/;
const MOST_PARTS = 22;
const NUMBER = /^[1-9][0-9]{0,18}$/;

/** `/projects/{group%2Fproject}`. Throws TARGET_INVALID. */
export function projectPath(action: string, target: Target): string {
  const parts = (target.repository ?? '').split('/');
  if (parts.length < 2 || parts.length > MOST_PARTS || !parts.every((part) => PART.test(part))) {
    throw invalid(action, target, 'it names no project as group/project');
  }
  return `/projects/${encodeURIComponent(parts.join('/'))}`;
}

/** `/groups/{group}`; feeds know the one at the top. Throws TARGET_INVALID. */
export function groupPath(action: string, target: Target): string {
  const group = target.organization ?? '';
  if (!PART.test(group)) throw invalid(action, target, 'its group is not known');
  return `/groups/${encodeURIComponent(group)}`;
}

/** `/projects/{id}/pipelines/{number}`. Throws TARGET_INVALID. */
export function pipelinePath(action: string, target: Target): string {
  return `${projectPath(action, target)}/pipelines/${pipelineNumber(action, target)}`;
}

/** The last part of `group/project/pipeline id`. Throws TARGET_INVALID. */
export function pipelineNumber(action: string, target: Target): string {
  const run = target.run ?? target.id;
  return numberIn(action, target, run.slice(run.lastIndexOf('/') + 1), 'a pipeline of GitLab has a number');
}

/** `/projects/{id}/jobs/{number}`. Throws TARGET_INVALID. */
export function jobPath(action: string, target: Target): string {
  const job = numberIn(action, target, target.job, 'the number of the job is not known');
  return `${projectPath(action, target)}/jobs/${job}`;
}

/** `/runners/{number}`. Throws TARGET_INVALID. */
export function runnerPath(action: string, target: Target): string {
  return `/runners/${numberIn(action, target, target.runner_id, 'the number of the runner is not known')}`;
}

/** `/users/{number}`: `gitlab#number` is an account's id here. Throws TARGET_INVALID. */
export function userPath(action: string, target: Target): string {
  const id = target.account_id ?? (target.id.startsWith('gitlab#') ? target.id.slice('gitlab#'.length) : undefined);
  return `/users/${numberIn(action, target, id, 'the number of the account is not known')}`;
}

/** Throws TARGET_INVALID, with the problem. */
export function numberIn(action: string, target: Target, id: string | undefined, problem: string): string {
  if (id === undefined || !NUMBER.test(id)) throw invalid(action, target, problem);
  return id;
}

/** A variable's name, which GitLab holds to these characters. Throws TARGET_INVALID. */
export function variableName(action: string, target: Target): string {
  const name = target.secret ?? '';
  if (!/^[A-Za-z0-9_]{1,255}$/.test(name)) throw invalid(action, target, 'the name of the variable is not known');
  return name;
}

/** `/projects/{id}/protected_branches/{name}`, of a branch or a rule's pattern. Throws TARGET_INVALID. */
export function protectionPath(action: string, target: Target, name: string): string {
  return `${projectPath(action, target)}/protected_branches/${encodeURIComponent(name)}`;
}

// What git allows in a branch (git-check-ref-format(1)), which leaves no character that a rule reads as a pattern.
const BRANCH = /^(?![-/.])(?!.*(?:\.\.|\/\/|@\{))[^\s~^:?*[\\\p{C}]{1,200}$/u;

export function isBranch(name: string): boolean {
  return BRANCH.test(name);
}

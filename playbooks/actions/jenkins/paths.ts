// Addresses of Jenkins, built from names that an attacker may have chosen.
// https://www.jenkins.io/doc/book/using/remote-access-api/
import type { ApiRequest, Target } from '../../../services/core/action.ts';
import { invalid } from '../target.ts';

// What Jenkins allows in names (jenkins.model.Jenkins.checkGoodName), and `%`, by which a branch's job writes the rest.
const NAME = /^(?!\.{1,2}$)[^/\\?*!@#$^&|<>[\]:;"\p{C}]{1,250}$/u;
// Where users sign in elsewhere, their ids are often e-mail addresses.
const USER = /^(?!\.{1,2}$)[^/\\?;#\p{C}]{1,250}$/u;
const RUN = /^(.{1,2000})#([1-9][0-9]{0,9})$/u;
/** Folders around a job, and the job. */
const DEEPEST = 20;
/** Its own node, as feeds name it, and as Jenkins does: https://www.jenkins.io/doc/book/managing/built-in-node-migration/ */
const OWN_NODE: ReadonlyMap<string, string> = new Map([
  ['Built-In Node', '(built-in)'],
  ['built-in', '(built-in)'],
  ['(built-in)', '(built-in)'],
  ['master', '(master)'],
  ['(master)', '(master)'],
]);

/** What Jenkins answers when it has taken a request: a page, or the way back to one. */
export const TAKEN = [200, 302] as const;

/** `folder/name` of a pipeline, or of one by a run of it. Throws TARGET_INVALID. */
export function jobName(action: string, target: Target): string {
  const run = target.run ?? (target.type === 'run' ? target.id : undefined);
  const name = run === undefined ? target.id : (RUN.exec(run)?.[1] ?? '');
  const parts = name.split('/');
  if (parts.length > DEEPEST || !parts.every((part) => NAME.test(part))) {
    throw invalid(action, target, 'it names no job as folder/job');
  }
  return name;
}

/** `/job/folder/job/name`. Throws TARGET_INVALID. */
export function jobPath(action: string, target: Target): string {
  return jobName(action, target)
    .split('/')
    .map((part) => `/job/${encodeURIComponent(part)}`)
    .join('');
}

/** The number of `folder/name#number`. Throws TARGET_INVALID. */
export function buildNumber(action: string, target: Target): string {
  const number = RUN.exec(target.id)?.[2];
  if (number === undefined) throw invalid(action, target, 'a build of Jenkins is job#number');
  return number;
}

/** `/job/folder/job/name/number`. Throws TARGET_INVALID. */
export function buildPath(action: string, target: Target): string {
  return `${jobPath(action, target)}/${buildNumber(action, target)}`;
}

/** `/computer/name`. Throws TARGET_INVALID. */
export function agentPath(action: string, target: Target): string {
  const own = OWN_NODE.get(target.id);
  if (own !== undefined) return `/computer/${own}`;
  if (!NAME.test(target.id)) throw invalid(action, target, 'Jenkins has no agent of such a name');
  return `/computer/${encodeURIComponent(target.id)}`;
}

/** Its own node, which cannot be deleted, or one that is called as that was. */
export function isOwnNode({ id }: Target): boolean {
  return OWN_NODE.has(id);
}

/** The id of a user. Throws TARGET_INVALID. */
export function userName(action: string, target: Target): string {
  const { account } = target;
  if (account === undefined) throw invalid(action, target, 'it is not known which user of Jenkins it is');
  if (!USER.test(account)) throw invalid(action, target, 'Jenkins has no user of such an id');
  return account;
}

/** `/user/id`. */
export function userPath(name: string): string {
  return `/user/${encodeURIComponent(name)}`;
}

/** Some fields of what is at a path. */
export function reading(path: string, tree: string): ApiRequest {
  return { method: 'GET', path: `${path}/api/json?${new URLSearchParams({ tree })}` };
}

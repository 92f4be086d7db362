// Paths of GitHub's API, built from names that an attacker may have chosen.
import type { Target } from '../../../services/core/action.ts';
import { invalid } from '../target.ts';

const OWNER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const REPOSITORY = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
const RUN = /^[1-9][0-9]{0,18}$/;
const REVISION = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const SECRET = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;
const WORKFLOW = /^\.github\/workflows\/([^/\\\p{C}]{1,200}\.ya?ml)$/u;
// What git allows in a branch (git-check-ref-format(1)), which leaves no character that a ruleset reads as a pattern.
const BRANCH = /^(?![-/.])(?!.*(?:\.\.|\/\/|@\{))[^\s~^:?*[\\\p{C}]{1,200}$/u;

/** `/repos/{owner}/{repo}`. Throws TARGET_INVALID. */
export function repositoryPath(action: string, target: Target): string {
  const [owner = '', name = '', ...more] = (target.repository ?? '').split('/');
  if (!OWNER.test(owner) || !REPOSITORY.test(name) || more.length > 0) {
    throw invalid(action, target, 'it names no repository as owner/name');
  }
  return `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
}

/** `/orgs/{org}`. Throws TARGET_INVALID. */
export function organizationPath(action: string, target: Target): string {
  const name = target.type === 'organization' ? target.id : (target.organization ?? '');
  if (!OWNER.test(name)) throw invalid(action, target, 'its organization is not known');
  return `/orgs/${encodeURIComponent(name)}`;
}

/** A login, as a part of a path. Throws TARGET_INVALID, so for apps too, which are no accounts of people. */
export function accountPart(action: string, target: Target): string {
  const name = target.account ?? '';
  if (!OWNER.test(name)) throw invalid(action, target, 'its login on GitHub is not known, or is that of an app');
  return encodeURIComponent(name);
}

/** The number that GitHub gave something, as it came from a record. Throws TARGET_INVALID. */
export function numberPart(action: string, target: Target, number: string): string {
  if (!RUN.test(number)) throw invalid(action, target, `GitHub's own id of it is a number`);
  return number;
}

/** A commit's full id. Throws TARGET_INVALID. */
export function revisionPart(action: string, target: Target, revision = target.revision ?? ''): string {
  if (!REVISION.test(revision)) throw invalid(action, target, 'the commit is not known in full');
  return revision;
}

/** Name of a secret of Actions: https://docs.github.com/en/actions/reference/security/secrets. Throws TARGET_INVALID. */
export function secretPart(action: string, target: Target): string {
  const name = target.secret ?? '';
  if (!SECRET.test(name)) throw invalid(action, target, 'it names no secret');
  return name;
}

/** A branch as `git/refs/{ref}` takes it: `heads/{branch}`, one part of the path. Throws TARGET_INVALID. */
export function branchPart(action: string, target: Target): string {
  if (target.branch === undefined) throw invalid(action, target, 'its branch is not known');
  branchRef(action, target);
  return encodeURIComponent(`heads/${target.branch}`);
}

/** A branch or tag as `git/refs/{ref}` takes it: `heads/{branch}`, `tags/{tag}`. Throws TARGET_INVALID. */
export function refPart(action: string, target: Target): string {
  if (target.tag === undefined) return branchPart(action, target);
  if (!BRANCH.test(target.tag)) throw invalid(action, target, 'its tag has a name that git does not allow');
  return encodeURIComponent(`tags/${target.tag}`);
}

/** `/repos/{owner}/{repo}/actions/runs/{id}`. Throws TARGET_INVALID. */
export function runPath(action: string, target: Target): string {
  return `${repositoryPath(action, target)}/actions/runs/${runNumber(action, target)}`;
}

/** The run's number, the last part of `owner/name/run id`. Throws TARGET_INVALID. */
export function runNumber(action: string, target: Target): string {
  const run = target.run ?? target.id;
  const id = run.slice(run.lastIndexOf('/') + 1);
  if (!RUN.test(id)) throw invalid(action, target, 'a run of GitHub Actions has a number');
  return id;
}

/** `/repos/{owner}/{repo}/actions/workflows/{file name}`. Throws TARGET_INVALID. */
export function workflowPath(action: string, target: Target): string {
  const file = WORKFLOW.exec(target.definition ?? '')?.[1];
  if (!file) throw invalid(action, target, 'it is no file of .github/workflows');
  return `${repositoryPath(action, target)}/actions/workflows/${encodeURIComponent(file)}`;
}

/** `/repos/{owner}/{repo}/actions/workflows`, behind which GitHub takes a workflow's id too. Throws TARGET_INVALID. */
export function workflowsPath(action: string, target: Target): string {
  return `${repositoryPath(action, target)}/actions/workflows`;
}

/** A ref as rulesets name it: `refs/heads/<branch>`, or the repository's default branch. Throws TARGET_INVALID. */
export function branchRef(action: string, target: Target): string {
  if (target.branch === undefined) return '~DEFAULT_BRANCH';
  if (!BRANCH.test(target.branch)) throw invalid(action, target, 'its branch has a name that git does not allow');
  return `refs/heads/${target.branch}`;
}

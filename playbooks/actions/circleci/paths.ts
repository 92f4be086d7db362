// Paths of CircleCI's API, built from names that an attacker may have chosen.
// https://circleci.com/docs/guides/toolkit/api-developers-guide/#project-slug
import type { Target } from '../../../services/core/action.ts';
import type { Json } from '../../../services/core/json.ts';
import { invalid } from '../target.ts';

const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['github', 'gh'],
  ['bitbucket', 'bb'],
]);
const PART = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const JOB = /^[1-9][0-9]{0,18}$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;

/** `/v2/project/gh/owner/name`. Throws TARGET_INVALID, for projects without a name too: those of GitHub's app and of GitLab. */
export function projectPath(action: string, target: Target): string {
  const provider = PROVIDERS.get(target.provider ?? '');
  const [owner = '', name = '', ...more] = (target.repository ?? '').split('/');
  if (provider === undefined || !PART.test(owner) || !PART.test(name) || more.length > 0) {
    throw invalid(action, target, 'it names no repository of GitHub or Bitbucket as owner/name');
  }
  return `/v2/project/${provider}/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
}

/** `/v2/workflow/{id}`, of `owner/name/workflow id`. Throws TARGET_INVALID. */
export function workflowPath(action: string, target: Target): string {
  const id = target.id.slice(target.id.lastIndexOf('/') + 1);
  if (!UUID.test(id)) throw invalid(action, target, 'a workflow of CircleCI has a UUID');
  return `/v2/workflow/${id.toLowerCase()}`;
}

/** `…/job/{number}`. Throws TARGET_INVALID. */
export function jobPath(action: string, target: Target): string {
  const job = target.job ?? '';
  if (!JOB.test(job)) throw invalid(action, target, 'the number of the job is not known');
  return `${projectPath(action, target)}/job/${job}`;
}

/** Of workflows, organizations, contexts and schedules. */
export function isUuid(id: Json): id is string {
  return typeof id === 'string' && UUID.test(id);
}

/**
 * Of a project's variable: the audit log tells it behind the project, `owner/name/VARIABLE`. One behind anything else is a
 * context's, which other projects use too. Throws TARGET_INVALID.
 */
export function variableName(action: string, target: Target): string {
  const { around, name } = partsOf(target);
  const isProjects = around === '' || around === target.repository || around.endsWith(`/${target.repository}`);
  if (!isProjects || !VARIABLE.test(name)) {
    throw invalid(action, target, 'the name of a variable of the project is not known');
  }
  return name;
}

/** Of a context's variable: the audit log tells it behind the context, `context/VARIABLE`. Throws TARGET_INVALID. */
export function contextVariable(action: string, target: Target): { readonly context: string; readonly name: string } {
  const { around, name } = partsOf(target);
  if (around === '' || !VARIABLE.test(name)) {
    throw invalid(action, target, 'the name of a variable of a context is not known');
  }
  return { context: around, name };
}

function partsOf({ secret = '' }: Target): { readonly around: string; readonly name: string } {
  const slash = secret.lastIndexOf('/');
  return { around: secret.slice(0, Math.max(slash, 0)), name: secret.slice(slash + 1) };
}

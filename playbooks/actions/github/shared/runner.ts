// A self-hosted runner of GitHub Actions, found by its name where it is registered.
import type { Api, Target } from '../../../../services/core/action.ts';
import { ask } from '../../../../services/core/ask.ts';
import { PipewardenError } from '../../../../services/core/errors.ts';
import type { Json } from '../../../../services/core/json.ts';
import { entries, field, idOf } from '../../answer.ts';
import { invalid } from '../../target.ts';
import { numberPart, organizationPath, repositoryPath } from '../paths.ts';

export interface FoundRunner {
  /** `/orgs/{org}/actions/runners/{id}`, or that of a repository. */
  readonly path: string;
  readonly runner: Json;
}

/** Ids of runners are counted at each level anew, so the name has to be the same too. Undefined where none is registered. */
export async function findRunner(
  action: string,
  target: Target,
  api: Api,
  signal: AbortSignal,
): Promise<FoundRunner | undefined> {
  const lists = listsOf(action, target);
  let seen = false;
  for (const list of lists) {
    const path = `${list}?name=${encodeURIComponent(target.id)}&per_page=100`;
    const accepts = lists.length === 1 ? [200] : [200, 404];
    const { status, body } = await ask(api, { method: 'GET', path }, accepts, signal);
    seen ||= status === 200;
    const runner = entries(field(body, 'runners')).find((one) => isSame(target, one)) ?? null;
    const id = idOf(runner);
    if (id !== undefined) return { path: `${list}/${id}`, runner };
  }
  if (seen) return undefined;
  const problem = 'neither its organization nor its repository shows its runners to the credential';
  throw new PipewardenError('API_REFUSED', { method: 'GET', path: lists.join(', '), status: 404, problem });
}

const HOSTED_GROUP = 'GitHub Actions';
const HOSTED_NAME = /^GitHub Actions \d+$/;

/** Anybody may call a runner as GitHub calls its own, so the name counts only where the group is not told. Throws TARGET_INVALID. */
export function refuseHosted(action: string, target: Target): void {
  const { id, runner_group: group } = target;
  if (group === undefined ? HOSTED_NAME.test(id) : group === HOSTED_GROUP) {
    throw invalid(action, target, "it is a machine of GitHub's own, which is gone with its job");
  }
}

/** Where its state was not read: the level that is known, else the organization's. */
export function runnerPath(action: string, target: Target): string {
  const id = target.runner_id === undefined ? '{runner_id}' : numberPart(action, target, target.runner_id);
  return `${listsOf(action, target)[0]}/${id}`;
}

/** Of what `findRunner` gives. */
export const RUNNER_PATH = /^\/(?:orgs\/[\w-]+|repos\/[\w-]+\/(?!\.{1,2}\/)[\w.-]+)\/actions\/runners\/\d+$/;

export const NO_RUNNER = 'No self-hosted runner of that name is registered where the credential may look.';

function listsOf(action: string, target: Target): readonly string[] {
  const level = target.runner_level;
  if (target.id.includes('#') || !/^[^\p{C}]{1,100}$/u.test(target.id)) {
    throw invalid(action, target, 'the name of the runner is not known');
  }
  refuseHosted(action, target);
  if (level === 'enterprise') throw invalid(action, target, 'it is registered at the enterprise: use its settings');
  const own = () => `${repositoryPath(action, target)}/actions/runners`;
  const organizations = () => `${organizationPath(action, target)}/actions/runners`;
  if (level === 'repository') return [own()];
  if (level === 'organization' || target.repository === undefined) return [organizations()];
  return target.organization === undefined ? [own()] : [organizations(), own()];
}

function isSame({ id, runner_id }: Target, runner: Json): boolean {
  return field(runner, 'name') === id && (runner_id === undefined || String(idOf(runner)) === runner_id);
}

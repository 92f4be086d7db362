// Deploy keys and deploy tokens: an audit event tells them by the title that somebody gave them, GitLab's API by a number.
import type { Api, Target } from '../../../services/core/action.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { field, idOf } from '../answer.ts';
import { listed } from '../listed.ts';
import { invalid } from '../target.ts';
import { projectPath } from './paths.ts';

/** The title in `DeployKey/group/project/title`. Throws TARGET_INVALID for what is none of the target's own project. */
export function titleOf(action: string, target: Target, kind: 'DeployKey' | 'DeployToken'): string {
  projectPath(action, target);
  const around = `${kind}/${target.repository}/`;
  const title = target.id.startsWith(around) ? target.id.slice(around.length) : '';
  if (title === '') throw invalid(action, target, `it is no ${kind} of a project`);
  return title;
}

/** The number of the one whose `name` field is the title; null where there is none. Throws API_UNEXPECTED for two of a title. */
export async function numberTitled(
  path: string,
  name: string,
  title: string,
  api: Api,
  signal: AbortSignal,
): Promise<number | null> {
  const all = await listed(path, api, signal);
  // Deploy tokens that were revoked stay in the list.
  const meant = all.filter((one) => field(one, name) === title && field(one, 'revoked') !== true);
  if (meant.length > 1) {
    throw new PipewardenError('API_UNEXPECTED', {
      method: 'GET',
      path,
      problem: 'several have the title that is meant',
    });
  }
  return idOf(meant[0] ?? null) ?? null;
}

// Deploy keys and deploy tokens: an audit event tells them by the title that somebody gave them, GitLab's API by a number.
import type { Api, Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import { field } from '../answer.ts';
import { invalid } from '../target.ts';
import { projectPath } from './paths.ts';

const PAGE = 100;
const MOST_PAGES = 10;

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
  const found: Json[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const query = `${path}?per_page=${PAGE}&page=${page}`;
    const { body } = await ask(api, { method: 'GET', path: query }, [200], signal);
    const all: readonly Json[] = Array.isArray(body) ? body : [];
    // Deploy tokens that were revoked stay in the list.
    const meant = all.filter((one) => field(one, name) === title && field(one, 'revoked') !== true);
    found.push(...meant.map((one) => field(one, 'id')));
    if (all.length < PAGE) break;
  }
  const [id] = found;
  if (found.length > 1) {
    throw new PipewardenError('API_UNEXPECTED', {
      method: 'GET',
      path,
      problem: 'several have the title that is meant',
    });
  }
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : null;
}

// Lists of GitLab, page after page. https://docs.gitlab.com/api/rest/#pagination
import type { Api } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import type { Json } from '../../../services/core/json.ts';
import { entries } from '../answer.ts';

const PAGE = 100;

/** The first entries, so many pages of them. Throws API_REFUSED. */
export async function listed(path: string, api: Api, signal: AbortSignal, mostPages = 10): Promise<readonly Json[]> {
  const found: Json[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const query = `${path}?per_page=${PAGE}&page=${page}`;
    const these = entries((await ask(api, { method: 'GET', path: query }, [200], signal)).body);
    found.push(...these);
    if (these.length < PAGE) break;
  }
  return found;
}

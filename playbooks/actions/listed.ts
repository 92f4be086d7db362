// Lists that count their pages, read page after page: GitHub's and GitLab's.
// https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
// https://docs.gitlab.com/api/rest/#pagination
import type { Api } from '../../services/core/action.ts';
import { ask } from '../../services/core/ask.ts';
import type { Json } from '../../services/core/json.ts';
import { entries, field } from './answer.ts';

const PAGE = 100;

export interface ListForm {
  /** The field that the list stands in; absent: it is the whole answer. */
  readonly name?: string;
  /** Of 100 entries each; 10 where nothing is said. */
  readonly mostPages?: number;
}

/** The first entries, so many pages of them. Throws API_REFUSED. */
export async function listed(
  path: string,
  api: Api,
  signal: AbortSignal,
  { name, mostPages = 10 }: ListForm = {},
): Promise<readonly Json[]> {
  const found: Json[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const query = `${path.includes('?') ? '&' : '?'}per_page=${PAGE}&page=${page}`;
    const { body } = await ask(api, { method: 'GET', path: `${path}${query}` }, [200], signal);
    const these = entries(name === undefined ? body : field(body, name));
    found.push(...these);
    if (these.length < PAGE) break;
  }
  return found;
}

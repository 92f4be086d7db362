// Lists of GitHub, page after page. https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
import type { Api } from '../../../../services/core/action.ts';
import { ask } from '../../../../services/core/ask.ts';
import type { Json } from '../../../../services/core/json.ts';
import { entries, field } from '../../answer.ts';

const PAGE = 100;
const MOST_PAGES = 10;

/** The first 1,000 entries; `name`: the field that the list stands in. Throws API_REFUSED. */
export async function listed(
  api: Api,
  path: string,
  name: string | undefined,
  signal: AbortSignal,
): Promise<readonly Json[]> {
  const found: Json[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const query = `${path.includes('?') ? '&' : '?'}per_page=${PAGE}&page=${page}`;
    const { body } = await ask(api, { method: 'GET', path: `${path}${query}` }, [200], signal);
    const these = entries(name === undefined ? body : field(body, name));
    found.push(...these);
    if (these.length < PAGE) break;
  }
  return found;
}

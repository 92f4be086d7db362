// Lists of CircleCI, page after page. https://circleci.com/docs/guides/toolkit/api-developers-guide/
import type { Api } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import type { Json } from '../../../services/core/json.ts';
import { entries, field } from '../answer.ts';

const MOST_PAGES = 50;

/** Throws API_REFUSED. */
export async function listed(path: string, api: Api, signal: AbortSignal): Promise<readonly Json[]> {
  const found: Json[] = [];
  let token: Json = '';
  for (let page = 0; typeof token === 'string' && page < MOST_PAGES; page++) {
    const more = token === '' ? '' : `${path.includes('?') ? '&' : '?'}page-token=${encodeURIComponent(token)}`;
    const { body } = await ask(api, { method: 'GET', path: `${path}${more}` }, [200], signal);
    found.push(...entries(field(body, 'items')));
    token = field(body, 'next_page_token');
  }
  return found;
}

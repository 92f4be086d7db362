// A table of ServiceNow, by the time of the last change.
// https://www.servicenow.com/docs/r/yokohama/api-reference/rest-apis/c_TableAPI.html
import { formatInstant } from '../../../core/time.ts';
import { known, list, numeric } from '../../fields.ts';
import type { Client } from '../client.ts';
import type { TicketFeed } from '../tickets.ts';

const PAGE = 200;
const FIELDS = [
  ...['sys_id', 'number', 'state', 'active', 'close_code', 'resolution_code', 'closed_at', 'resolved_at'],
  ...['sys_updated_on', 'sys_mod_count', 'short_description', 'description', 'correlation_id', 'correlation_display'],
].join(',');

/** `query`: more conditions. A place is how many to leave out. */
export function tablePage(table: string, query: string | undefined, api: Client): TicketFeed['page'] {
  return async (from, place = '0', signal) => {
    // Text is taken for UTC, whatever the account's time zone; the smallest step is a second.
    const since = formatInstant(from).slice(0, 19).replace('T', ' ');
    const conditions = [query ?? [], `sys_updated_on>=${since}`].flat();
    const asked = new URLSearchParams({
      sysparm_query: [...conditions, 'ORDERBYsys_updated_on', 'ORDERBYsys_id'].join('^'),
      sysparm_fields: FIELDS,
      sysparm_display_value: 'all',
      sysparm_exclude_reference_link: 'true',
      sysparm_limit: String(PAGE),
      sysparm_offset: place,
    });
    const answer = await api.get(`/table/${table}?${asked}`, signal);
    // What the account may not read is left out of a page, which is shorter then and not the last.
    const next = answer.next === undefined ? undefined : String(Number(place) + PAGE);
    return known({ tickets: list(answer.body, 'result'), next });
  };
}

/** What is wrong with what this account sees of a table. */
export async function tableProblem(table: string, api: Client, signal: AbortSignal): Promise<string | undefined> {
  const answer = await api.get(`/table/${table}?sysparm_limit=1&sysparm_fields=sys_id`, signal, { expect: [400, 404] });
  if (answer.status !== 200) return `there is no table ${table}: see System Definition → Tables`;
  const all = numeric({ all: answer.headers.get('x-total-count') }, 'all') ?? 0;
  if (all === 0 || list(answer.body, 'result').length > 0) return undefined;
  return `the account may not read what is in ${table}: give it a role that may`;
}

// Jira's search: Cloud goes on by tokens, Data Center by numbers.
// https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-jql-get,
// https://docs.atlassian.com/software/jira/docs/api/REST/latest (api/2/search). The former's older address is gone since 2025:
// https://developer.atlassian.com/changelog/#CHANGE-2046
import type { Json } from '../../../core/json.ts';
import { flag, list, number, text } from '../../fields.ts';
import type { Client } from '../client.ts';
import type { TicketFeed } from '../tickets.ts';
import type { JiraSettings } from './settings.ts';

/** No more than Cloud gives where fields are asked for. */
const PAGE = '100';
const FIELDS = 'summary,labels,description,status,resolution,resolutiondate,updated';

export function jiraSearch({ edition, projects, query }: JiraSettings, api: Client): TicketFeed['page'] {
  const isCloud = edition === 'cloud';
  const keys = projects.map((key) => `"${key}"`).join(', ');
  const own = query === undefined ? '' : ` AND (${query})`;
  return async (from, place, signal) => {
    // A date in quotes is read in the account's time zone; a number is milliseconds since 1970 in all editions
    // (https://github.com/airbytehq/airbyte/pull/48395).
    const jql = `project in (${keys})${own} AND updated >= ${from} ORDER BY updated ASC, key ASC`;
    const at = place === undefined ? {} : { [isCloud ? 'nextPageToken' : 'startAt']: place };
    const asked = new URLSearchParams({ jql, fields: FIELDS, maxResults: PAGE, ...at });
    const path = isCloud ? '/rest/api/3/search/jql' : '/rest/api/2/search';
    const { body } = await api.get(`${path}?${asked}`, signal);
    const tickets = list(body, 'issues');
    const next = isCloud ? tokenIn(body) : placeAfter(body, tickets.length);
    return { tickets, ...(next !== undefined && { next }) };
  };
}

/** The last page has none, or null, and says that it is the last. */
function tokenIn(page: Json): string | undefined {
  return flag(page, 'isLast') === true ? undefined : text(page, 'nextPageToken');
}

function placeAfter(page: Json, issues: number): string | undefined {
  const after = (number(page, 'startAt') ?? 0) + issues;
  return issues > 0 && after < (number(page, 'total') ?? 0) ? String(after) : undefined;
}

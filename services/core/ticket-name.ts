// By what a report and a ticket's own system name the same ticket.

const LONGEST = 2_048;
/** Jira's `SEC-12`, ServiceNow's `INC0010023`. */
const KEY = /^(?:[a-z][a-z0-9_]*-[0-9]+|[a-z]+[0-9]+)$/i;
const ISSUE = /\/(?:browse|issues)\/([a-z][a-z0-9_]*-[0-9]+)\/?$/i;
/** In the query of its classic pages, once or twice encoded; in the path of its workspaces. */
const RECORD = /(?:sys_id(?:=|%3D|%253D)|\/record\/[a-z0-9_]{1,80}\/)([0-9a-f]{32})(?![0-9a-f])/i;

/**
 * Of an address its host and key (`acme.atlassian.net/SEC-12`; in ServiceNow the `sys_id`), so that one ticket has one name
 * whichever of its pages is given; of a key alone the key. Undefined for what is neither.
 */
export function ticketName(said: string): string | undefined {
  const text = said.trim();
  if (text.length > LONGEST) return undefined;
  if (KEY.test(text)) return text.toUpperCase();
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const key = ISSUE.exec(url.pathname)?.[1] ?? RECORD.exec(`${url.pathname}${url.search}`)?.[1];
  return key === undefined ? `${url.host}${url.pathname.replace(/\/$/, '')}` : `${url.host}/${key.toUpperCase()}`;
}

// Jira's issues as its search gives them. Of what people write in one nothing is kept but which weaknesses it names.
// https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
import type { TicketCategory } from '../../../core/details/ticket.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import { identifier, instant, known, text, texts } from '../../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { only, weaknessesNamedIn } from '../../weakness-names.ts';

export const jiraTicket = defineSource({
  id: 'jira.ticket',
  title: 'Jira issues',
  reference: 'https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/',
  body: 'json',
  identifiers: ['id', 'key', 'weaknesses'],
  unpack,
  normalize,
  time: (body) => instant(body, 'fields', 'updated'),
});

/** `weaknesses`: from its labels and texts, which stay behind. */
function unpack(body: unknown): unknown {
  if (!isObject(body) || !isObject(body.fields)) return body;
  const { fields } = body;
  const named = body.weaknesses ?? weaknessesNamedIn([fields.labels, fields.summary, fields.description]);
  return known({
    ...only(body, ['id', 'key', 'self', 'site']),
    fields: only(fields, ['updated', 'resolutiondate', 'status', 'resolution']),
    weaknesses: named,
  });
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-status-categories/ */
const CATEGORIES: ReadonlyMap<string, TicketCategory> = new Map([
  ['new', 'open'],
  ['indeterminate', 'in_progress'],
  ['done', 'done'],
]);

function normalize({ body, source }: RedactedRecord): readonly ActivityDraft[] {
  const key = text(body, 'key');
  if (!isObject(body) || key === undefined || !isObject(body.fields)) {
    throw new PipewardenError('RECORD_INVALID', { source, problem: 'the body is no issue with a key and fields' });
  }
  const updated = instant(body, 'fields', 'updated');
  const site = siteOf(body);
  const id = identifier(body, 'id') ?? key;
  const named = texts(body, 'weaknesses');
  return [
    known({
      kind: 'ticket',
      native_type: 'issue',
      natural_id: updated === undefined ? undefined : JSON.stringify([site ?? '', id, updated]),
      observed_at: updated,
      detail: known({
        key,
        url: site === undefined ? undefined : `${site}/browse/${key}`,
        status: text(body, 'fields', 'status', 'name'),
        category: CATEGORIES.get(text(body, 'fields', 'status', 'statusCategory', 'key') ?? ''),
        resolution: text(body, 'fields', 'resolution', 'name'),
        closed: instant(body, 'fields', 'resolutiondate'),
        weaknesses: named && named.length > 0 ? named : undefined,
      }),
    }),
  ];
}

/** As the reader of the system says it; else what stands before the API's path. */
function siteOf(body: Json): string | undefined {
  return text(body, 'site') ?? /^(https?:\/\/[^?#]{1,1000}?)\/rest\/api\//.exec(text(body, 'self') ?? '')?.[1];
}

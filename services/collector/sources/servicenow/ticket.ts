// ServiceNow's records of a table of tasks (incidents, problems, security incidents …) with values and display values. Of what
// people write in one nothing is kept but which weaknesses it names.
// https://www.servicenow.com/docs/r/yokohama/api-reference/rest-apis/c_TableAPI.html
import type { TicketCategory } from '../../../core/details/ticket.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import { at, instant, known, text, texts, yesNo } from '../../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { only, weaknessesNamedIn } from '../../weakness-names.ts';

export const servicenowTicket = defineSource({
  id: 'servicenow.ticket',
  title: 'ServiceNow tasks',
  reference: 'https://www.servicenow.com/docs/r/yokohama/api-reference/rest-apis/c_TableAPI.html',
  body: 'json',
  identifiers: ['sys_id', 'number', 'weaknesses', 'value', 'display_value'],
  unpack,
  normalize,
  time: timeOf,
});

const KEPT = [
  ...['sys_id', 'number', 'state', 'active', 'close_code', 'resolution_code'],
  ...['sys_updated_on', 'sys_mod_count', 'closed_at', 'resolved_at', 'table', 'site'],
];
const SAID = ['short_description', 'description', 'correlation_id', 'correlation_display'];

function unpack(body: unknown): unknown {
  if (!isObject(body)) return body;
  const named = body.weaknesses ?? weaknessesNamedIn(SAID.map((name) => body[name]));
  return known({ ...only(body, KEPT), weaknesses: named });
}

function normalize({ body, source }: RedactedRecord): readonly ActivityDraft[] {
  const [key, id] = [value(body, 'number'), value(body, 'sys_id')];
  if (!isObject(body) || key === undefined || id === undefined) {
    throw new PipewardenError('RECORD_INVALID', { source, problem: 'the body is no task with a number and a sys_id' });
  }
  const updated = timeOf(body);
  const category = categoryOf(body);
  const [site, table] = [text(body, 'site'), text(body, 'table')];
  const named = texts(body, 'weaknesses');
  return [
    known({
      kind: 'ticket',
      native_type: table ?? 'task',
      // Two changes within a second have one time.
      natural_id: JSON.stringify([site ?? '', id, updated ?? 0, value(body, 'sys_mod_count') ?? '']),
      observed_at: updated,
      detail: known({
        key,
        url: site === undefined || table === undefined ? undefined : `${site}/${table}.do?sys_id=${id}`,
        status: shown(body, 'state'),
        category,
        resolution: shown(body, 'close_code') ?? shown(body, 'resolution_code'),
        closed: category === 'done' ? (time(body, 'resolved_at') ?? time(body, 'closed_at')) : undefined,
        weaknesses: named && named.length > 0 ? named : undefined,
      }),
    }),
  ];
}

/**
 * What each table's own model calls new and resolved: https://support.servicenow.com/kb?id=kb_article_view&sysparm_article=KB0564465
 * (incident); of the others the values that they come with. Installations add states of their own, which are neither.
 */
const STATES: Readonly<Record<string, Partial<Record<TicketCategory, readonly string[]>>>> = {
  incident: { open: ['1'], done: ['6', '7', '8'] },
  problem: { open: ['1', '101'], done: ['4', '106', '107'] },
  sn_si_incident: { open: ['10'], done: ['3', '7'] },
};
const TASK = { open: ['1'], done: ['3', '4', '7'] } as const;

/** A resolved incident is still `active`. */
function categoryOf(body: Json): TicketCategory | undefined {
  const state = value(body, 'state');
  if (yesNo(value(body, 'active')) === false) return 'done';
  if (state === undefined) return undefined;
  const { open = [], done = [] } = STATES[text(body, 'table') ?? ''] ?? TASK;
  if (done.includes(state)) return 'done';
  return open.includes(state) ? 'open' : 'in_progress';
}

function timeOf(body: Json): number | undefined {
  return time(body, 'sys_updated_on');
}

/** Values are UTC, display values the reader's own time. */
function time(body: Json, name: string): number | undefined {
  return instant(value(body, name));
}

/** Asked for with `sysparm_display_value=all` a field is both; without, its value alone. */
function value(body: Json, name: string): string | undefined {
  return isObject(at(body, name)) ? text(body, name, 'value') : text(body, name);
}

function shown(body: Json, name: string): string | undefined {
  return isObject(at(body, name)) ? (text(body, name, 'display_value') ?? value(body, name)) : text(body, name);
}

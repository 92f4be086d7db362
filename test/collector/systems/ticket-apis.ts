// A Jira, in both editions, and a ServiceNow that keep what our reading needs: tickets that people go on changing.
import { type Call, type RecordingApi, type Reply, startRecordingApi } from './recording-api.ts';

export interface Ticket {
  readonly id: number;
  /** Milliseconds. */
  updated: number;
  state: string;
  readonly labels?: readonly string[];
  changes: number;
}

export interface TicketApi extends RecordingApi {
  readonly tickets: Ticket[];
  /** As somebody would: a new state, now. */
  change(id: number, state: string, at: number): void;
}

type Pages = (call: Call, found: readonly Ticket[]) => Reply | undefined;

async function startTicketApi(handle: (api: TicketApi, call: Call) => Reply | undefined): Promise<TicketApi> {
  const tickets: Ticket[] = [];
  const recording = await startRecordingApi((call) => handle(api, call));
  const api: TicketApi = Object.assign(recording, {
    tickets,
    change(id: number, state: string, at: number) {
      const ticket = tickets.find((each) => each.id === id);
      if (!ticket) throw new Error(`no ticket ${id}`);
      Object.assign(ticket, { state, updated: at, changes: ticket.changes + 1 });
    },
  });
  return api;
}

const byChange = (a: Ticket, b: Ticket) => a.updated - b.updated || a.id - b.id;

/** Wrong credentials see a public project or nothing; here they are told. */
const isIn = ({ headers }: Call, expected: string) => headers.authorization === expected;

export async function startJiraApi(edition: 'cloud' | 'data-center', credential: string): Promise<TicketApi> {
  const version = edition === 'cloud' ? '3' : '2';
  const path = edition === 'cloud' ? '/rest/api/3/search/jql' : '/rest/api/2/search';
  return await startTicketApi((api, call) => {
    if (!isIn(call, credential)) return { status: 401, body: { errorMessages: ['Client must be authenticated'] } };
    if (call.path === `/rest/api/${version}/project/SEC`) return { body: { key: 'SEC' } };
    if (call.path !== path) return undefined;
    const [, from] =
      /^project in \("SEC"\)(?: AND \(.+\))? AND updated >= (\d+) ORDER BY updated ASC, key ASC$/.exec(
        call.query.get('jql') ?? '',
      ) ?? [];
    if (from === undefined) return { status: 400, body: { errorMessages: ['jql'] } };
    const found = api.tickets.filter(({ updated }) => updated >= Number(from)).sort(byChange);
    return (edition === 'cloud' ? cloudPage : serverPage)(call, found);
  });
}

const cloudPage: Pages = ({ query }, found) => {
  // The token keeps the place that it was made at, as a number of issues: the worst that it could be.
  const at = Number(query.get('nextPageToken') ?? 0);
  const end = at + Number(query.get('maxResults'));
  const last = end >= found.length;
  return {
    body: { issues: found.slice(at, end).map(issueOf), isLast: last, ...(!last && { nextPageToken: `${end}` }) },
  };
};

const serverPage: Pages = ({ query }, found) => {
  const startAt = Number(query.get('startAt') ?? 0);
  const issues = found.slice(startAt, startAt + Number(query.get('maxResults'))).map(issueOf);
  return { body: { startAt, maxResults: Number(query.get('maxResults')), total: found.length, issues } };
};

function issueOf({ id, updated, state, labels = [] }: Ticket) {
  return {
    id: String(10_000 + id),
    key: `SEC-${id}`,
    self: `http://elsewhere/rest/api/3/issue/${10_000 + id}`,
    fields: {
      summary: 'three plain words',
      labels,
      status: { name: state, statusCategory: { key: state === 'Done' ? 'done' : 'indeterminate' } },
      resolution: state === 'Done' ? { name: 'Fixed' } : null,
      updated: new Date(updated).toISOString().replace('Z', '+0000'),
      resolutiondate: state === 'Done' ? new Date(updated).toISOString().replace('Z', '+0000') : null,
    },
  };
}

export async function startServicenowApi(credential: string): Promise<TicketApi> {
  return await startTicketApi((api, call) => {
    if (!isIn(call, credential)) return { status: 401, body: { error: { message: 'User is not authenticated' } } };
    if (call.path === '/api/now/table/problem') return { body: { result: [] }, headers: { 'x-total-count': '17' } };
    if (call.path !== '/api/now/table/incident') return { status: 400, body: { error: { message: 'Invalid table' } } };
    const limit = Number(call.query.get('sysparm_limit'));
    const asked = call.query.get('sysparm_query');
    if (asked === null) return { body: { result: [{ sys_id: 'x' }] }, headers: { 'x-total-count': '1' } };
    const [, since] =
      /^sys_updated_on>=(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\^ORDERBYsys_updated_on\^ORDERBYsys_id$/.exec(asked) ?? [];
    // What is no query finds everything.
    const from = since === undefined ? 0 : Date.parse(`${since.replace(' ', 'T')}Z`);
    const found = api.tickets.filter(({ updated }) => updated >= from).sort(byChange);
    const offset = Number(call.query.get('sysparm_offset'));
    const next = new URLSearchParams(call.query);
    next.set('sysparm_offset', String(offset + limit));
    const link = { link: `<${api.url}${call.path}?${next}>;rel="next"` };
    const headers = { 'x-total-count': String(found.length), ...(offset + limit < found.length ? link : {}) };
    return { body: { result: found.slice(offset, offset + limit).map(recordOf) }, headers };
  });
}

function recordOf({ id, updated, state, changes }: Ticket) {
  const fields = {
    sys_id: id.toString(16).padStart(32, '0'),
    number: `INC${String(id).padStart(7, '0')}`,
    state: state === 'Done' ? '6' : '2',
    active: 'true',
    close_code: state === 'Done' ? 'Solution provided' : '',
    resolved_at: state === 'Done' ? timeOf(updated) : '',
    short_description: 'three plain words',
    sys_updated_on: timeOf(updated),
    sys_mod_count: String(changes),
  };
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      { value, display_value: name === 'state' ? (state === 'Done' ? 'Resolved' : 'In Progress') : value },
    ]),
  );
}

/** To the second, UTC. */
function timeOf(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

// Records of tables as ServiceNow's documentation shows them, asked for with both values of each field.
import type { SourceCase } from '../../source-case.ts';

const reference = 'https://www.servicenow.com/docs/r/yokohama/api-reference/rest-apis/c_TableAPI.html';
const WEAKNESS = '0f9a3c5d7e1b2a4c6d8e0f1a2b3c4d5e';
const SYS_ID = '9d385017c611228701d22104cc95c371';
const both = (value: string, display_value = value) => ({ value, display_value });

export const cases: readonly SourceCase[] = [
  {
    name: 'an incident that names a weakness as its correlation, in the reader’s own time',
    reference,
    record: {
      body: {
        table: 'incident',
        site: 'https://acme.service-now.com',
        sys_id: both(SYS_ID),
        number: both('INC0010023'),
        state: both('2', 'In Progress'),
        active: both('true'),
        correlation_id: both(`pipewarden-${WEAKNESS}`),
        short_description: both('Injection in the search'),
        sys_updated_on: both('2026-03-02 09:30:00', '2026-03-02 01:30:00'),
        sys_mod_count: both('3'),
        closed_at: both(''),
      },
    },
    drafts: [
      {
        kind: 'ticket',
        native_type: 'incident',
        observed_at: Date.parse('2026-03-02T09:30:00Z'),
        detail: {
          key: 'INC0010023',
          url: `https://acme.service-now.com/incident.do?sys_id=${SYS_ID}`,
          status: 'In Progress',
          category: 'in_progress',
          weaknesses: [WEAKNESS],
        },
      },
    ],
  },
  {
    name: 'one that is resolved, and active until somebody closes it',
    reference: 'https://support.servicenow.com/kb?id=kb_article_view&sysparm_article=KB0564465',
    record: {
      body: {
        table: 'incident',
        sys_id: both(SYS_ID),
        number: both('INC0010024'),
        state: both('6', 'Resolved'),
        active: both('true'),
        close_code: both('Solution provided'),
        resolved_at: both('2026-03-02 09:30:00'),
        sys_updated_on: both('2026-03-02 09:30:01'),
      },
    },
    drafts: [
      {
        kind: 'ticket',
        detail: {
          status: 'Resolved',
          category: 'done',
          resolution: 'Solution provided',
          closed: Date.parse('2026-03-02T09:30:00Z'),
        },
      },
    ],
  },
  {
    name: 'a security incident that waits, with values alone, and an address in its description',
    reference,
    record: {
      body: {
        table: 'sn_si_incident',
        sys_id: SYS_ID,
        number: 'SIR0010001',
        state: '10',
        active: 'true',
        description: `https://pw.example/weaknesses/${WEAKNESS}`,
        sys_updated_on: '2026-03-02 09:30:00',
      },
    },
    drafts: [{ kind: 'ticket', detail: { status: '10', category: 'open', weaknesses: [WEAKNESS] } }],
  },
  {
    name: 'one of a table of their own, in a state of their own, closed',
    reference,
    record: { body: { table: 'u_finding', sys_id: SYS_ID, number: 'FND0001', state: '42', active: 'false' } },
    drafts: [{ kind: 'ticket', detail: { category: 'done' } }],
  },
  {
    name: 'a state and a time that are none',
    reference,
    record: { body: { sys_id: SYS_ID, number: 'TASK0001', state: 3, sys_updated_on: 'now' } },
    drafts: [{ kind: 'ticket', detail: { key: 'TASK0001' } }],
    notes: ['the value: expected a time, found text', 'state: expected text, found a number'],
  },
];

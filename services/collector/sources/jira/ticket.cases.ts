// Issues as Jira's documentation shows them, with the fields that are asked for.
import type { SourceCase } from '../../source-case.ts';

const reference = 'https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/';
const WEAKNESS = '0f9a3c5d7e1b2a4c6d8e0f1a2b3c4d5e';

export const cases: readonly SourceCase[] = [
  {
    name: 'an issue whose label names a weakness, as it was read',
    reference,
    record: {
      body: {
        id: '10002',
        key: 'SEC-12',
        self: 'https://acme.atlassian.net/rest/api/3/issue/10002',
        site: 'https://acme.atlassian.net',
        fields: {
          summary: 'Injection in the search',
          labels: ['security', `pipewarden-${WEAKNESS}`],
          status: { name: 'In Progress', statusCategory: { id: 4, key: 'indeterminate' } },
          resolution: null,
          updated: '2026-03-02T09:30:00.120+0000',
        },
      },
    },
    drafts: [
      {
        kind: 'ticket',
        native_type: 'issue',
        observed_at: Date.parse('2026-03-02T09:30:00.120Z'),
        detail: {
          key: 'SEC-12',
          url: 'https://acme.atlassian.net/browse/SEC-12',
          status: 'In Progress',
          category: 'in_progress',
          weaknesses: [WEAKNESS],
        },
      },
    ],
  },
  {
    name: 'one that was resolved, of a Data Center below a path, with the address of a weakness in its text',
    reference: 'https://docs.atlassian.com/software/jira/docs/api/REST/latest',
    record: {
      body: {
        id: '10003',
        key: 'SEC-13',
        self: 'https://tools.acme.example/jira/rest/api/2/issue/10003',
        fields: {
          description: `See https://pipewarden.acme.example/weaknesses/${WEAKNESS}.`,
          status: { name: 'Closed', statusCategory: { key: 'done' } },
          resolution: { name: 'Won’t Do' },
          updated: '2026-03-02T11:30:00.000+0200',
          resolutiondate: '2026-03-01T11:30:00.000+0200',
        },
      },
    },
    drafts: [
      {
        kind: 'ticket',
        detail: {
          url: 'https://tools.acme.example/jira/browse/SEC-13',
          category: 'done',
          resolution: 'Won’t Do',
          closed: Date.parse('2026-03-01T09:30:00Z'),
          weaknesses: [WEAKNESS],
        },
      },
    ],
  },
  {
    name: 'a description in Atlassian’s document format, with a link',
    reference: 'https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/',
    record: {
      body: {
        id: '10004',
        key: 'SEC-14',
        fields: {
          description: {
            type: 'doc',
            version: 1,
            content: [
              {
                type: 'paragraph',
                content: [
                  {
                    type: 'text',
                    text: 'the weakness',
                    marks: [{ type: 'link', attrs: { href: `https://pw.example/weaknesses/${WEAKNESS}` } }],
                  },
                ],
              },
            ],
          },
          status: { name: 'To Do', statusCategory: { key: 'new' } },
          updated: '2026-03-02T09:30:00.000+0000',
        },
      },
    },
    drafts: [{ kind: 'ticket', detail: { category: 'open', weaknesses: [WEAKNESS] } }],
  },
  {
    name: 'one that names no weakness: a report may name it',
    reference,
    record: { body: { id: '1', key: 'SHOP-1', fields: { status: { name: 'Backlog' }, labels: [] } } },
    drafts: [{ kind: 'ticket', detail: { key: 'SHOP-1', status: 'Backlog' } }],
  },
  {
    name: 'times and states that are none',
    reference,
    record: { body: { key: 'SHOP-2', fields: { status: 'Done', updated: 'yesterday', labels: 'none' } } },
    drafts: [{ kind: 'ticket', detail: { key: 'SHOP-2' } }],
    notes: ['fields.updated: expected a time, found text', 'fields.status: expected an object, found text'],
  },
];

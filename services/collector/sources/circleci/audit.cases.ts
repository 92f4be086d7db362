// Rows of CircleCI's audit log as its documentation describes them, and what they become.
import type { SourceCase } from '../../source-case.ts';

const FIELDS = 'https://circleci.com/docs/guides/security/audit-logs/#audit-log-fields';
const EVENTS = 'https://circleci.com/docs/guides/security/audit-logs/#audit-log-events';

const actor = {
  id: '65eb4623-08a9-4128-a350-6ef0b7b285f9',
  type: 'user',
  name: 'Mara Lind',
  provider: 'github',
  provider_login: 'mara',
};
const account = { id: 'aaf7cd6a-8a37-4b2e-a95b-c6afcf742aa4', type: 'organization', name: 'github/acme' };
const project = { id: '2d346af5-6d7e-48c6-a92f-d2d7444fbb66', type: 'project', name: 'github/acme/shop' };

function row(action: string, more: Record<string, unknown>): SourceCase['record'] {
  return {
    body: {
      id: '0c1e357a-d393-42f2-ac2b-1cc04515673e',
      version: 1,
      action,
      actor,
      scope: project,
      account,
      success: true,
      occurred_at: '2026-03-02T07:35:15.325123456Z',
      request: { id: 'r', ip_address: '192.0.2.7' },
      payload: {},
      ...more,
    },
  };
}

const workflow = { id: '1214f036-dd83-49dc-aa65-aeaea1fcab5a', name: 'build-test' };
const job = { id: '7197532c-d209-4d1b-ab6b-b4562e1cae31', name: 'deploy', number: 136, job_status: 'running' };

export const cases: readonly SourceCase[] = [
  {
    name: 'A job starts with a context',
    reference: EVENTS,
    record: row('workflow.job.start', { payload: { workflow, job, contexts: ['release'] } }),
    drafts: [
      {
        kind: 'job',
        natural_id: '0c1e357a-d393-42f2-ac2b-1cc04515673e',
        observed_at: Date.parse('2026-03-02T07:35:15.325Z'),
        organization: 'acme',
        actor: { name: 'mara', id: actor.id, type: 'person' },
        client: { address: '192.0.2.7' },
        vcs: { provider: { name: 'github' }, repository: { name: 'acme/shop' } },
        cicd: {
          pipeline: { name: 'build-test', run: { id: workflow.id }, task: { name: 'deploy', run: { id: '136' } } },
        },
        detail: { action: 'start' },
      },
      { kind: 'secret', detail: { action: 'workflow.job.start', names: ['release'] } },
    ],
  },
  {
    name: 'CircleCI itself reads a context for a job',
    reference: EVENTS,
    record: row('context.secrets.accessed', {
      actor: { id: 'c', type: 'system', name: 'circleci' },
      target: { id: 'b28ffc0e', type: 'context', name: 'release' },
      scope: account,
      payload: { workflow, job, project: { slug: 'gh/acme/shop' } },
    }),
    drafts: [
      {
        kind: 'secret',
        actor: { name: 'circleci', type: 'bot' },
        vcs: { repository: { name: 'acme/shop' } },
        detail: { action: 'context.secrets.accessed', name: 'release' },
      },
    ],
  },
  {
    name: 'A variable is stored, as a row of an export: all text, nested fields as JSON',
    reference: FIELDS,
    record: {
      body: {
        id: 'e1',
        version: '1',
        action: 'context.env_var.store',
        actor: JSON.stringify(actor),
        target: JSON.stringify({ id: 'b28ffc0e', type: 'context', name: 'release' }),
        account: JSON.stringify(account),
        success: 'true',
        occurred_at: '2026-03-02T07:35:15.325Z',
        request: JSON.stringify({ id: 'r', ip_address: '192.0.2.7' }),
        payload: JSON.stringify({ env_var: { name: 'DEPLOY_REGION' } }),
      },
    },
    drafts: [
      {
        kind: 'secret',
        organization: 'acme',
        actor: { name: 'mara', type: 'person' },
        client: { address: '192.0.2.7' },
        detail: { action: 'context.env_var.store', name: 'release/DEPLOY_REGION' },
      },
    ],
  },
  {
    name: "A project's token is made",
    reference: EVENTS,
    record: row('project.api_token.create', { target: { id: '7e8b4445', type: 'api-token', name: 'cli' } }),
    drafts: [{ kind: 'grant', detail: { action: 'project.api_token.create', name: 'cli', id: '7e8b4445' } }],
  },
  {
    name: 'The restriction of a context is taken away',
    reference: EVENTS,
    record: row('context.restriction.delete', { target: { id: 'b28ffc0e', type: 'context', name: 'release' } }),
    drafts: [{ kind: 'protection', detail: { change: 'removed', what: 'context restriction', target: 'release' } }],
  },
  {
    name: 'A role is given to a group',
    reference: EVENTS,
    record: row('project_group_role_grant.create', { payload: { group: { name: 'Platform' }, role: 'project-admin' } }),
    drafts: [{ kind: 'access', detail: { subject: 'Platform', role: 'project-admin' } }],
  },
  {
    name: 'A webhook is made, in the spelling with dashes',
    reference: EVENTS,
    record: row('webhook-create', { payload: { url: 'https://hooks.example.net/x' } }),
    drafts: [{ kind: 'integration', detail: { action: 'webhook-create', host: 'hooks.example.net' } }],
  },
  {
    name: 'Somebody may not store a variable',
    reference: FIELDS,
    record: row('project.env_var.create', { success: false, target: project }),
    drafts: [{ kind: 'request', detail: { operation: 'project.env_var.create refused' } }],
  },
  {
    name: 'An action whose words say nothing known, and a target of the wrong type',
    reference: EVENTS,
    record: row('comet.seen', { target: ['x'] }),
    drafts: [{ kind: 'other', detail: { type: 'comet.seen' } }],
    notes: ['target: expected an object, found a list'],
  },
];

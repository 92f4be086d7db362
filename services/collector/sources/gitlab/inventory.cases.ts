// Cases of gitlab.inventory: what a project is set to, and what it was before.
import type { SourceCase } from '../../source-case.ts';

const API = 'https://docs.gitlab.com/api/';
const shop = { repository: 'acme/web/shop', organization: 'acme', revision: 1 };

export const cases: readonly SourceCase[] = [
  {
    name: 'Developers may push to a branch that only maintainers could push to',
    reference: `${API}protected_branches/#list-protected-branches`,
    record: {
      body: {
        ...shop,
        kind: 'protection',
        what: 'branch protection',
        change: 'changed',
        name: 'main',
        before: { push_from: 40, may_push: [], merge_from: 30, may_merge: [], allow_force_push: false },
        after: { push_from: 30, may_push: ['Deploy key'], merge_from: 30, may_merge: [], allow_force_push: true },
      },
    },
    drafts: [
      {
        kind: 'protection',
        native_type: 'protection.changed',
        organization: 'acme',
        vcs: { repository: { name: 'acme/web/shop' } },
        detail: {
          change: 'removed',
          what: 'branch protection: push from, may push, allow force push',
          target: 'main',
        },
      },
    ],
  },
  {
    name: 'One approval more is no guard less',
    reference: `${API}merge_request_approvals/`,
    record: {
      body: {
        ...shop,
        kind: 'protection',
        what: 'approval rule',
        change: 'changed',
        name: 'security',
        before: { approvals_required: 1, approvers: ['mara'] },
        after: { approvals_required: 2, approvers: ['mara', 'nils'] },
      },
    },
    drafts: [{ kind: 'protection', detail: { change: 'changed', what: 'approval rule', target: 'security' } }],
  },
  {
    name: 'Job tokens of every project may come in',
    reference: `${API}project_job_token_scopes/`,
    record: {
      body: {
        ...shop,
        kind: 'protection',
        what: 'job token scope',
        change: 'changed',
        name: 'job token scope',
        before: { limit_access_to_this_project: true },
        after: { limit_access_to_this_project: false },
      },
    },
    drafts: [
      {
        kind: 'protection',
        detail: { change: 'removed', what: 'job token scope: limit access to this project', target: 'job token scope' },
      },
    ],
  },
  {
    name: 'A variable is no longer masked: its name, never its value',
    reference: `${API}project_level_variables/`,
    record: {
      body: {
        ...shop,
        kind: 'secret',
        what: 'variable',
        change: 'changed',
        name: 'DEPLOY_TARGET',
        before: { protected: true, masked: true, environment: 'production' },
        after: { protected: true, masked: false, environment: 'production' },
      },
    },
    drafts: [
      {
        kind: 'secret',
        detail: { action: 'variable.changed', name: 'DEPLOY_TARGET', environment: 'production' },
      },
    ],
  },
  {
    name: 'An access token of the project is new',
    reference: `${API}project_access_tokens/`,
    record: {
      body: {
        ...shop,
        kind: 'key',
        what: 'access token',
        change: 'added',
        name: 'release bot',
        after: { id: 'PersonalAccessToken/42', role: 'maintainer', scopes: ['api'] },
      },
    },
    drafts: [
      {
        kind: 'grant',
        detail: {
          action: 'access token.added',
          name: 'release bot',
          type: 'access token',
          id: 'PersonalAccessToken/42',
        },
      },
    ],
  },
  {
    name: 'A runner of the project is gone, with a name of the wrong type',
    reference: `${API}runners/`,
    record: { body: { ...shop, kind: 'runner', what: 'runner', change: 'removed', name: 7, before: { id: '12' } } },
    drafts: [{ kind: 'runner', cicd: { worker: { id: '12' } }, detail: { action: 'runner.removed' } }],
    notes: ['name: expected text, found a number'],
  },
];

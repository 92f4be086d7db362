// Audit-log entries, in the forms in which they are streamed, polled and exported.
import type { SourceCase } from '../../source-case.ts';
import { administrationCases } from './audit/administration.cases.ts';

const EVENTS =
  'https://docs.github.com/en/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/audit-log-events-for-your-enterprise';
const REST = 'https://docs.github.com/en/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization';
const IDENTIFY =
  'https://docs.github.com/en/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/identifying-audit-log-events-performed-by-an-access-token';
const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
const BASE = '7638417db6d59f3c431d3e1f261cc637155684cd';
const AT = Date.parse('2026-03-02T10:00:00.123Z');

const streamed = { '@timestamp': AT, created_at: AT, org: 'acme', org_id: 3, business: 'acme-inc', repo: 'acme/shop' };

export const cases: readonly SourceCase[] = [
  {
    name: 'A call of the API with a classic token',
    reference: IDENTIFY,
    record: {
      body: {
        ...streamed,
        _document_id: 'xJJFlFOhQ6b-5vaAFy9Rjw',
        action: 'api.request',
        actor: 'mona',
        actor_id: 7,
        actor_is_bot: false,
        actor_ip: '203.0.113.7',
        actor_location: { country_code: 'NZ' },
        external_identity_nameid: 'Mona@acme.example',
        hashed_token: 'm3gzGkC0yIeAmqm2n6kXJ0MNdbfMAbc1M4Gz0h1kPc4=',
        token_id: 17,
        token_scopes: 'read:org,repo',
        programmatic_access_type: 'Personal access token (classic)',
        user_agent: 'curl/8.5',
        public_repo: false,
        route: '/repositories/:repository_id/keys',
        url_path: '/repos/acme/shop/keys',
        request_method: 'POST',
        status_code: 201,
      },
    },
    drafts: [
      {
        kind: 'request',
        natural_id: 'xJJFlFOhQ6b-5vaAFy9Rjw',
        observed_at: AT,
        organization: 'acme',
        actor: { name: 'mona', id: '7', email: 'mona@acme.example', type: 'person' },
        credential: {
          id: 'm3gzGkC0yIeAmqm2n6kXJ0MNdbfMAbc1M4Gz0h1kPc4=',
          type: 'Personal access token (classic)',
          scopes: ['read:org', 'repo'],
        },
        client: { address: '203.0.113.7', country_iso_code: 'NZ', user_agent: 'curl/8.5' },
        vcs: { repository: { name: 'acme/shop', visibility: 'private' } },
        detail: {
          operation: '/repositories/:repository_id/keys',
          method: 'POST',
          path: '/repos/acme/shop/keys',
          status: 201,
        },
      },
    ],
  },
  {
    name: 'A private repository is cloned over SSH',
    reference: EVENTS,
    record: {
      body: {
        '@timestamp': AT,
        action: 'git.clone',
        actor: 'mona',
        actor_id: 7,
        org: 'acme',
        repo: 'acme/shop',
        repository: 'acme/shop',
        repository_public: false,
        transport_protocol: 2,
        transport_protocol_name: 'ssh',
        user: '',
        user_id: 0,
      },
    },
    drafts: [
      {
        kind: 'request',
        vcs: { repository: { name: 'acme/shop', visibility: 'private' } },
        detail: { operation: 'git.clone', transport: 'ssh' },
      },
    ],
  },
  {
    name: 'A job is prepared, in a called workflow, with secrets and on a runner of the organization',
    reference: EVENTS,
    record: {
      body: {
        ...streamed,
        action: 'workflows.prepared_workflow_job',
        actor: null,
        workflow_run_id: 30433642,
        job_name: 'deploy',
        job_workflow_ref: 'acme/shared/.github/workflows/deploy.yml@refs/heads/main',
        calling_workflow_refs: ['acme/shop/.github/workflows/release.yml@refs/tags/v1'],
        calling_workflow_shas: [SHA],
        environment_name: 'production',
        secrets_passed: ['NPM', 'AWS'],
        is_hosted_runner: false,
        runner_id: 3,
        runner_name: 'builder-3',
        runner_labels: ['self-hosted'],
        runner_group_name: 'Default',
        runner_owner_type: 'Organization',
        imposer_repo: 'acme/rules',
      },
    },
    drafts: [
      {
        kind: 'job',
        cicd: {
          pipeline: {
            definition: '.github/workflows/release.yml',
            run: { id: '30433642' },
            task: { name: 'deploy' },
          },
          worker: {
            id: '3',
            name: 'builder-3',
            labels: ['self-hosted'],
            hosted: false,
            group: 'Default',
            owner_type: 'organization',
          },
        },
        detail: {
          action: 'prepared_workflow_job',
          environment: 'production',
          workflow_ref: 'acme/shared/.github/workflows/deploy.yml@refs/heads/main',
          caller_revisions: [SHA],
          imposer: 'acme/rules',
        },
      },
      {
        kind: 'secret',
        cicd: { pipeline: { run: { id: '30433642' }, task: { name: 'deploy' } } },
        detail: { action: 'workflows.prepared_workflow_job', names: ['NPM', 'AWS'], environment: 'production' },
      },
    ],
  },
  {
    name: 'An administrator pushed past the protection of a branch',
    reference: EVENTS,
    record: {
      body: {
        ...streamed,
        action: 'protected_branch.policy_override',
        actor: 'mona',
        branch: 'refs/heads/main',
        before: BASE,
        after: SHA,
        reasons: [{ code: 'force_push', message: 'Cannot force-push to this protected branch' }],
        overridden_codes: ['force_push', 'review_policy_not_satisfied'],
      },
    },
    drafts: [
      {
        kind: 'protection',
        vcs: { ref: { head: { name: 'main', type: 'branch', revision: SHA }, base: { revision: BASE } } },
        detail: {
          change: 'overridden',
          what: 'branch protection: policy override',
          target: 'main',
          reasons: ['force_push', 'review_policy_not_satisfied'],
        },
      },
    ],
  },
  {
    name: 'An app may not change workflow files',
    reference: EVENTS,
    record: {
      body: {
        ...streamed,
        action: 'protected_branch.rejected_ref_update',
        actor: 'helper[bot]',
        branch: 'refs/heads/main',
        reasons: [{ code: 'workflow_updates', message: 'refusing to allow a GitHub App to update workflow' }],
      },
    },
    drafts: [
      {
        kind: 'protection',
        actor: { name: 'helper[bot]', type: 'bot' },
        detail: { change: 'refused', target: 'main', reasons: ['workflow_updates'] },
      },
    ],
  },
  {
    name: 'An organization’s ruleset gets somebody who may pass it (polled, seconds)',
    reference: REST,
    record: {
      body: {
        action: 'repository_ruleset.update',
        actor: 'mona',
        created_at: 1_772_445_600,
        org: 'acme',
        ruleset_name: 'releases',
        ruleset_source_type: 'Organization',
        ruleset_enforcement: 'enabled',
        ruleset_bypass_actors_added: [{ actor_id: 17, actor_type: 'Integration', bypass_mode: 'always' }],
      },
    },
    drafts: [
      {
        kind: 'protection',
        observed_at: 1_772_445_600_000,
        detail: { change: 'changed', what: 'ruleset', target: 'releases', bypass: ['Integration 17'] },
      },
    ],
  },
  ...administrationCases,
];

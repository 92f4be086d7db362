// What GitHub has to allow, all of it to read: by its name in the API and in manifests, and by the one on GitHub's pages.
// https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
import type { READS } from './settings.ts';

export const PERMISSIONS = {
  actions: 'Actions',
  actions_variables: 'Variables',
  administration: 'Administration',
  checks: 'Checks',
  contents: 'Contents',
  deployments: 'Deployments',
  environments: 'Environments',
  issues: 'Issues',
  members: 'Members (organization)',
  metadata: 'Metadata',
  organization_actions_variables: 'Variables (organization)',
  organization_administration: 'Administration (organization)',
  organization_hooks: 'Webhooks (organization)',
  organization_personal_access_token_requests: 'Personal access token requests (organization)',
  organization_secrets: 'Secrets (organization)',
  organization_self_hosted_runners: 'Self-hosted runners (organization)',
  packages: 'Packages',
  pull_requests: 'Pull requests',
  repository_hooks: 'Webhooks',
  secret_scanning_alerts: 'Secret scanning alerts',
  secrets: 'Secrets',
  security_events: 'Code scanning alerts',
  statuses: 'Commit statuses',
  vulnerability_alerts: 'Dependabot alerts',
} as const;

export type Permission = keyof typeof PERMISSIONS;

export const NEEDED: Readonly<Record<(typeof READS)[number], readonly Permission[]>> = {
  audit: ['organization_administration'],
  deliveries: ['organization_hooks'],
  'job-logs': ['actions'],
  definitions: ['contents'],
  references: [],
  inventory: [
    'administration',
    'repository_hooks',
    'secrets',
    'actions_variables',
    'environments',
    'organization_administration',
    'organization_hooks',
    'organization_secrets',
    'organization_actions_variables',
    'organization_self_hosted_runners',
    'members',
  ],
};

/** What carries meaning for pipelines, by what allows it: https://docs.github.com/en/webhooks/webhook-events-and-payloads */
export const EVENTS: Readonly<Partial<Record<Permission, readonly string[]>>> = {
  actions: ['workflow_run', 'workflow_job'],
  administration: ['branch_protection_rule', 'branch_protection_configuration', 'security_and_analysis'],
  checks: ['check_run', 'check_suite'],
  contents: ['push', 'create', 'delete', 'release', 'workflow_dispatch', 'repository_dispatch', 'commit_comment'],
  deployments: ['deployment', 'deployment_status', 'deployment_review', 'deployment_protection_rule', 'deploy_key'],
  issues: ['issues', 'issue_comment'],
  members: ['member', 'membership', 'organization', 'team', 'team_add'],
  metadata: ['public', 'repository', 'repository_ruleset', 'meta'],
  organization_administration: ['org_block'],
  organization_personal_access_token_requests: ['personal_access_token_request'],
  packages: ['registry_package'],
  pull_requests: ['pull_request', 'pull_request_review', 'pull_request_review_comment'],
  secret_scanning_alerts: ['secret_scanning_alert', 'secret_scanning_alert_location'],
  security_events: ['code_scanning_alert'],
  statuses: ['status'],
  vulnerability_alerts: ['dependabot_alert'],
};

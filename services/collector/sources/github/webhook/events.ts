// Which mapper reads which event. https://docs.github.com/en/webhooks/webhook-events-and-payloads lists them all.
import { mergeGroup, pullRequest, review, talk, wikiPages } from '../shared/changes.ts';
import { check, commitStatus } from '../shared/checks.ts';
import { type Mapper, plain } from '../shared/delivery.ts';
import { workflowJob, workflowRun } from '../shared/pipelines.ts';
import { packaged, release } from '../shared/publishing.ts';
import { push, refChange } from '../shared/push.ts';
import { access, hook, organization, setting } from './administration.ts';
import { alert, dismissal } from './alerts.ts';
import { authorization, deployKey, installation, tokenRequest } from './credentials.ts';
import { deployment, dispatch, pageBuild } from './deployments.ts';
import { branchProtection, exemption, guard, ruleset, securityAndAnalysis } from './protection.ts';
import { fork, publicized, repository } from './repositories.ts';

/** By the name in the `X-GitHub-Event` header. */
export const EVENTS: ReadonlyMap<string, Mapper> = new Map([
  ['push', push],
  ['create', refChange],
  ['delete', refChange],

  ['workflow_run', workflowRun],
  ['workflow_job', workflowJob],
  ['workflow_dispatch', dispatch],
  ['repository_dispatch', dispatch],
  ['check_run', check],
  ['check_suite', check],
  ['status', commitStatus],
  ['deployment', deployment],
  ['deployment_status', deployment],
  ['deployment_review', deployment],
  ['deployment_protection_rule', deployment],
  ['page_build', pageBuild],

  ['pull_request', pullRequest],
  ['merge_group', mergeGroup],
  ['pull_request_review', review],
  ['pull_request_review_comment', talk('change')],
  ['pull_request_review_thread', talk('change')],
  ['issues', talk('issue')],
  ['issue_comment', talk('issue')],
  ['issue_dependencies', talk('issue')],
  ['issue_relates_to', talk('issue')],
  ['sub_issues', talk('issue')],
  ['label', talk('issue')],
  ['milestone', talk('issue')],
  ['commit_comment', talk('commit')],
  ['discussion', talk('discussion')],
  ['discussion_comment', talk('discussion')],
  ['gollum', wikiPages],

  ['branch_protection_rule', branchProtection],
  ['branch_protection_configuration', guard('branch protection of the repository')],
  ['repository_ruleset', ruleset],
  ['security_and_analysis', securityAndAnalysis],
  ['exemption_request_push_ruleset', exemption('push ruleset')],
  ['bypass_request_push_ruleset', exemption('push ruleset')],
  ['exemption_request_secret_scanning', exemption('secret scanning push protection')],
  ['bypass_request_secret_scanning', exemption('secret scanning push protection')],

  ['member', access],
  ['membership', access],
  ['team', access],
  ['team_add', access],
  ['org_block', access],
  ['organization', organization],

  ['deploy_key', deployKey],
  ['github_app_authorization', authorization],
  ['installation', installation],
  ['installation_repositories', installation],
  ['installation_target', installation],
  ['personal_access_token_request', tokenRequest],

  ['ping', hook],
  ['meta', hook],

  ['code_scanning_alert', alert],
  ['dependabot_alert', alert],
  ['secret_scanning_alert', alert],
  ['secret_scanning_alert_location', alert],
  ['secret_scanning_scan', alert],
  ['repository_vulnerability_alert', alert],
  ['repository_advisory', alert],
  ['dismissal_request_code_scanning', dismissal('code scanning')],
  ['dismissal_request_dependabot', dismissal('dependabot')],
  ['dismissal_request_secret_scanning', dismissal('secret scanning')],
  ['security_advisory', alert],

  ['release', release],
  ['package', packaged],
  ['registry_package', packaged],

  ['repository', repository],
  ['repository_import', plain('repository', 'imported')],
  ['public', publicized],
  ['fork', fork],
  ['star', plain('repository')],
  ['watch', plain('repository')],

  ['custom_property', setting('definition')],
  ['custom_property_values', setting('repository')],
  ['marketplace_purchase', setting('marketplace_purchase')],
  ['sponsorship', setting('sponsorship')],
  ['project', setting('project')],
  ['project_card', setting('project_card')],
  ['project_column', setting('project_column')],
  ['projects_v2', setting('projects_v2')],
  ['projects_v2_item', setting('projects_v2_item')],
  ['projects_v2_status_update', setting('projects_v2_status_update')],
]);

/** The event of a body that came without its header (plain replay input): the most telling key that it holds. */
export function guessEvent(body: object): string | undefined {
  if ('review' in body && 'pull_request' in body) return 'pull_request_review';
  if ('comment' in body && 'issue' in body) return 'issue_comment';
  if ('comment' in body && 'pull_request' in body) return 'pull_request_review_comment';
  if ('comment' in body && 'discussion' in body) return 'discussion_comment';
  if ('ref_type' in body) return 'master_branch' in body ? 'create' : 'delete';
  if ('ref' in body && ('after' in body || 'pusher' in body || 'commits' in body)) return 'push';
  if ('issue' in body) return 'issues';
  if ('pages' in body) return 'gollum';
  if ('rule' in body) return 'branch_protection_rule';
  if ('forkee' in body) return 'fork';
  if ('deployment_status' in body) return 'deployment_status';
  const named = [...EVENTS.keys()].find((event) => event in body && !['repository', 'organization'].includes(event));
  // A push that was cut down to its ref, and a pull request that was cut down to its parts.
  return named ?? ('ref' in body ? 'push' : 'head' in body && 'base' in body ? 'pull_request' : undefined);
}

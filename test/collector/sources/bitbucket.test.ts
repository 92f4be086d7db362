// Documented events and actions of Bitbucket, by the kind that a person would put them under.
import { expect, test } from 'vitest';
import { kindOf } from '../../../services/collector/sources/bitbucket/audit/kinds.ts';
import { bitbucketAudit } from '../../../services/collector/sources/bitbucket/audit.ts';
import { bitbucketWebhook } from '../../../services/collector/sources/bitbucket/webhook.ts';
import type { Json } from '../../../services/core/json.ts';

function kindsOf(event: string): readonly string[] {
  const body = {
    actor: { nickname: 'mona' },
    repository: { full_name: 'acme/shop' },
    push: { changes: [{ old: null, new: { type: 'branch', name: 'main' } }] },
    changes: [{ ref: { id: 'refs/heads/main' }, type: 'ADD' }],
    secretLocations: [{ path: 'a', line: 1 }],
    resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'bbc.pipeline_run' }] }] }],
  };
  const record = { source: 'bitbucket.webhook', event, received_at: 0, redactions: {}, body };
  return bitbucketWebhook.normalize(record).map(({ kind }) => kind);
}

test.each<[string, string]>([
  ['alert', 'repo:secret_detected'],
  [
    'change',
    `pullrequest:created pullrequest:updated pullrequest:push pullrequest:fulfilled pullrequest:rejected pr:opened
     pr:from_ref_updated pr:modified pr:merged pr:declined pr:deleted pr:reviewer:updated`,
  ],
  [
    'discussion',
    `issue:created issue:updated issue:comment_created pullrequest:comment_created pullrequest:comment_updated
     pullrequest:comment_deleted pullrequest:comment_resolved pullrequest:comment_reopened repo:commit_comment_created
     repo:comment:added repo:comment:edited repo:comment:deleted pr:comment:added pr:comment:edited pr:comment:deleted`,
  ],
  ['integration', 'diagnostics:ping mirror:repo_synchronized'],
  ['job', 'repo:commit_status_created repo:commit_status_updated'],
  ['push', 'repo:push repo:refs_changed'],
  [
    'repository',
    'repo:created repo:deleted repo:fork repo:forked repo:imported repo:modified repo:transfer repo:updated',
  ],
  [
    'review',
    `pullrequest:approved pullrequest:unapproved pullrequest:changes_request_created pullrequest:changes_request_removed
     pr:reviewer:approved pr:reviewer:unapproved pr:reviewer:changes_requested pr:reviewer:needs_work`,
  ],
  ['run', 'pipeline:span_created'],
  ['setting', 'project:updated project:modified'],
])('events that are a %s', (kind, events) => {
  for (const event of events.split(/\s+/)) expect([event, kindsOf(event)]).toEqual([event, [kind]]);
});

test('an event that nothing knows keeps its name', () => {
  expect(kindsOf('repo:levitated')).toEqual(['other']);
});

test.each<[string, string]>([
  [
    'access',
    `Global permission granted; Global permission requested; Global permission removed; Global permission remove request
     Project permission granted; Repository permission changed; User added to user group; User created; Username changed
     GlobalPermissionGrantedEvent; User invited to workspace; Removed group access to repository; group_member_changed
     Updated repository member; Added repository group permission; invitation_accepted; User removed from workspace`,
  ],
  ['change', 'Pull request created; Pull request merged; Pull request declined; Pull request reopened'],
  ['discussion', 'Pull request comment added; Commit comment deleted'],
  [
    'grant',
    `Personal access token created; SSH access key created for personal key; GPG key added; User password changed
     Added repository deploy key; oauth_token_changed; oauth_token_deleted; App password created`,
  ],
  [
    'integration',
    `Plugin disabled; Webhook created; Repository hook disabled; Created repository webhook; addon_installed
     addon_uninstalled; Mirror installed; Mirroring request accepted`,
  ],
  [
    'protection',
    `Audit Log configuration updated; Global secret scanning rule deleted; Project secret scanning allowlist rule added
     Secret scanning exempt repository added; Unauthorized access to a resource; SSH settings changed
     Workspace 2SV requirement disabled; Workspace IP allowlisting disabled; Updated repository branch restriction
     Branch permission removed; Repository merge check disabled`,
  ],
  [
    'repository',
    `Repository created; Repository deleted; Repository forked; Repository moved; repository_changed
     Accepted request to transfer repository from workspace; Branch created; Tag deleted`,
  ],
  [
    'request',
    `Full data export triggered; Unauthorized full data export triggered; User permissions export started
     User details exported; System backup started; Database migration failed; Audit Log search performed
     Repository cloned; Repository accessed`,
  ],
  ['review', 'Pull request approved; Pull request unapproved'],
  ['runner', 'Runner created'],
  ['secret', 'Pipelines variable added; Workspace secured variable deleted'],
  ['session', 'User login failed; User login failed(SSH); User logged in; Logged out of account'],
  [
    'setting',
    `Base URL changed; Mail server changed; Repository default branch changed; Updated project merge strategy
     Workspace privacy changed; plan_changed; user_removed_from_plan; account_property_changed; Project created
     Updated project pull request setting`,
  ],
])('actions that are a %s', (kind, actions) => {
  for (const action of actions.split(/;|\n/).map((part) => part.trim())) {
    expect([action, kindOf({ action })]).toEqual([action, kind]);
  }
});

test.each<[Json]>([[null], ['text'], [{}], [{ auditType: 'x' }], [{ timestamp: 1 }]])('%j is no entry', (body) => {
  const record = { source: 'bitbucket.audit', received_at: 0, redactions: {}, body };
  expect(() => bitbucketAudit.normalize(record)).toThrow('is not an audit entry');
});

test('Data Center actions without a pattern go by their category', () => {
  expect(kindOf({ action: 'Resource throttled', category: 'Global administration' })).toBe('setting');
  expect(kindOf({ action: 'Resource throttled' })).toBe('other');
});

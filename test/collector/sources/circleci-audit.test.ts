// Every action that CircleCI lists has a kind. https://circleci.com/docs/guides/security/audit-logs/#audit-log-events
import { expect, test } from 'vitest';
import { kindOf } from '../../../services/collector/sources/circleci/audit/kinds.ts';

const KINDS: Readonly<Record<string, string>> = {
  access: `ams.invitation.accepted ams.invitation.created ams.invitation.revoked context.group_add context.group_remove
    group.delete group.update group_member.add group_member.remove org_member.remove project_group_role_grant.create
    project_group_role_grant-update role_grant-delete role_grant-update`,
  deployment: 'component.cancel_release component.promote_release project.rollback',
  grant: `checkout-key.create checkout-key.delete checkout-key.delete-all deploy-keys.delete project.api_token.create
    project.ssh_key.create project.ssh_key.delete release_integration-token-create release_integration-token-revoke
    user.api_token.create`,
  integration: 'release_integration-create release_integration-delete webhook-create webhook-delete webhook-update',
  job: `build.create workflow-job-finish workflow-job-scheduled workflow-job-start workflow.job.start
    workflow.job.approve`,
  package: 'orb.orb.create orb.publish.dev orb.publish.release orb.version.promote',
  protection: 'context.restriction.create context.restriction.delete',
  repository: `project.add project.create project.delete project.follow project.setup project.stop_building
    project.unfollow`,
  request: 'audit_log.download_url.generated audit_log.requested trigger_event-create',
  run: 'org.workflows.deleted workflow-cancel workflow-retry workflow-schedule-start workflow-start',
  runner: 'runner.token.create runner.resource_class.create',
  secret: `context.create context.delete context.env_var.delete context.env_var.store context.secrets.accessed
    project.env_var.copy project.env_var.create project.env_var.delete workflow-job-context-request`,
  session: 'user.logged_in',
  setting: `orb.namespace.create org.contacts.updated org.create org.rename organization.settings.update
    project.settings.update project.toggle-abusive schedule-create schedule-delete schedule-update trigger-create
    trigger-delete`,
  other: 'comet.seen',
};

test.each(Object.entries(KINDS))('%s', (kind, actions) => {
  const found = actions.split(/\s+/).map((action) => [action, kindOf(action)]);
  expect(found).toEqual(found.map(([action]) => [action, kind]));
});

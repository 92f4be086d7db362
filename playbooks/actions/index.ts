// Every action, by id; nothing more.
import type { Action } from '../../services/core/action.ts';
import { closeTrust } from './aws/close-trust.ts';
import { deactivateKey } from './aws/deactivate-key.ts';
import { denySessions } from './aws/deny-sessions.ts';
import { rotateSecret } from './aws/rotate-secret.ts';
import { cancelBuild } from './buildbot/cancel-build.ts';
import { cancelQueued as cancelQueuedBuildbot } from './buildbot/cancel-queued.ts';
import { keepBuild as keepBuildbotBuild } from './buildbot/keep-build.ts';
import { pauseWorker } from './buildbot/pause-worker.ts';
import { renewCredential } from './by-hand/renew-credential.ts';
import { rotateSecret as rotateByHand } from './by-hand/rotate-secret.ts';
import { cancelJob as cancelCircleciJob } from './circleci/cancel-job.ts';
import { cancelWorkflow } from './circleci/cancel-workflow.ts';
import { deleteCheckoutKey } from './circleci/delete-checkout-key.ts';
import { deleteContextVariable } from './circleci/delete-context-variable.ts';
import { deleteSchedules } from './circleci/delete-schedules.ts';
import { deleteVariable as deleteCircleciVariable } from './circleci/delete-variable.ts';
import { keepWorkflow } from './circleci/keep-workflow.ts';
import { archiveRepository } from './github/archive-repository.ts';
import { blockAction } from './github/block-action.ts';
import { blockRepoCreation } from './github/block-repo-creation.ts';
import { blockUser as blockUserGithub } from './github/block-user.ts';
import { cancelRun } from './github/cancel-run.ts';
import { cutRunnerGroup } from './github/cut-runner-group.ts';
import { deleteArtifacts } from './github/delete-artifacts.ts';
import { deleteBranch } from './github/delete-branch.ts';
import { deleteCaches } from './github/delete-caches.ts';
import { deleteLogs } from './github/delete-logs.ts';
import { deleteSecret } from './github/delete-secret.ts';
import { disableActions } from './github/disable-actions.ts';
import { disableOrganizationActions } from './github/disable-organization-actions.ts';
import { disableWebhooks } from './github/disable-webhooks.ts';
import { disableWorkflow } from './github/disable-workflow.ts';
import { dropSsoCredentials } from './github/drop-sso-credentials.ts';
import { failCheck } from './github/fail-check.ts';
import { forceCancelRun } from './github/force-cancel-run.ts';
import { freezeBranch } from './github/freeze-branch.ts';
import { freezeOrganization } from './github/freeze-organization.ts';
import { keepRun } from './github/keep-run.ts';
import { limitInteractions } from './github/limit-interactions.ts';
import { makePrivate } from './github/make-private.ts';
import { narrowSecret } from './github/narrow-secret.ts';
import { quarantineRunner } from './github/quarantine-runner.ts';
import { readOnlyToken } from './github/read-only-token.ts';
import { rejectDeployment } from './github/reject-deployment.ts';
import { removeDeployKey } from './github/remove-deploy-key.ts';
import { removeMember } from './github/remove-member.ts';
import { removeRunner as removeRunnerGithub } from './github/remove-runner.ts';
import { restoreRef } from './github/restore-ref.ts';
import { revokeSsoToken } from './github/revoke-sso-token.ts';
import { revokeTokenAccess } from './github/revoke-token-access.ts';
import { archiveProject } from './gitlab/archive-project.ts';
import { blockUser as blockUserGitlab } from './gitlab/block-user.ts';
import { cancelJob as cancelGitlabJob } from './gitlab/cancel-job.ts';
import { cancelPipeline } from './gitlab/cancel-pipeline.ts';
import { closeJobTokenScope } from './gitlab/close-job-token-scope.ts';
import { deleteDeployKey } from './gitlab/delete-deploy-key.ts';
import { deleteDeployToken } from './gitlab/delete-deploy-token.ts';
import { deleteTriggers } from './gitlab/delete-triggers.ts';
import { deleteVariable as deleteGitlabVariable } from './gitlab/delete-variable.ts';
import { eraseJob } from './gitlab/erase-job.ts';
import { freezeDeployments } from './gitlab/freeze-deployments.ts';
import { keepPipeline } from './gitlab/keep-pipeline.ts';
import { pauseRunner } from './gitlab/pause-runner.ts';
import { protectBranch } from './gitlab/protect-branch.ts';
import { removeRunner as removeRunnerGitlab } from './gitlab/remove-runner.ts';
import { resetRegistrationToken } from './gitlab/reset-registration-token.ts';
import { revokeToken } from './gitlab/revoke-token.ts';
import { cancelQueued as cancelQueuedJenkins } from './jenkins/cancel-queued.ts';
import { deleteAgent } from './jenkins/delete-agent.ts';
import { deleteUser } from './jenkins/delete-user.ts';
import { disableJob } from './jenkins/disable-job.ts';
import { dropSessions } from './jenkins/drop-sessions.ts';
import { keepBuild as keepJenkinsBuild } from './jenkins/keep-build.ts';
import { killBuild } from './jenkins/kill-build.ts';
import { quietDown } from './jenkins/quiet-down.ts';
import { removeCredential } from './jenkins/remove-credential.ts';
import { revokeTokens } from './jenkins/revoke-tokens.ts';
import { stopBuild } from './jenkins/stop-build.ts';
import { takeAgentOffline } from './jenkins/take-agent-offline.ts';
import { terminateBuild } from './jenkins/terminate-build.ts';
import { cordonNode } from './kubernetes/cordon-node.ts';
import { deletePod } from './kubernetes/delete-pod.ts';
import { denyNetwork } from './kubernetes/deny-network.ts';
import { disableEntity } from './vault/disable-entity.ts';
import { disableRole } from './vault/disable-role.ts';
import { revokeAccessor } from './vault/revoke-accessor.ts';
import { revokeLeases } from './vault/revoke-leases.ts';
import { rotateRole } from './vault/rotate-role.ts';

const AWS = [closeTrust, deactivateKey, denySessions, rotateSecret];
const BUILDBOT = [cancelBuild, cancelQueuedBuildbot, keepBuildbotBuild, pauseWorker];
const BY_HAND = [renewCredential, rotateByHand];
const CIRCLECI = [
  cancelCircleciJob,
  cancelWorkflow,
  deleteCheckoutKey,
  deleteCircleciVariable,
  deleteContextVariable,
  deleteSchedules,
  keepWorkflow,
];
const GITHUB = [
  archiveRepository,
  blockAction,
  blockRepoCreation,
  blockUserGithub,
  cancelRun,
  cutRunnerGroup,
  deleteArtifacts,
  deleteBranch,
  deleteCaches,
  deleteLogs,
  deleteSecret,
  disableActions,
  disableOrganizationActions,
  disableWebhooks,
  disableWorkflow,
  dropSsoCredentials,
  failCheck,
  forceCancelRun,
  freezeBranch,
  freezeOrganization,
  keepRun,
  limitInteractions,
  makePrivate,
  narrowSecret,
  quarantineRunner,
  readOnlyToken,
  rejectDeployment,
  removeDeployKey,
  removeMember,
  removeRunnerGithub,
  restoreRef,
  revokeSsoToken,
  revokeTokenAccess,
];
const GITLAB = [
  archiveProject,
  blockUserGitlab,
  cancelGitlabJob,
  cancelPipeline,
  closeJobTokenScope,
  deleteDeployKey,
  deleteDeployToken,
  deleteGitlabVariable,
  deleteTriggers,
  eraseJob,
  freezeDeployments,
  keepPipeline,
  pauseRunner,
  protectBranch,
  removeRunnerGitlab,
  resetRegistrationToken,
  revokeToken,
];
const JENKINS = [
  cancelQueuedJenkins,
  deleteAgent,
  deleteUser,
  disableJob,
  dropSessions,
  keepJenkinsBuild,
  killBuild,
  quietDown,
  removeCredential,
  revokeTokens,
  stopBuild,
  takeAgentOffline,
  terminateBuild,
];
const KUBERNETES = [cordonNode, deletePod, denyNetwork];
const VAULT = [disableEntity, disableRole, revokeAccessor, revokeLeases, rotateRole];

export const ACTIONS: ReadonlyMap<string, Action> = new Map(
  [...AWS, ...BUILDBOT, ...BY_HAND, ...CIRCLECI, ...GITHUB, ...GITLAB, ...JENKINS, ...KUBERNETES, ...VAULT].map(
    (action) => [action.id, action],
  ),
);

// Every action, by id; nothing more.
import type { Action } from '../../services/core/action.ts';
import { cancelJob as cancelCircleciJob } from './circleci/cancel-job.ts';
import { cancelWorkflow } from './circleci/cancel-workflow.ts';
import { deleteCheckoutKey } from './circleci/delete-checkout-key.ts';
import { deleteVariable as deleteCircleciVariable } from './circleci/delete-variable.ts';
import { cancelRun } from './github/cancel-run.ts';
import { disableWorkflow } from './github/disable-workflow.ts';
import { freezeBranch } from './github/freeze-branch.ts';
import { archiveProject } from './gitlab/archive-project.ts';
import { blockUser } from './gitlab/block-user.ts';
import { cancelJob as cancelGitlabJob } from './gitlab/cancel-job.ts';
import { cancelPipeline } from './gitlab/cancel-pipeline.ts';
import { closeJobTokenScope } from './gitlab/close-job-token-scope.ts';
import { deleteDeployKey } from './gitlab/delete-deploy-key.ts';
import { deleteDeployToken } from './gitlab/delete-deploy-token.ts';
import { deleteVariable as deleteGitlabVariable } from './gitlab/delete-variable.ts';
import { freezeDeployments } from './gitlab/freeze-deployments.ts';
import { pauseRunner } from './gitlab/pause-runner.ts';
import { protectBranch } from './gitlab/protect-branch.ts';
import { removeRunner } from './gitlab/remove-runner.ts';
import { revokeToken } from './gitlab/revoke-token.ts';

const CIRCLECI = [cancelCircleciJob, cancelWorkflow, deleteCheckoutKey, deleteCircleciVariable];
const GITHUB = [cancelRun, disableWorkflow, freezeBranch];
const GITLAB = [
  archiveProject,
  blockUser,
  cancelGitlabJob,
  cancelPipeline,
  closeJobTokenScope,
  deleteDeployKey,
  deleteDeployToken,
  deleteGitlabVariable,
  freezeDeployments,
  pauseRunner,
  protectBranch,
  removeRunner,
  revokeToken,
];

export const ACTIONS: ReadonlyMap<string, Action> = new Map(
  [...CIRCLECI, ...GITHUB, ...GITLAB].map((action) => [action.id, action]),
);

// Every action, by id; nothing more.
import type { Action } from '../../services/core/action.ts';
import { cancelRun } from './github/cancel-run.ts';
import { disableWorkflow } from './github/disable-workflow.ts';
import { freezeBranch } from './github/freeze-branch.ts';
import { blockUser } from './gitlab/block-user.ts';
import { cancelJob } from './gitlab/cancel-job.ts';
import { cancelPipeline } from './gitlab/cancel-pipeline.ts';
import { deleteDeployKey } from './gitlab/delete-deploy-key.ts';
import { deleteDeployToken } from './gitlab/delete-deploy-token.ts';
import { deleteVariable } from './gitlab/delete-variable.ts';
import { freezeDeployments } from './gitlab/freeze-deployments.ts';
import { pauseRunner } from './gitlab/pause-runner.ts';
import { protectBranch } from './gitlab/protect-branch.ts';
import { revokeToken } from './gitlab/revoke-token.ts';

const GITHUB = [cancelRun, disableWorkflow, freezeBranch];
const GITLAB = [
  blockUser,
  cancelJob,
  cancelPipeline,
  deleteDeployKey,
  deleteDeployToken,
  deleteVariable,
  freezeDeployments,
  pauseRunner,
  protectBranch,
  revokeToken,
];

export const ACTIONS: ReadonlyMap<string, Action> = new Map(
  [...GITHUB, ...GITLAB].map((action) => [action.id, action]),
);

// Every action, by id; nothing more.
import type { Action } from '../../services/core/action.ts';
import { cancelRun } from './github/cancel-run.ts';
import { disableWorkflow } from './github/disable-workflow.ts';
import { freezeBranch } from './github/freeze-branch.ts';

export const ACTIONS: ReadonlyMap<string, Action> = new Map(
  [cancelRun, disableWorkflow, freezeBranch].map((action) => [action.id, action]),
);

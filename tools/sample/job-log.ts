// A whole job log: the runner's head, the steps, the clean-up.
import type { Instant } from '../../services/core/time.ts';
import { actionSha } from './action-refs.ts';
import { createLog } from './log-text.ts';
import type { Job, RunContext, Workflow } from './workflow.ts';

export interface JobLog {
  readonly text: string;
  readonly end: Instant;
  readonly succeeded: boolean;
}

export function writeJobLog(workflow: Workflow, job: Job, run: RunContext, mayFail: boolean): JobLog {
  const log = createLog(run.start, run.random);
  log.line("Current runner version: '2.332.0'");
  log.group('Runner Image Provisioner', 'Hosted Compute Agent', 'Version: 20260225.512');
  log.group('Runner Image', 'Image: ubuntu-24.04', 'Version: 20260302.1.0');
  log.group('GITHUB_TOKEN Permissions', ...workflow.permissions);
  log.lines('Secret source: Actions', 'Prepare workflow directory', 'Prepare all required actions');
  log.line('Getting action download info');
  log.wait(150, 700);
  for (const action of job.actions) {
    log.line(`Download action repository '${action}' (SHA:${actionSha(action, run.start)})`);
  }
  log.wait(200, 900);
  log.line(`Complete job name: ${job.name}`);

  const failing = mayFail && run.random.chance(0.06);
  const broken = failing ? job.steps.findIndex((step) => step.fragile) : -1;
  for (const step of broken < 0 ? job.steps : job.steps.slice(0, broken + 1)) step.write(log, run);
  if (broken >= 0) log.line('##[error]Process completed with exit code 1.');

  log.wait(100, 600);
  log.lines('Post job cleanup.', '[command]/usr/bin/git version', 'git version 2.53.0');
  log.line('Cleaning up orphan processes');
  return { text: log.text(), end: log.now(), succeeded: broken < 0 };
}

// A pipeline run as GitHub tells it: webhooks of the run and its jobs, audit entries, the log of each job.
import { type Instant, SECOND } from '../../services/core/time.ts';
import type { Scheduled } from './acts.ts';
import { FIRST, utcSeconds } from './calendar.ts';
import { auditClient, auditContext, auditToken, context, user } from './github.ts';
import { numberOf } from './ids.ts';
import { type JobLog, writeJobLog } from './job-log.ts';
import { RELEASE_BOT } from './people.ts';
import { WORKFLOWS } from './pipelines.ts';
import { createRandom, type Random } from './random.ts';
import { ORGANIZATION } from './recorder.ts';
import { auditRun, type Cause, jobBody, type Run, refOf, runBody } from './run-bodies.ts';
import { headOf, type Stage } from './stage.ts';
import type { Job, RunContext, Workflow } from './workflow.ts';

/** Starts every workflow of the repository that waits for the trigger. */
export function tellRuns(stage: Stage, cause: Cause): void {
  for (const workflow of WORKFLOWS) {
    if (workflow.repository !== cause.repository || !workflow.on.includes(cause.trigger)) continue;
    if (!workflow.absent || touches(stage, cause, workflow.path)) tellRun(stage, workflow, cause);
  }
}

/** Whether the path was changed on main or on the branch that runs. */
function touches(stage: Stage, cause: Cause, path: string): boolean {
  return ['main', cause.ref].some((branch) => stage.touched.get(`${cause.repository}#${branch}`)?.has(path));
}

export function tellScheduled(stage: Stage, act: Scheduled): void {
  const { at, by, repository } = act;
  tellRuns(stage, { at, repository, trigger: 'schedule', ref: 'main', head: headOf(stage, repository), actor: by });
}

function tellRun(stage: Stage, workflow: Workflow, cause: Cause): void {
  const { recorder } = stage;
  const random = createRandom(
    `run/${workflow.repository}/${workflow.name}/${cause.head.sha}/${cause.trigger}/${cause.at}`,
  );
  const created = cause.at + random.int(2000, 4500);
  const run: Run = {
    // GitHub's ids grow with time.
    id: 22_600_000_000 + Math.floor((created - FIRST) / 250) + random.int(0, 2),
    number: stage.next(`run/${workflow.repository}/${workflow.path}`, 200),
    created,
    event: cause.trigger === 'tag' ? 'push' : cause.trigger,
  };
  const audited = {
    ...auditContext(cause.actor, cause.repository),
    user_agent: 'launch/production',
    ...auditRun(workflow, run, cause),
  };
  recorder.webhook('workflow_run', created, random, runBody('requested', workflow, run, cause, created));
  recorder.audit('workflows.created_workflow_run', created, random, { ...audited, operation_type: 'create' });

  let at = created + random.int(3000, 9000);
  let conclusion = 'success';
  for (const job of workflow.jobs) {
    const done = tellJob(stage, workflow, job, run, cause, at, random);
    at = done.end + random.int(4000, 9000);
    if (done.succeeded) continue;
    conclusion = 'failure';
    break;
  }
  recorder.webhook('workflow_run', at, random, runBody('completed', workflow, run, cause, at, conclusion));
  const ended = { ...audited, operation_type: 'modify', conclusion, completed_at: utcSeconds(at) };
  recorder.audit('workflows.completed_workflow_run', at, random, ended);
}

function tellJob(
  stage: Stage,
  workflow: Workflow,
  job: Job,
  run: Run,
  cause: Cause,
  start: Instant,
  random: Random,
): JobLog {
  const { recorder } = stage;
  const id = 64_000_000_000 + Math.floor((start - FIRST) / 100) + random.int(0, 3);
  const runner = `GitHub Actions ${1_000_000_000 + random.int(10_000, 99_999)}`;
  recorder.audit('workflows.prepared_workflow_job', start, random, {
    ...auditContext(cause.actor, cause.repository),
    operation_type: 'modify',
    user_agent: 'launch/production',
    workflow_run_id: run.id,
    job_name: job.name,
    job_workflow_ref: `${ORGANIZATION}/${cause.repository}/${workflow.path}@${refOf(cause)}`,
    secrets_passed: workflow.secrets,
    is_hosted_runner: true,
    runner_name: runner,
    runner_labels: ['ubuntu-24.04'],
  });
  const context: RunContext = {
    repository: cause.repository,
    ref: cause.ref,
    sha: cause.head.sha,
    message: cause.head.message,
    start,
    secrets: workflow.secrets,
    random,
    has: (path) => touches(stage, cause, path),
  };
  const log = writeJobLog(workflow, job, context, cause.trigger === 'pull_request');
  recorder.webhook('workflow_job', start, random, jobBody('in_progress', id, runner, workflow, job, run, cause, start));
  const conclusion = log.succeeded ? 'success' : 'failure';
  const completed = jobBody('completed', id, runner, workflow, job, run, cause, start, { end: log.end, conclusion });
  recorder.webhook('workflow_job', log.end, random, completed);
  recorder.jobLog(cause.repository, run.id, job.name, log.end, random, log.text);
  if (job.publishes) tellRelease(stage, cause, log.end - random.int(4, 9) * SECOND, random);
  return log;
}

/** The release account's part: calls from the hosted runner with its own token. */
function tellRelease(stage: Stage, cause: Cause, at: Instant, random: Random): void {
  const runner = { address: `192.0.2.${random.int(160, 190)}`, country: 'US' };
  stage.recorder.audit('api.request', at, random, {
    ...auditContext(RELEASE_BOT, cause.repository),
    ...auditClient(runner, 'GitHub CLI 2.69.0'),
    ...auditToken(RELEASE_BOT),
    operation_type: 'modify',
    request_method: 'POST',
    url_path: `/repos/${ORGANIZATION}/${cause.repository}/releases`,
    status_code: 201,
  });
  stage.recorder.webhook('release', at + 400, random, {
    action: 'published',
    release: {
      id: numberOf(`release/${cause.repository}/${cause.ref}`, 9),
      tag_name: cause.ref,
      target_commitish: 'main',
      name: cause.ref,
      draft: false,
      prerelease: false,
      author: user(RELEASE_BOT),
      created_at: utcSeconds(at),
      published_at: utcSeconds(at),
    },
    ...context(cause.repository, RELEASE_BOT),
  });
}

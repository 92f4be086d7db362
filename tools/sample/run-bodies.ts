// The bodies of webhooks and audit entries about a pipeline run and its jobs.
import type { JsonObject } from '../../services/core/json.ts';
import type { Instant } from '../../services/core/time.ts';
import { utcSeconds } from './calendar.ts';
import { context, user } from './github.ts';
import { numberOf } from './ids.ts';
import type { Account } from './people.ts';
import { ORGANIZATION } from './recorder.ts';
import type { Head } from './stage.ts';
import type { Job, Trigger, Workflow } from './workflow.ts';

export interface Cause {
  readonly at: Instant;
  readonly repository: string;
  readonly trigger: Trigger;
  /** Branch or tag. */
  readonly ref: string;
  readonly head: Head;
  readonly actor: Account;
  readonly change?: number;
}

export interface Run {
  readonly id: number;
  readonly number: number;
  readonly created: Instant;
  readonly event: string;
}

export function refOf(cause: Cause): string {
  if (cause.trigger === 'pull_request') return `refs/pull/${cause.change ?? 0}/merge`;
  return `refs/${cause.trigger === 'tag' ? 'tags' : 'heads'}/${cause.ref}`;
}

function workflowId(workflow: Workflow): number {
  return numberOf(`workflow/${workflow.repository}/${workflow.path}`, 9);
}

export function auditRun(workflow: Workflow, run: Run, cause: Cause): JsonObject {
  return {
    workflow_run_id: run.id,
    workflow_id: workflowId(workflow),
    name: workflow.name,
    event: run.event,
    head_branch: cause.ref,
    head_sha: cause.head.sha,
    run_number: run.number,
    run_attempt: 1,
    started_at: utcSeconds(run.created),
  };
}

function runUrl(cause: Cause, run: Run): string {
  return `https://github.com/${ORGANIZATION}/${cause.repository}/actions/runs/${run.id}`;
}

export function runBody(
  action: 'requested' | 'completed',
  workflow: Workflow,
  run: Run,
  cause: Cause,
  updated: Instant,
  conclusion: string | null = null,
): JsonObject {
  const { sha, message, date, author } = cause.head;
  const person = { name: author.name, email: author.email };
  return {
    action,
    workflow_run: {
      id: run.id,
      name: workflow.name,
      path: workflow.path,
      head_branch: cause.ref,
      head_sha: sha,
      display_title: message,
      run_number: run.number,
      run_attempt: 1,
      event: run.event,
      status: action === 'requested' ? 'queued' : 'completed',
      conclusion,
      workflow_id: workflowId(workflow),
      html_url: runUrl(cause, run),
      pull_requests: cause.change === undefined ? [] : [{ number: cause.change }],
      created_at: utcSeconds(run.created),
      run_started_at: utcSeconds(run.created),
      updated_at: utcSeconds(updated),
      actor: user(cause.actor),
      triggering_actor: user(cause.actor),
      head_commit: { id: sha, message, timestamp: date, author: person, committer: person },
      head_repository: { full_name: `${ORGANIZATION}/${cause.repository}`, fork: false },
    },
    workflow: { id: workflowId(workflow), name: workflow.name, path: workflow.path, state: 'active' },
    ...context(cause.repository, cause.actor),
  };
}

export function jobBody(
  action: 'in_progress' | 'completed',
  id: number,
  runner: string,
  workflow: Workflow,
  job: Job,
  run: Run,
  cause: Cause,
  start: Instant,
  done?: { readonly end: Instant; readonly conclusion: string },
): JsonObject {
  return {
    action,
    workflow_job: {
      id,
      run_id: run.id,
      run_attempt: 1,
      workflow_name: workflow.name,
      name: job.name,
      head_branch: cause.ref,
      head_sha: cause.head.sha,
      html_url: `${runUrl(cause, run)}/job/${id}`,
      status: action,
      conclusion: done?.conclusion ?? null,
      created_at: utcSeconds(start - 2000),
      started_at: utcSeconds(start),
      completed_at: done ? utcSeconds(done.end) : null,
      steps: done ? job.steps.map((step, index) => ({ name: step.name, status: 'completed', number: index + 2 })) : [],
      labels: ['ubuntu-24.04'],
      runner_name: runner,
      runner_group_name: 'GitHub Actions',
    },
    ...context(cause.repository, cause.actor),
  };
}

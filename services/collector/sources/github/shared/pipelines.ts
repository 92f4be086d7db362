// Runs and their jobs.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_run and #workflow_job
import type { Actor, Cicd } from '../../../../core/activity.ts';
import type { RunDetail } from '../../../../core/details/pipeline.ts';
import type { Json } from '../../../../core/json.ts';
import { anyKnown, at, identifier, instant, known, list, number, text, texts } from '../../../fields.ts';
import { actorOf } from './actor.ts';
import { type Delivery, forkOf, headOf, type Piece, vcsOf } from './delivery.ts';
import { runResult, runState } from './run-state.ts';
import { secondsBetween, stepRuns } from './steps.ts';

type Pipeline = NonNullable<Cicd['pipeline']>;

/** The file alone: for called workflows, and on Gitea, the path carries `@ref`. */
function definition(path: string | undefined): string | undefined {
  return path?.split('@', 1)[0];
}

/** Gitea's run names the file alone, its workflow the whole path. */
function definitionOf(run: Json | undefined, workflow: Json | undefined): string | undefined {
  const [own, its] = [definition(text(run, 'path')), definition(text(workflow, 'path'))];
  return own?.includes('/') ? own : (its ?? own);
}

export function pullRequestOf(run: Json | undefined): { readonly id: string } | undefined {
  const id = identifier(list(run, 'pull_requests')[0], 'number');
  return id === undefined ? undefined : { id };
}

/** The pipeline and run that an API object of a run is about. */
export function pipelineOf(run: Json | undefined, workflow?: Json, action?: string): Pipeline {
  const id = identifier(run, 'id');
  return known({
    name: text(workflow, 'name') ?? text(run, 'name'),
    definition: definitionOf(run, workflow),
    run:
      id === undefined
        ? undefined
        : known({
            id,
            attempt: number(run, 'run_attempt'),
            trigger: text(run, 'event'),
            state: runState(action) ?? runState(text(run, 'status')),
            result: runResult(text(run, 'conclusion')),
            url: text(run, 'html_url'),
          }),
  });
}

/** The word of a conclusion that `result` has none for. */
function unheard(conclusion: string | undefined): string | undefined {
  return runResult(conclusion) === undefined ? conclusion : undefined;
}

export function workflowRun(delivery: Delivery): readonly Piece[] {
  const { action, body } = delivery;
  const run = at(body, 'workflow_run');
  const piece: Piece = known({
    kind: 'run',
    // Who made this attempt run: for a re-run not the one whose push it was.
    actor: starterOf(run) ?? actorOf(body.sender),
    vcs: vcsOf(delivery, {
      ref: anyKnown({ head: headOf(text(run, 'head_branch'), text(run, 'head_sha')) }),
      change: pullRequestOf(run) ?? ownPullRequest(body),
    }),
    cicd: { pipeline: pipelineOf(run, at(body, 'workflow'), action) },
    detail: known({
      action: action ?? 'changed',
      conclusion: unheard(text(run, 'conclusion')),
      ...runTimes(run),
      ...forkOf(at(run, 'head_repository'), at(body, 'repository')),
      dependencies: calledWorkflows(run),
    }),
  });
  return [piece];
}

/** Gitea has another word for the one who made a run run again. */
function starterOf(run: Json | undefined): Actor | undefined {
  return actorOf(at(run, 'triggering_actor')) ?? actorOf(at(run, 'trigger_actor')) ?? actorOf(at(run, 'actor'));
}

/** Gitea tells the pull request beside the run. */
function ownPullRequest(body: Delivery['body']): { readonly id: string } | undefined {
  const id = identifier(body, 'pull_request', 'number');
  return id === undefined ? undefined : { id };
}

/** GitHub stamps the end of a run with its last update, Gitea with a field of its own. */
function runTimes(run: Json | undefined): Pick<RunDetail, 'seconds' | 'queued_seconds'> {
  const started = instant(run, 'run_started_at') ?? instant(run, 'started_at');
  const ended =
    text(run, 'status') === 'completed' ? (instant(run, 'completed_at') ?? instant(run, 'updated_at')) : undefined;
  // A second attempt was made with the first.
  const made = (number(run, 'run_attempt') ?? 1) === 1 ? instant(run, 'created_at') : undefined;
  return known({ seconds: secondsBetween(started, ended), queued_seconds: secondsBetween(made, started) });
}

/** `referenced_workflows`: reusable workflows, with the commit that their reference led to. */
function calledWorkflows(run: Json | undefined): RunDetail['dependencies'] {
  const called = list(run, 'referenced_workflows').flatMap((workflow) => {
    const [name, asked] = text(workflow, 'path')?.split('@', 2) ?? [];
    if (!name) return [];
    const requested = text(workflow, 'ref') ?? asked;
    return [known({ type: 'workflow' as const, name, requested, resolved: text(workflow, 'sha') })];
  });
  return called.length > 0 ? called : undefined;
}

export function workflowJob(delivery: Delivery): readonly Piece[] {
  const { action, body } = delivery;
  const job = at(body, 'workflow_job');
  const run = identifier(job, 'run_id');
  const [made, started] = [instant(job, 'created_at'), instant(job, 'started_at')];
  const begun = action !== 'queued' && action !== 'waiting';
  const piece: Piece = known({
    kind: 'job',
    vcs: vcsOf(delivery, { ref: anyKnown({ head: headOf(text(job, 'head_branch'), text(job, 'head_sha')) }) }),
    cicd: known({
      pipeline: known({
        name: text(job, 'workflow_name'),
        run: run === undefined ? undefined : known({ id: run, attempt: number(job, 'run_attempt') }),
        task: taskOf(job),
      }),
      worker: workerOf(job),
    }),
    detail: known({
      action: action ?? 'changed',
      steps: list(job, 'steps').length,
      step_runs: stepRuns(job),
      conclusion: unheard(text(job, 'conclusion')),
      seconds: secondsBetween(started, instant(job, 'completed_at')),
      queued_seconds: begun ? secondsBetween(made, started) : undefined,
    }),
  });
  return [piece];
}

/** A job, check or check run by its name, with its own number and outcome. */
export function taskOf(job: Json | undefined): Pipeline['task'] | undefined {
  const name = text(job, 'name');
  if (name === undefined) return undefined;
  const run = anyKnown({ id: identifier(job, 'id'), result: runResult(text(job, 'conclusion')) });
  return known({ name, run });
}

/** GitHub's own machines are all in a group of this name. https://docs.github.com/en/actions/concepts/runners/github-hosted-runners */
const HOSTED_GROUP = 'GitHub Actions';

function workerOf(job: Json | undefined): Cicd['worker'] | undefined {
  const labels = texts(job, 'labels');
  const group = text(job, 'runner_group_name');
  const hosted = group === HOSTED_GROUP ? true : labels?.includes('self-hosted') ? false : undefined;
  return anyKnown({ id: identifier(job, 'runner_id'), name: text(job, 'runner_name'), labels, hosted, group });
}

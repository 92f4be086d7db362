// Runs, jobs, checks and deployments.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_run (and #workflow_job, #check_run …)
import { anyKnown, at, identifier, instant, known, list, number, text, texts } from '../../../fields.ts';
import { actorOf } from '../shared/actor.ts';
import { runResult, runState } from '../shared/run-state.ts';
import { type Delivery, headOf, type Mapper, type Piece, vcsOf } from './delivery.ts';

/** The file alone: for called workflows the path carries `@ref`. */
function definition(path: string | undefined): string | undefined {
  return path?.split('@', 1)[0];
}

function pullRequest(run: Parameters<typeof list>[0]): { readonly id: string } | undefined {
  const id = identifier(list(run, 'pull_requests')[0], 'number');
  return id === undefined ? undefined : { id };
}

export function workflowRun({ action, body }: Delivery): readonly Piece[] {
  const run = at(body, 'workflow_run');
  const id = identifier(run, 'id');
  const piece: Piece = known({
    kind: 'run',
    // Who made this attempt run: for a re-run not the one whose push it was.
    actor: actorOf(at(run, 'triggering_actor')) ?? actorOf(at(run, 'actor')) ?? actorOf(body.sender),
    vcs: vcsOf(body, {
      ref: anyKnown({ head: headOf(text(run, 'head_branch'), text(run, 'head_sha')) }),
      change: pullRequest(run),
    }),
    cicd: {
      pipeline: known({
        name: text(body, 'workflow', 'name') ?? text(run, 'name'),
        definition: definition(text(run, 'path') ?? text(body, 'workflow', 'path')),
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
      }),
    },
    detail: { action: action ?? 'changed' },
  });
  return [piece];
}

export function workflowJob({ action, body }: Delivery): readonly Piece[] {
  const job = at(body, 'workflow_job');
  const run = identifier(job, 'run_id');
  const name = text(job, 'name');
  const piece: Piece = known({
    kind: 'job',
    vcs: vcsOf(body, { ref: anyKnown({ head: headOf(text(job, 'head_branch'), text(job, 'head_sha')) }) }),
    cicd: known({
      pipeline: known({
        name: text(job, 'workflow_name'),
        run: run === undefined ? undefined : known({ id: run, attempt: number(job, 'run_attempt') }),
        task:
          name === undefined
            ? undefined
            : known({
                name,
                run: anyKnown({ id: identifier(job, 'id'), result: runResult(text(job, 'conclusion')) }),
              }),
      }),
      worker: anyKnown({
        id: identifier(job, 'runner_id'),
        name: text(job, 'runner_name'),
        labels: texts(job, 'labels'),
      }),
    }),
    detail: { action: action ?? 'changed', steps: list(job, 'steps').length },
  });
  return [piece];
}

/** Checks that an app reports. A workflow's own jobs come as checks too; those have no run id here, so count once. */
export function check({ action, event, body }: Delivery): readonly Piece[] {
  const check = at(body, event);
  const suite = event === 'check_run' ? at(check, 'check_suite') : check;
  const ref = anyKnown({ head: headOf(text(suite, 'head_branch'), text(check, 'head_sha')) });
  const name = text(check, 'name');
  const common = {
    vcs: vcsOf(body, { ref, change: pullRequest(check) }),
    cicd: {
      pipeline: known({
        name: text(check, 'app', 'name'),
        task:
          name === undefined
            ? undefined
            : known({
                name,
                run: anyKnown({ id: identifier(check, 'id'), result: runResult(text(check, 'conclusion')) }),
              }),
      }),
    },
    detail: { action: action ?? 'changed' },
  };
  return [event === 'check_run' ? { kind: 'job', ...common } : { kind: 'run', ...common }];
}

/** The older form of a check. */
export function commitStatus({ body }: Delivery): readonly Piece[] {
  const result = runResult(text(body, 'state'));
  const piece: Piece = known({
    kind: 'job',
    observed_at: instant(body, 'updated_at'),
    vcs: vcsOf(body, {
      ref: anyKnown({ head: headOf(text(list(body, 'branches')[0], 'name'), text(body, 'sha')) }),
    }),
    cicd: {
      pipeline: {
        task: known({ name: text(body, 'context') ?? 'status', run: anyKnown({ result }) }),
      },
    },
    detail: { action: text(body, 'state') ?? 'status' },
  });
  return [piece];
}

/** `workflow_dispatch` and `repository_dispatch`: somebody asked for a run over the API. */
export function dispatch({ event, action, body }: Delivery): readonly Piece[] {
  const workflow = text(body, 'workflow');
  const piece: Piece = known({
    kind: 'request',
    vcs: vcsOf(body, { ref: anyKnown({ head: headOf(text(body, 'ref') ?? text(body, 'branch')) }) }),
    cicd: workflow === undefined ? undefined : { pipeline: { definition: workflow } },
    detail: known({ operation: event, path: action }),
  });
  return [piece];
}

export function deployment({ event, action, body }: Delivery): readonly Piece[] {
  const deployment = at(body, 'deployment');
  const status = at(body, 'deployment_status');
  const run = at(body, 'workflow_run');
  const id = identifier(run, 'id');
  const detail = known({
    action: text(status, 'state') ?? action ?? event,
    environment: text(status, 'environment') ?? text(deployment, 'environment') ?? text(body, 'environment'),
  });
  const head = headOf(
    text(deployment, 'ref') ?? text(run, 'head_branch'),
    text(deployment, 'sha') ?? text(run, 'head_sha'),
  );
  const piece: Piece = known({
    kind: 'deployment',
    observed_at: instant(body, 'since'),
    vcs: vcsOf(body, { ref: anyKnown({ head }) }),
    cicd:
      id === undefined
        ? undefined
        : {
            pipeline: known({
              name: text(body, 'workflow', 'name') ?? text(run, 'name'),
              definition: definition(text(run, 'path')),
              run: known({ id, attempt: number(run, 'run_attempt'), trigger: text(run, 'event') }),
            }),
          },
    detail,
  });
  return [piece];
}

export const pageBuild: Mapper = ({ body }) => [
  { kind: 'deployment', detail: { action: text(body, 'build', 'status') ?? 'built', environment: 'github-pages' } },
];

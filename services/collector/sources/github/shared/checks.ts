// Checks and statuses that apps and other systems report for a commit.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_run (and #check_suite, #status)
import { anyKnown, at, instant, known, list, text } from '../../../fields.ts';
import { type Delivery, headOf, type Piece, vcsOf } from './delivery.ts';
import { pullRequestOf, taskOf } from './pipelines.ts';
import { runResult } from './run-state.ts';

/** A workflow's own jobs come as checks too; those have no run id here, so count once. */
export function check(delivery: Delivery): readonly Piece[] {
  const { action, event, body } = delivery;
  const check = at(body, event);
  const suite = event === 'check_run' ? at(check, 'check_suite') : check;
  const ref = anyKnown({ head: headOf(text(suite, 'head_branch'), text(check, 'head_sha')) });
  const common = {
    vcs: vcsOf(delivery, { ref, change: pullRequestOf(check) }),
    cicd: { pipeline: known({ name: text(check, 'app', 'name'), task: taskOf(check) }) },
    detail: { action: action ?? 'changed' },
  };
  return [event === 'check_run' ? { kind: 'job', ...common } : { kind: 'run', ...common }];
}

/** The older form of a check. */
export function commitStatus(delivery: Delivery): readonly Piece[] {
  const { body } = delivery;
  const state = text(body, 'state');
  const branch = text(list(body, 'branches')[0], 'name');
  const task = known({ name: text(body, 'context') ?? 'status', run: anyKnown({ result: runResult(state) }) });
  const piece: Piece = known({
    kind: 'job',
    observed_at: instant(body, 'updated_at'),
    vcs: vcsOf(delivery, { ref: anyKnown({ head: headOf(branch, text(body, 'sha')) }) }),
    cicd: { pipeline: { task } },
    detail: { action: state ?? 'status' },
  });
  return [piece];
}

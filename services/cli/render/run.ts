// A playbook run as a person reads it in a terminal.
import { evidenceLine } from '../../core/evidence.ts';
import type { PlaybookRun, RunStep } from '../../core/playbook.ts';
import { visible } from '../../core/visible.ts';
import type { Io } from '../io.ts';
import { shortTime } from './finding.ts';

export function renderRun(run: PlaybookRun, io: Io): string {
  const how = run.mode === 'dry' ? 'dry run: nothing was sent' : 'acting';
  return [
    `${io.style('bold', visible(run.title))} [${run.playbooks.join(', ')}] ${run.status}, ${how}`,
    ...run.steps.flatMap(stepLines),
    ...run.audit.map(({ time, actor, action, outcome }) =>
      io.style('dim', `  ${shortTime(time)}  ${visible(actor)}  ${action}  ${outcome}`),
    ),
    io.style('dim', `  incident ${run.incident} · ${run.id}`),
    '',
  ].join('\n');
}

function stepLines(step: RunStep, index: number): string[] {
  const { action, target, status, plan, problem, approval, approvals, evidence } = step;
  const agreed = (approvals ?? []).map(({ by }) => visible(by)).join(', ');
  const asks = approval && status === 'waiting' ? `: ${approvals?.length ?? 0} of ${approval.people} agreed` : '';
  return [
    `  ${String(index + 1).padStart(2)} ${status.padEnd(8)} ${action} ${visible(target.id)}${asks}${agreed && ` (${agreed})`}`,
    ...(plan?.requests ?? []).map(({ method, path }) => `              ${method} ${visible(path)}`),
    ...(evidence ? [`              ${visible(evidenceLine(evidence))}`] : []),
    ...(problem === undefined ? [] : [`              ${visible(problem)}`]),
  ];
}

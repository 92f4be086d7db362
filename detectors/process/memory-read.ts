// A program reads another's memory: how the tokens of a runner are taken, masked or not. Nothing that a build needs.
import type { ActivityDetails } from '../../services/core/activity.ts';
import { defineRule } from '../../services/core/detector.ts';
import type { Severity } from '../../services/core/severity.ts';
import { jobWords, onMachine, subjectOf } from './levels.ts';
import { programName } from './program.ts';

/** Debuggers, profilers and crash reporters, which do it for a living; in a job they look at what they started. */
const DEBUGGERS = new Set(
  'gdb gdbserver lldb lldb-server strace ltrace perf valgrind rr dlv delve bpftrace pstack py-spy rbspy uftrace samply proot criu reptyr crashpad_handler chrome_crashpad_handler createdump systemd-coredump dotnet-dump llvm-symbolizer heaptrack'.split(
    ' ',
  ),
);

export const memoryRead = defineRule<'memory'>({
  id: 'memory-read',
  title: 'Another process’s memory is read',
  summary:
    'A program on a runner reads or traces the memory of another one, as those do who take the runner’s own tokens and secrets out of its worker.',
  catalogue: 'D083',
  severity: 'high',
  maturity: 'stable',
  owasp: ['CICD-SEC-6', 'CICD-SEC-7'],
  attack: [{ tactic: 'TA0006', technique: 'T1003.007' }],
  cases: () => import('./memory-read.cases.ts'),
  watches: ['memory'],
  by: 'place',
  falsePositives: ['A debugger or profiler that is not known as one by its name.'],
  next: [
    'Isolate the runner before anything is revoked.',
    'Take every secret that the run could read, and the token of the run, for read; rotate them.',
    'Find the step that started the program, and the action or dependency behind it.',
  ],

  examine(activity) {
    const { detail, process } = activity;
    const program = programName(process?.executable) ?? 'a program';
    const isDebugger = DEBUGGERS.has(program);
    if (isDebugger && detail.action !== 'write') return undefined;
    const target = programName(detail.target?.executable);
    // Its own; or leak checkers, which stop and read a process by a twin of it (LeakSanitizer's tracer).
    if (process?.pid !== undefined && detail.target?.pid === process.pid) return undefined;
    if (target !== undefined && target === program && detail.action !== 'write') return undefined;
    const whose = target ?? (detail.target?.pid === undefined ? 'another process' : `process ${detail.target.pid}`);
    const verb = { read: 'read', write: 'wrote', trace: 'traced' }[detail.action];
    return {
      ...subjectOf(activity),
      ...onMachine(activity),
      severity: isDebugger ? 'medium' : severityOf(detail),
      observed: `${jobWords(activity)}: ${program} ${verb} the memory of ${whose}.`,
      expected: 'Builds do not look into the memory of other processes.',
      history: 'A plain rule: it does not depend on history.',
      oddity: `memory:${program}:${activity.host?.name ?? ''}`,
    };
  },
});

/** Whoever is debugged says so by the same call that traces others, and one's own memory may be read without an id. */
function severityOf({ action, target }: ActivityDetails['memory']): Severity {
  if (action === 'trace') return target === undefined ? 'low' : 'medium';
  return target === undefined ? 'medium' : 'high';
}

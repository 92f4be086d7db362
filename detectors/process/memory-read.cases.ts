// Cases of memory-read.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';

const AT = Date.UTC(2026, 2, 3, 14);
const on = (executable: string) => ({
  source: 'tetragon',
  vcs: { repository: { name: 'example/app' } },
  cicd: { pipeline: { name: 'ci', task: { name: 'test' } }, worker: { name: 'runner 7' } },
  process: { executable },
});

export const cases: readonly DetectorCase[] = [
  {
    name: 'A script reads the memory of the runner’s worker',
    kind: 'hit',
    history: [],
    activity: activityAt(
      AT,
      'memory',
      { action: 'read', target: { pid: 1873, executable: '/home/runner/bin/Runner.Worker' } },
      on('/usr/bin/python3.12'),
    ),
    expected: 'high',
  },
  {
    name: 'A debugger writes into another process',
    kind: 'hit',
    history: [],
    activity: activityAt(AT, 'memory', { action: 'write', target: { pid: 12 } }, on('/usr/bin/gdb')),
    expected: 'medium',
  },
  {
    name: 'A debugger traces the tests',
    kind: 'near-miss',
    history: [],
    activity: activityAt(AT, 'memory', { action: 'trace', target: { pid: 12 } }, on('/usr/bin/strace')),
    expected: null,
  },
  {
    name: 'A leak checker reads its own program',
    kind: 'near-miss',
    history: [],
    activity: activityAt(
      AT,
      'memory',
      { action: 'trace', target: { pid: 12, executable: '/work/build/unit-tests' } },
      on('/work/build/unit-tests'),
    ),
    expected: null,
  },
  {
    name: 'The first thing that is ever seen of a runner',
    kind: 'cold-start',
    history: [],
    activity: activityAt(
      AT,
      'memory',
      { action: 'read' },
      { host: { name: 'new-runner' }, process: { executable: 'x' } },
    ),
    expected: 'medium',
  },
  {
    name: 'Nothing is known of who or whom',
    kind: 'malformed',
    history: [],
    activity: activityAt(AT, 'memory', { action: 'trace' }, {}),
    expected: 'low',
  },
];

// Cases of environment-dumped.
import { activityAt, type DetectorCase } from '../../services/core/detector-case.ts';

const AT = Date.UTC(2026, 2, 3, 14);

function started(commandLine: string | undefined, executable = '/usr/bin/bash') {
  return activityAt(
    AT,
    'process',
    { action: 'start' },
    {
      source: 'tetragon',
      vcs: { repository: { name: 'example/app' } },
      cicd: { pipeline: { name: 'ci', task: { name: 'test' } }, worker: { name: 'runner 7' } },
      process: { executable, ...(commandLine !== undefined && { command_line: commandLine }) },
    },
  );
}

export const cases: readonly DetectorCase[] = [
  {
    name: 'A shell reads its process’s environment from the kernel',
    kind: 'hit',
    history: [],
    activity: started('/bin/sh -c id; uname -a; cat /proc/self/environ'),
    expected: 'medium',
  },
  {
    name: 'A step prints its environment',
    kind: 'hit',
    history: [],
    activity: started('printenv', '/usr/bin/printenv'),
    expected: 'informational',
  },
  {
    name: 'A program is started with a variable of its own',
    kind: 'near-miss',
    history: [],
    activity: started('env NODE_ENV=test node main.js', '/usr/bin/env'),
    expected: null,
  },
  {
    name: 'The first thing that is ever seen',
    kind: 'cold-start',
    history: [],
    activity: started('sh -c "env | sort"'),
    expected: 'informational',
  },
  {
    name: 'A process without a command line',
    kind: 'malformed',
    history: [],
    activity: started(undefined),
    expected: null,
  },
];

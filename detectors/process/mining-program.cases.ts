// Cases of mining-program.
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
    name: 'A pool is named by its protocol',
    kind: 'hit',
    history: [],
    activity: started('./worker -o stratum+tcp://pool.example.net:3333 -u wallet'),
    expected: 'high',
  },
  {
    name: 'A renamed program is told how much of the processor to take',
    kind: 'hit',
    history: [],
    activity: started('./node-helper --cpu-max-threads-hint 100 -o 203.0.113.150:14444', './node-helper'),
    expected: 'high',
  },
  {
    name: 'A pool is called an address, at a port that pools have',
    kind: 'hit',
    history: [],
    activity: started('/tmp/.x/kworker --threads 0 --url pool.example.net:3333', '/tmp/.x/kworker'),
    expected: 'high',
  },
  {
    name: 'A server is measured with many threads',
    kind: 'near-miss',
    history: [],
    activity: started('loadgen --threads 64 --url shop.example.com:8443', '/usr/bin/loadgen'),
    expected: null,
  },
  {
    name: 'A compiler is told where to put its output',
    kind: 'near-miss',
    history: [],
    activity: started('gcc -O2 -o build/main:debug main.c', '/usr/bin/gcc'),
    expected: null,
  },
  {
    name: 'The first thing that is ever seen',
    kind: 'cold-start',
    history: [],
    activity: started('xmrig --donate-level 1', '/tmp/xmrig'),
    expected: 'high',
  },
  {
    name: 'A process without a command line',
    kind: 'malformed',
    history: [],
    activity: started(undefined),
    expected: null,
  },
];

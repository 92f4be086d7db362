// Cases of buildbot.job-log, after what the worker writes around a command and how the master stores it.
import type { SourceCase } from '../../source-case.ts';

const CHUNKS = 'https://docs.buildbot.net/latest/developer/raml/logchunk.html';
const SHELL = 'https://docs.buildbot.net/latest/manual/configuration/steps/shell_command.html';
const WORKER = 'https://github.com/buildbot/buildbot/blob/master/worker/buildbot_worker/runprocess.py';
const place = { repository: 'acme/shop', run_id: '118', job: 'linux' };

const header = (command: string, ...environment: readonly string[]) => [
  command,
  ' in dir /home/bot/linux/build (timeout 1200 secs)',
  ' watching logfiles {}',
  ` argv: [b'${command.split(' ').join("', b'")}']`,
  ' environment:',
  ...environment.map((name) => `  ${name}=value`),
  ' using PTY: False',
];

export const cases: readonly SourceCase[] = [
  {
    name: 'A command runs and succeeds',
    reference: WORKER,
    record: {
      ...place,
      body: [
        'Builder: linux',
        'Build number: 118',
        'Worker name: worker-7',
        ...header('git clone https://git.example.com/acme/shop.git .', 'HOME', 'DEPLOY_HOST'),
        "Cloning into '.'...",
        'program finished with exit code 0',
        'elapsedTime=1.250000',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'setup',
        cicd: { worker: { name: 'worker-7' } },
        detail: { variables: ['HOME', 'DEPLOY_HOST'] },
      },
      {
        kind: 'step',
        detail: {
          name: 'git clone https://git.example.com/acme/shop.git .',
          command: 'git clone https://git.example.com/acme/shop.git .',
          first_line: 4,
          last_line: 14,
          result: 'success',
          hosts: [{ name: 'git.example.com', line: 4, contacted: true }],
          dependencies: [
            { type: 'repository', name: 'https://git.example.com/acme/shop.git', from: 'git.example.com' },
          ],
        },
      },
    ],
  },
  {
    name: 'Two commands, the second fails',
    reference: SHELL,
    record: {
      ...place,
      body: [
        ...header('make deps', 'PATH'),
        'Get:1 http://deb.example.org/debian bookworm/main amd64 zlib1g-dev amd64 1:1.2.13 [919 kB]',
        'Setting up zlib1g-dev:amd64 (1:1.2.13.dfsg-1) ...',
        'program finished with exit code 0',
        'elapsedTime=9.1',
        ...header('make test', 'PATH'),
        'FAIL: login',
        'program finished with exit code 2',
        'elapsedTime=3.0',
        '',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'setup', detail: { variables: ['PATH'] } },
      {
        kind: 'step',
        detail: {
          name: 'make deps',
          first_line: 1,
          last_line: 11,
          result: 'success',
          hosts: [{ name: 'deb.example.org', contacted: true }],
          dependencies: [{ type: 'package', name: 'zlib1g-dev', resolved: '1:1.2.13.dfsg-1', from: 'apt' }],
        },
      },
      { kind: 'step', detail: { name: 'make test', first_line: 12, last_line: 21, result: 'failure' } },
    ],
  },
  {
    name: 'The stored form, in which every line begins with its stream',
    reference: CHUNKS,
    record: {
      ...place,
      body: [
        'hmake',
        'h in dir /home/bot/build (timeout 1200 secs)',
        'h watching logfiles {}',
        "h argv: [b'make']",
        'h environment:',
        'h  CC=gcc',
        'h using PTY: False',
        'o+ curl -fsS https://files.example.org/data.bin',
        'ewarning: slow',
        'hprogram finished with exit code 0',
        'helapsedTime=0.5',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'setup', detail: { variables: ['CC'] } },
      {
        kind: 'step',
        detail: {
          name: 'make',
          first_line: 1,
          last_line: 11,
          result: 'success',
          hosts: [{ name: 'files.example.org', line: 8, contacted: true }],
          dependencies: [{ type: 'download', name: 'https://files.example.org/data.bin' }],
        },
      },
    ],
  },
  {
    name: 'A command hangs and is ended',
    reference: WORKER,
    record: {
      ...place,
      body: [
        ...header('make soak'),
        'command timed out: 1200 seconds without output running [b"make"], attempting to kill',
        'process killed by signal 9',
        'program finished with exit code -1',
        'elapsedTime=1201.0',
      ].join('\n'),
    },
    drafts: [{ kind: 'log' }, { kind: 'step', detail: { name: 'make soak', result: 'timeout', last_line: 10 } }],
  },
  {
    name: 'A log that was cut off in the environment',
    reference: CHUNKS,
    record: { ...place, body: header('make', 'PATH', 'LANG').slice(0, -1).join('\n') },
    drafts: [
      { kind: 'log' },
      { kind: 'setup', detail: { variables: ['PATH', 'LANG'] } },
      { kind: 'step', detail: { name: 'make', first_line: 1, last_line: 7 } },
    ],
  },
];

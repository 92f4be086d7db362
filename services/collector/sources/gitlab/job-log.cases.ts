// Cases of gitlab.job-log, after GitLab's documentation of job logs and the runner's source.
import type { SourceCase } from '../../source-case.ts';

const LOGS = 'https://docs.gitlab.com/ci/jobs/job_logs/';
const RUNNER = 'https://gitlab.com/gitlab-org/gitlab-runner/-/blob/main/common/build.go';
const FLAGS = 'https://docs.gitlab.com/runner/configuration/feature-flags/';

const CLEAR = '\r\u001b[0K';
const start = (name: string, options = '') => `section_start:1772618038:${name}${options}${CLEAR}`;
const end = (name: string) => `section_end:1772618039:${name}${CLEAR}`;
const command = (text: string) => `\u001b[32;1m$ ${text}\u001b[0;m`;
const DIGEST = `sha256:${'5a'.repeat(32)}`;
const IMAGE = 'registry.example.com/ci/node:22';

const place = { repository: 'acme/shop', run_id: '4711', job: 'test' };

export const cases: readonly SourceCase[] = [
  {
    name: 'A job in a container runs its script and succeeds',
    reference: RUNNER,
    record: {
      ...place,
      body: [
        '\u001b[0KRunning with gitlab-runner 18.2.1 (a1b2c3d4)\u001b[0;m',
        '\u001b[0K  on build-1 ih9XD9p3, system ID: s_0f1e2d3c4b5a\u001b[0;m',
        `${start('prepare_executor')}\u001b[0K\u001b[36;1mPreparing the "docker" executor\u001b[0;m`,
        `\u001b[0KUsing Docker executor with image ${IMAGE} ...\u001b[0;m`,
        `\u001b[0KUsing docker image sha256:${'0b'.repeat(32)} for ${IMAGE} with digest registry.example.com/ci/node@${DIGEST} ...\u001b[0;m`,
        `${end('prepare_executor')}${start('get_sources')}\u001b[0K\u001b[36;1mGetting source from Git repository\u001b[0;m`,
        'Initialized empty Git repository in /builds/acme/shop/.git/',
        '\u001b[32;1mChecking out 7a6612da as detached HEAD (ref is main)...\u001b[0;m',
        `${end('get_sources')}${start('step_script')}\u001b[0K\u001b[36;1mExecuting "step_script" stage of the job script\u001b[0;m`,
        command('npm ci'),
        'npm http fetch GET 200 https://registry.packages.example.com/left-pad/-/left-pad-1.3.0.tgz 31ms',
        'token is [MASKED]',
        `${end('step_script')}${start('cleanup_file_variables')}\u001b[0KCleaning up project directory and file based variables`,
        end('cleanup_file_variables'),
        '\u001b[32;1mJob succeeded\u001b[0;m',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'setup',
        cicd: { worker: { name: 'build-1', id: 'ih9XD9p3' } },
        detail: { runner: { version: '18.2.1' }, image: { name: IMAGE, digest: DIGEST } },
      },
      { kind: 'step', detail: { name: 'prepare_executor', ordinal: 1, first_line: 3, last_line: 5 } },
      {
        kind: 'step',
        detail: {
          name: 'get_sources',
          first_line: 6,
          last_line: 8,
          dependencies: [{ type: 'repository', name: 'acme/shop', requested: 'main', resolved: '7a6612da' }],
        },
      },
      {
        kind: 'step',
        detail: {
          name: 'step_script',
          first_line: 9,
          last_line: 12,
          command: 'npm ci',
          result: 'success',
          hosts: [{ name: 'registry.packages.example.com', line: 11, contacted: true }],
          dependencies: [{ type: 'package', name: 'left-pad', resolved: '1.3.0', from: 'npm' }],
          masked: 1,
        },
      },
      { kind: 'step', detail: { name: 'cleanup_file_variables', first_line: 13, last_line: 14 } },
    ],
  },
  {
    name: 'A job divides its own output into sections',
    reference: LOGS,
    record: {
      ...place,
      body: [
        start('step_script'),
        `${start('fetch_tools', '[collapsed=true]')}Fetching tools`,
        command('wget https://tools.example.org/cli.tgz'),
        end('fetch_tools'),
        command('./build.sh'),
        `no newline at the end${end('step_script')}`,
        '\u001b[31;1mERROR: Job failed: exit code 1',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'step',
        detail: {
          name: 'step_script',
          first_line: 1,
          last_line: 6,
          command: 'wget https://tools.example.org/cli.tgz',
          result: 'failure',
          dependencies: [{ type: 'download', name: 'https://tools.example.org/cli.tgz' }],
        },
      },
    ],
  },
  {
    name: 'Every line has its time and stream',
    reference: FLAGS,
    record: {
      ...place,
      body: [
        '2026-03-04T09:53:58.833877Z 00O \u001b[0KRunning with gitlab-runner 18.2.1 (a1b2c3d4)\u001b[0;m',
        `2026-03-04T09:53:59.000000Z 00O ${start('step_script')}`,
        `2026-03-04T09:53:59.100000Z 01O ${command('apk add curl')}`,
        '2026-03-04T09:54:01.000000Z 01O (1/1) Installing curl (8.11.0-r2)',
        '2026-03-04T09:54:02.000000Z 01E+ part of a line',
        `2026-03-04T09:54:03.000000Z 00O ${end('step_script')}`,
        '2026-03-04T09:54:04.000000Z 00E \u001b[31;1mERROR: Job failed: execution took longer than 1h0m0s seconds',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log', observed_at: Date.parse('2026-03-04T09:53:58.833Z') },
      { kind: 'setup', detail: { runner: { version: '18.2.1' } } },
      {
        kind: 'step',
        observed_at: Date.parse('2026-03-04T09:53:59Z'),
        detail: {
          name: 'step_script',
          result: 'timeout',
          first_line: 2,
          last_line: 6,
          dependencies: [{ type: 'package', name: 'curl', resolved: '8.11.0-r2', from: 'apk' }],
        },
      },
    ],
  },
  {
    name: 'An old runner writes no sections',
    reference: LOGS,
    record: {
      ...place,
      body: [
        'Running with gitlab-runner 10.8.0 (079aad9e)',
        '  on old-box 1a2b3c4d',
        '$ git clone https://git.example.net/acme/tools.git',
        "Cloning into 'tools'...",
        '$ make',
        'cc -c main.c',
        'Job succeeded',
      ].join('\n'),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'setup', cicd: { worker: { name: 'old-box' } }, detail: { runner: { version: '10.8.0' } } },
      {
        kind: 'step',
        detail: {
          name: 'git clone https://git.example.net/acme/tools.git',
          first_line: 3,
          last_line: 4,
          hosts: [{ name: 'git.example.net', line: 3, contacted: true }],
          dependencies: [
            { type: 'repository', name: 'https://git.example.net/acme/tools.git', from: 'git.example.net' },
          ],
        },
      },
      { kind: 'step', detail: { name: 'make', first_line: 5, last_line: 6, result: 'success' } },
    ],
  },
  {
    name: 'A trace that ends in the middle of a section',
    reference: LOGS,
    record: { ...place, body: [start('step_script'), command('make'), 'cc -c main'].join('\n') },
    drafts: [{ kind: 'log' }, { kind: 'step', detail: { name: 'step_script', first_line: 1, last_line: 3 } }],
  },
];

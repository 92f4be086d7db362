// Cases of gitea.job-log, after what act_runner and Forgejo's runner write, old and new.
import type { SourceCase } from '../../source-case.ts';

const RUNNER = 'https://docs.gitea.com/usage/actions/act-runner';
const SOURCE = 'https://gitea.com/gitea/act_runner/src/branch/main/act/runner/step.go';
const FORGEJO = 'https://forgejo.org/docs/latest/user/actions/reference/';

const SHA = '8f4b7f84864484a7bf31766abe9204da3cbe65b3';
const log = (...lines: readonly string[]) =>
  lines.map((line, index) => `2026-03-04T09:53:${10 + index}.8338772Z ${line}\n`).join('');
const place = { repository: 'acme/shop', run_id: '5', job: 'build' };

export const cases: readonly SourceCase[] = [
  {
    name: 'A runner with signs pulls an image, checks out and runs a script',
    reference: RUNNER,
    record: {
      ...place,
      body: log(
        'build-1(version:v0.2.11) received task 27 of job build, be triggered by event: push',
        'workflow prepared',
        '🚀  Start image=docker.example.com/runner-images:ubuntu-22.04',
        '  🐳  docker pull image=docker.example.com/runner-images:ubuntu-22.04 platform= username= forcePull=false',
        "  ☁  git clone 'https://github.com/actions/checkout' # ref=v4",
        '⭐ Run Main actions/checkout@v4',
        '  ✅  Success - Main actions/checkout@v4 [1.2s]',
        '⭐ Run Main npm ci',
        'npm http fetch GET 200 https://registry.packages.example.com/left-pad/-/left-pad-1.3.0.tgz 31ms',
        'token=***',
        '  ❌  Failure - Main npm ci',
        '⭐ Run Post actions/checkout@v4',
        '  ✅  Success - Post actions/checkout@v4',
        '🏁  Job failed',
      ),
    },
    drafts: [
      { kind: 'log', observed_at: Date.parse('2026-03-04T09:53:10.833Z') },
      {
        kind: 'setup',
        cicd: { pipeline: { run: { id: '5', trigger: 'push' } }, worker: { name: 'build-1' } },
        detail: {
          runner: { version: 'v0.2.11' },
          image: { name: 'docker.example.com/runner-images:ubuntu-22.04' },
          dependencies: [{ type: 'action', name: 'actions/checkout', requested: 'v4', from: 'github.com' }],
        },
      },
      {
        kind: 'step',
        detail: {
          name: 'before the first step',
          first_line: 1,
          last_line: 5,
          hosts: [{ name: 'github.com' }],
          dependencies: [{ type: 'image', name: 'docker.example.com/runner-images', requested: 'ubuntu-22.04' }],
        },
      },
      {
        kind: 'step',
        detail: {
          name: 'actions/checkout@v4',
          first_line: 6,
          last_line: 7,
          result: 'success',
          dependencies: [{ type: 'action', name: 'actions/checkout', requested: 'v4' }],
        },
      },
      {
        kind: 'step',
        detail: {
          name: 'npm ci',
          command: 'npm ci',
          first_line: 8,
          last_line: 11,
          result: 'failure',
          hosts: [{ name: 'registry.packages.example.com', contacted: true }],
          dependencies: [{ type: 'package', name: 'left-pad', resolved: '1.3.0', from: 'npm' }],
          masked: 1,
        },
      },
      { kind: 'step', detail: { name: 'Post actions/checkout@v4', result: 'success' } },
    ],
  },
  {
    name: 'A newer runner heads its steps as GitHub’s does',
    reference: SOURCE,
    record: {
      ...place,
      body: log(
        'build-2(version:v1.0.3)',
        '::group::Runner Information',
        'Runner labels: ubuntu-latest, docker',
        'Triggered by event: pull_request',
        '::endgroup::',
        'Prepare all required actions',
        `Download action repository 'actions/checkout@v6' (SHA:${SHA})`,
        'Complete job name: build',
        '::group::Run actions/checkout@v6',
        'with:',
        '  fetch-depth: 1',
        '::endgroup::',
        'Success - Main actions/checkout@v6',
        '::group::Run make',
        '\u001b[36;1mmake\u001b[0m',
        'shell: bash -e {0}',
        'env:',
        '  KEY: ***',
        '::endgroup::',
        'Success - Main make',
        'Run Post actions/checkout@v6',
        'Success - Post actions/checkout@v6',
      ),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'setup',
        cicd: {
          pipeline: { run: { trigger: 'pull_request' } },
          worker: { name: 'build-2', labels: ['ubuntu-latest', 'docker'] },
        },
        detail: {
          runner: { version: 'v1.0.3' },
          dependencies: [{ type: 'action', name: 'actions/checkout', requested: 'v6', resolved: SHA }],
          variables: ['KEY'],
        },
      },
      {
        kind: 'step',
        detail: {
          name: 'Run actions/checkout@v6',
          first_line: 9,
          last_line: 13,
          result: 'success',
          dependencies: [{ type: 'action', name: 'actions/checkout', requested: 'v6', resolved: SHA }],
        },
      },
      { kind: 'step', detail: { name: 'Run make', command: 'make', first_line: 14, last_line: 20, result: 'success' } },
      { kind: 'step', detail: { name: 'Post actions/checkout@v6', first_line: 21, last_line: 22 } },
    ],
  },
  {
    name: 'Setting up and completing are steps of their own',
    reference: SOURCE,
    record: {
      ...place,
      body: log(
        '⭐ Run Set up job',
        '  🐳  docker create image=node:22 platform= entrypoint=["tail"] cmd=[] network="host"',
        '  ✅  Success - Set up job',
        '⭐ Run Main make',
        '  ✅  Success - Main make [2s]',
        '⭐ Run Complete job',
        '  ✅  Success - Complete job',
      ),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'setup', detail: { image: { name: 'node:22' } } },
      {
        kind: 'step',
        detail: {
          name: 'Set up job',
          result: 'success',
          dependencies: [{ type: 'image', name: 'node', requested: '22' }],
        },
      },
      { kind: 'step', detail: { name: 'make', result: 'success' } },
      { kind: 'step', detail: { name: 'Complete job', result: 'success' } },
    ],
  },
  {
    name: 'Forgejo’s runner, with a script that clones over SSH',
    reference: FORGEJO,
    record: {
      ...place,
      body: log(
        'forge(version:v6.3.1) received task 9 of job build, be triggered by event: schedule',
        '⭐ Run Main git clone git@code.example.org:acme/tools.git',
        '+ git clone git@code.example.org:acme/tools.git',
        '  ✅  Success - Main git clone git@code.example.org:acme/tools.git',
      ),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'setup', cicd: { pipeline: { run: { trigger: 'schedule' } }, worker: { name: 'forge' } } },
      {
        kind: 'step',
        detail: {
          result: 'success',
          hosts: [{ name: 'code.example.org', line: 3, contacted: true }],
          dependencies: [{ type: 'repository', name: 'git@code.example.org:acme/tools.git', from: 'code.example.org' }],
        },
      },
    ],
  },
  {
    name: 'A log without any marker is one step, where it does something',
    reference: RUNNER,
    record: { ...place, body: 'fetching https://files.example.org/a.bin\n' },
    drafts: [
      { kind: 'log' },
      {
        kind: 'step',
        detail: { name: 'log', first_line: 1, last_line: 1, hosts: [{ name: 'files.example.org', contacted: true }] },
      },
    ],
  },
];

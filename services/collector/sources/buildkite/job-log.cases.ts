// Cases of buildkite.job-log, after what the agent writes.
import type { SourceCase } from '../../source-case.ts';

const OUTPUT = 'https://buildkite.com/docs/pipelines/configure/managing-log-output';
const JOBS = 'https://buildkite.com/docs/apis/rest-api/jobs#get-a-jobs-log-output';
const HOOKS = 'https://buildkite.com/docs/agent/v3/hooks';

const START = Date.parse('2026-03-04T09:53:10Z');
const run = 'f62a1b4d-10f9-4790-bc1c-e2c3a0c80983';
const place = { organization: 'acme', pipeline: 'shop', run_id: run, job: 'RSpec' };
/** One second between lines, which end as a terminal's do. */
const log = (...lines: readonly string[]) =>
  lines.map((line, index) => `\u001b_bk;t=${START + index * 1_000}\u0007${line}\r\n`).join('');
const prompt = (command: string) => `\u001b[90m$\u001b[0m ${command}`;

export const cases: readonly SourceCase[] = [
  {
    name: 'An agent runs its hooks, checks out and runs a command that fails',
    reference: OUTPUT,
    record: {
      ...place,
      repository: 'acme/shop',
      body: log(
        '~~~ Running global environment hook',
        prompt('/buildkite/agent/hooks/environment'),
        '~~~ Preparing working directory',
        prompt('git clone -v -- https://github.com/acme/shop.git .'),
        '\u001b[33m~~~ Running commands\u001b[0m',
        prompt('npm ci'),
        'npm http fetch GET 200 https://registry.packages.example.com/left-pad/-/left-pad-1.3.0.tgz 31ms',
        'token=[REDACTED]',
        '^^^ +++',
        '\u001b[31m🚨 Error: The command exited with status 1\u001b[0m',
      ),
    },
    drafts: [
      {
        kind: 'log',
        observed_at: START,
        organization: 'acme',
        vcs: { repository: { name: 'acme/shop' } },
        cicd: { pipeline: { name: 'shop', run: { id: run }, task: { name: 'RSpec' } } },
      },
      { kind: 'step', detail: { name: 'Running global environment hook', first_line: 1, last_line: 2 } },
      {
        kind: 'step',
        observed_at: START + 2_000,
        detail: {
          name: 'Preparing working directory',
          command: 'git clone -v -- https://github.com/acme/shop.git .',
          first_line: 3,
          last_line: 4,
          hosts: [{ name: 'github.com', contacted: true }],
          dependencies: [{ type: 'repository' }],
        },
      },
      {
        kind: 'step',
        detail: {
          name: 'Running commands',
          command: 'npm ci',
          first_line: 5,
          last_line: 10,
          result: 'failure',
          hosts: [{ name: 'registry.packages.example.com', contacted: true }],
          dependencies: [{ type: 'package', name: 'left-pad', resolved: '1.3.0', from: 'npm' }],
          masked: 1,
        },
      },
    ],
  },
  {
    name: 'A script heads its own parts, opened, closed and of no importance',
    reference: OUTPUT,
    record: {
      ...place,
      body: log('--- Bundling', 'ok', '+++ \u001b[33mspecs\u001b[0m :cow:', 'ok', '~~~ Cleaning', '+++', '^^^ +++'),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'step', detail: { name: 'Bundling', first_line: 1, last_line: 2 } },
      { kind: 'step', detail: { name: 'specs :cow:', first_line: 3, last_line: 4 } },
      { kind: 'step', detail: { name: 'Cleaning', first_line: 5, last_line: 7 } },
    ],
  },
  {
    name: 'What a difference between files prints is no heading',
    reference: OUTPUT,
    record: {
      ...place,
      body: log(
        '~~~ Running commands',
        '--- a/src/a.ts',
        '+++ b/src/a.ts',
        '--- a/src/b.ts',
        '+++ /dev/null',
        '--- a/b test',
      ),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'step', detail: { name: 'Running commands', first_line: 1, last_line: 5 } },
      { kind: 'step', detail: { name: 'a/b test', first_line: 6 } },
    ],
  },
  {
    name: 'A plugin’s hook pulls an image',
    reference: HOOKS,
    record: {
      ...place,
      body: log(
        '~~~ Running plugin docker command hook',
        prompt('docker pull node:22'),
        '22: Pulling from library/node',
      ),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'step',
        detail: {
          name: 'Running plugin docker command hook',
          dependencies: [{ type: 'image', name: 'node', requested: '22' }],
        },
      },
    ],
  },
  {
    name: 'A log without times and headings is one step, where it does something',
    reference: JOBS,
    record: { ...place, body: 'fetching https://files.example.org/a.bin\n' },
    drafts: [
      { kind: 'log' },
      { kind: 'step', detail: { name: 'log', hosts: [{ name: 'files.example.org', contacted: true }] } },
    ],
  },
];

// Cases of github.job-log, after the runner's source and the documentation of workflow logs.
import type { SourceCase } from '../../source-case.ts';

const RUNNER = 'https://github.com/actions/runner/blob/main/src/Runner.Worker/JobExtension.cs';
const SCRIPTS = 'https://github.com/actions/runner/blob/main/src/Runner.Worker/Handlers/ScriptHandler.cs';
const COMMANDS = 'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands';
const CONTAINERS = 'https://docs.github.com/en/actions/how-tos/use-cases-and-examples/using-containerized-services';

const SHA = '8f4b7f84864484a7bf31766abe9204da3cbe65b3';
const DIGEST = `sha256:${'5a'.repeat(32)}`;

/** Each line with the time that GitHub's server puts before it. */
function log(...lines: readonly string[]): string {
  return lines.map((line, index) => `2026-03-04T09:53:${10 + index}.8338772Z ${line}\n`).join('');
}

const place = { repository: 'acme/shop', run_id: '17', job: 'build' };

export const cases: readonly SourceCase[] = [
  {
    name: 'A hosted runner sets up the job, checks out and runs a script',
    reference: RUNNER,
    record: {
      ...place,
      body: log(
        "Current runner version: '2.332.0'",
        '##[group]Runner Image',
        'Image: ubuntu-24.04',
        'Version: 20260302.1.0',
        '##[endgroup]',
        '##[group]GITHUB_TOKEN Permissions',
        'Contents: read',
        'PullRequests: write',
        '##[endgroup]',
        'Secret source: Actions',
        'Getting action download info',
        `Download action repository 'actions/checkout@v6' (SHA:${SHA})`,
        'Complete job name: build',
        '##[group]Run actions/checkout@v6',
        'with:',
        '  token: ***',
        '##[endgroup]',
        '[command]/usr/bin/git -c protocol.version=2 fetch --no-tags origin main',
        'From https://github.com/acme/shop',
        '##[group]Run npm ci',
        '\u001b[36;1mnpm ci\u001b[0m',
        'shell: /usr/bin/bash -e {0}',
        'env:',
        '  NPM_TOKEN: ***',
        '##[endgroup]',
        'npm warn deprecated request@2.88.2: no longer maintained',
        '##[error]Process completed with exit code 1.',
        'Post job cleanup.',
        'Cleaning up orphan processes',
      ),
    },
    drafts: [
      { kind: 'log', detail: { first_line: 1, last: true } },
      {
        kind: 'setup',
        detail: {
          runner: { version: '2.332.0' },
          image: { name: 'ubuntu-24.04', version: '20260302.1.0' },
          permissions: { contents: 'read', 'pull-requests': 'write' },
          secret_source: 'Actions',
          dependencies: [{ type: 'action', name: 'actions/checkout', requested: 'v6', resolved: SHA }],
          variables: ['NPM_TOKEN'],
        },
      },
      { kind: 'step', detail: { name: 'Set up job', ordinal: 1, first_line: 1, last_line: 13 } },
      {
        kind: 'step',
        observed_at: Date.parse('2026-03-04T09:53:23.833Z'),
        detail: {
          name: 'Run actions/checkout@v6',
          command: 'actions/checkout@v6',
          first_line: 14,
          last_line: 19,
          hosts: [{ name: 'github.com', line: 19, contacted: true }],
          dependencies: [{ type: 'action', name: 'actions/checkout', requested: 'v6', resolved: SHA, line: 14 }],
          masked: 1,
        },
      },
      {
        kind: 'step',
        detail: {
          name: 'Run npm ci',
          command: 'npm ci',
          result: 'failure',
          dependencies: [{ type: 'package', name: 'request', resolved: '2.88.2', from: 'npm', line: 26 }],
        },
      },
      { kind: 'step', detail: { name: 'Post job cleanup', first_line: 28, last_line: 28 } },
      { kind: 'step', detail: { name: 'Complete job', first_line: 29, last_line: 29 } },
    ],
  },
  {
    name: 'A runner of the organization takes a job whose workflow is defined elsewhere',
    reference: RUNNER,
    record: {
      ...place,
      body: log(
        'Requested labels: self-hosted, linux',
        'Job defined at: acme/shop/.github/workflows/release.yml@refs/heads/main',
        'Job is about to start running on the runner: build-7 (organization)',
        "Current runner version: '2.332.0'",
        "Runner name: 'build-7'",
        "Runner group name: 'Release'",
        `Uses: acme/ci/.github/workflows/publish.yml@refs/tags/v1 (${SHA})`,
        '##[group]Run make',
        '\u001b[36;1mmake\u001b[0m',
        'shell: /usr/bin/bash -e {0}',
        '##[endgroup]',
      ),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'setup',
        cicd: {
          pipeline: { definition: '.github/workflows/release.yml', run: { id: '17' }, task: { name: 'build' } },
          worker: { name: 'build-7', group: 'Release', hosted: false, labels: ['self-hosted', 'linux'] },
        },
        detail: {
          runner: { version: '2.332.0', group: 'Release' },
          dependencies: [
            {
              type: 'workflow',
              name: 'acme/ci/.github/workflows/publish.yml',
              requested: 'refs/tags/v1',
              resolved: SHA,
            },
          ],
        },
      },
      { kind: 'step', detail: { name: 'Set up job', last_line: 7 } },
      { kind: 'step', detail: { name: 'Run make', first_line: 8, last_line: 11 } },
    ],
  },
  {
    name: 'A script prints a group that looks like the head of a step',
    reference: SCRIPTS,
    record: {
      ...place,
      body: log(
        '##[group]Run ./all.sh',
        '\u001b[36;1m./all.sh\u001b[0m',
        'shell: /usr/bin/bash -e {0}',
        '##[endgroup]',
        '##[group]Run unit tests',
        'ok 1 - adds',
        '##[endgroup]',
        'done',
      ),
    },
    drafts: [{ kind: 'log' }, { kind: 'step', detail: { name: 'Run ./all.sh', first_line: 1, last_line: 8 } }],
  },
  {
    name: 'Containers are started before the first step and stopped after the last',
    reference: CONTAINERS,
    record: {
      ...place,
      body: log(
        "Current runner version: '2.332.0'",
        'Complete job name: build',
        '##[group]Checking docker version',
        '##[command]/usr/bin/docker version --format {{.Server.APIVersion}}',
        '##[endgroup]',
        '##[group]Starting postgres service container',
        '##[command]/usr/bin/docker pull registry.example.com/db/postgres:16',
        '16: Pulling from db/postgres',
        `Digest: ${DIGEST}`,
        'Status: Downloaded newer image for registry.example.com/db/postgres:16',
        '##[endgroup]',
        '##[group]Run npm test',
        '\u001b[36;1mnpm test\u001b[0m',
        'shell: sh -e {0}',
        '##[endgroup]',
        '##[error]The operation was canceled.',
        'Stop and remove container: 4a5b_postgres16_c0ffee',
        'Remove container network: github_network_1',
        'Cleaning up orphan processes',
      ),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'setup', detail: { runner: { version: '2.332.0' } } },
      { kind: 'step', detail: { name: 'Set up job', last_line: 2 } },
      {
        kind: 'step',
        detail: {
          name: 'Initialize containers',
          first_line: 3,
          last_line: 11,
          dependencies: [
            {
              type: 'image',
              name: 'registry.example.com/db/postgres',
              requested: '16',
              resolved: DIGEST,
              from: 'registry.example.com',
            },
          ],
        },
      },
      { kind: 'step', detail: { name: 'Run npm test', result: 'cancellation', last_line: 16 } },
      { kind: 'step', detail: { name: 'Stop containers', first_line: 17, last_line: 18 } },
      { kind: 'step', detail: { name: 'Complete job' } },
    ],
  },
  {
    name: 'A script downloads a tool, installs packages and talks to a host',
    reference: COMMANDS,
    record: {
      ...place,
      body: log(
        '##[group]Run curl -fsSL https://get.tool.example.com/install.sh | sh',
        '\u001b[36;1mcurl -fsSL https://get.tool.example.com/install.sh | sh\u001b[0m',
        '\u001b[36;1mpip install requests==2.31.0\u001b[0m',
        'shell: /usr/bin/bash -e {0}',
        '##[endgroup]',
        '* Connected to cdn.tool.example.com (203.0.113.9) port 443 (#0)',
        'Collecting requests==2.31.0',
        '  Downloading requests-2.31.0-py3-none-any.whl (62 kB)',
        'Collecting urllib3<3,>=1.21.1',
        'Installing collected packages: urllib3, requests',
        'Successfully installed requests-2.31.0 urllib3-2.2.1',
        'See https://docs.tool.example.com/ for help, http://localhost:8080 is the console',
      ),
    },
    drafts: [
      { kind: 'log' },
      {
        kind: 'step',
        detail: {
          name: 'Run curl -fsSL https://get.tool.example.com/install.sh | sh',
          hosts: [
            { name: 'get.tool.example.com', line: 2, contacted: true },
            { name: 'cdn.tool.example.com', line: 6, contacted: true },
            { name: 'docs.tool.example.com', line: 12 },
          ],
          dependencies: [
            {
              type: 'download',
              name: 'https://get.tool.example.com/install.sh',
              from: 'get.tool.example.com',
              line: 2,
            },
            { type: 'package', name: 'requests', requested: '==2.31.0', resolved: '2.31.0', from: 'pip', line: 3 },
            { type: 'package', name: 'urllib3', requested: '<3,>=1.21.1', resolved: '2.2.1', from: 'pip', line: 9 },
          ],
        },
      },
    ],
  },
  {
    name: 'A composite action marks its own steps',
    reference: 'https://github.com/actions/runner/blob/main/src/Runner.Worker/Handlers/CompositeActionHandler.cs',
    record: {
      ...place,
      body: log(
        'Prepare all required actions',
        'Getting action download info',
        '##[group]Run ./.github/actions/build',
        '##[endgroup]',
        '##[start-action display=Compile%3A all;id=__1]',
        '##[group]Run make',
        '\u001b[36;1mmake\u001b[0m',
        'shell: /usr/bin/bash -e {0}',
        '##[endgroup]',
        '##[end-action id=__1;outcome=failure;conclusion=success;duration_ms=90]',
      ),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'step', detail: { name: 'Run ./.github/actions/build', first_line: 1, last_line: 4 } },
      {
        kind: 'step',
        detail: { name: 'Compile: all', command: 'make', result: 'success', first_line: 5, last_line: 10 },
      },
    ],
  },
];

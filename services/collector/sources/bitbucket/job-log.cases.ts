// Cases of bitbucket.job-log, after what Bitbucket Pipelines shows of a step.
import type { SourceCase } from '../../source-case.ts';

const STEPS = 'https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pipelines/';
const VIEW = 'https://support.atlassian.com/bitbucket-cloud/docs/view-your-pipeline/';
const SCRIPT = 'https://support.atlassian.com/bitbucket-cloud/docs/step-options/#Script';
const PIPES = 'https://support.atlassian.com/bitbucket-cloud/docs/what-are-pipes/';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const run = '{8c5a4e1b-0f7c-4f6e-9d7a-4c9a5f3b2e11}';
const place = { repository: 'acme/shop', run_id: run, job: 'Build' };
const log = (...lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
const setup = [
  '+ umask 000',
  '',
  '+ GIT_LFS_SKIP_SMUDGE=1 retry 6 git clone --branch="main" --depth 50 https://x-token-auth:$REPOSITORY_OAUTH_ACCESS_TOKEN@bitbucket.org/$BITBUCKET_REPO_FULL_NAME.git $BUILD_DIR',
  "Cloning into '/opt/atlassian/pipelines/agent/build'...",
  '',
  '+ git reset --hard 709d658dc5b6d6afcd46049c2f332ee3f515a67d',
  'HEAD is now at 709d658 Merged in fix',
];

export const cases: readonly SourceCase[] = [
  {
    name: 'A step clones, runs its script and looks for test reports',
    reference: VIEW,
    record: {
      ...place,
      body: log(
        ...setup,
        'Images used:',
        `    build : docker.io/library/node@${DIGEST}`,
        '+ npm ci',
        'npm http fetch GET 200 https://registry.packages.example.com/left-pad/-/left-pad-1.3.0.tgz 31ms',
        '+ curl -fsS https://get.example.org/install.sh',
        'Searching for test report files in directories named [test-results] down to a depth of 4',
        'Finished scanning for test reports. Found 0 test report files.',
      ),
    },
    drafts: [
      {
        kind: 'log',
        vcs: { provider: { name: 'bitbucket' }, repository: { name: 'acme/shop' } },
        cicd: { pipeline: { run: { id: run }, task: { name: 'Build' } } },
      },
      { kind: 'setup', detail: { image: { name: 'docker.io/library/node', digest: DIGEST } } },
      {
        kind: 'step',
        detail: { name: 'Build setup', first_line: 1, last_line: 9, hosts: [{ name: 'bitbucket.org' }] },
      },
      {
        kind: 'step',
        detail: {
          name: 'npm ci',
          command: 'npm ci',
          first_line: 10,
          last_line: 11,
          hosts: [{ name: 'registry.packages.example.com', contacted: true }],
          dependencies: [{ type: 'package', name: 'left-pad', resolved: '1.3.0', from: 'npm' }],
        },
      },
      {
        kind: 'step',
        detail: {
          command: 'curl -fsS https://get.example.org/install.sh',
          hosts: [{ name: 'get.example.org', contacted: true }],
          dependencies: [{ type: 'download', name: 'https://get.example.org/install.sh' }],
        },
      },
      { kind: 'step', detail: { name: 'Build teardown', first_line: 13, last_line: 14 } },
    ],
  },
  {
    name: 'A script that clones again is not its setup',
    reference: SCRIPT,
    record: {
      ...place,
      body: log('+ umask 000', '+ make', 'ok', '+ git clone https://code.example.org/acme/tools.git', '+ '),
    },
    drafts: [
      { kind: 'log' },
      { kind: 'step', detail: { name: 'Build setup', first_line: 1, last_line: 1 } },
      { kind: 'step', detail: { name: 'make', first_line: 2, last_line: 3 } },
      {
        kind: 'step',
        detail: {
          command: 'git clone https://code.example.org/acme/tools.git',
          hosts: [{ name: 'code.example.org', contacted: true }],
        },
      },
    ],
  },
  {
    name: 'A pipe is an image that is run',
    reference: PIPES,
    record: { ...place, body: log('+ docker pull bitbucketpipelines/aws-s3-deploy:1.1.0', '1.1.0: Pulling from it') },
    drafts: [
      { kind: 'log' },
      {
        kind: 'step',
        detail: { dependencies: [{ type: 'image', name: 'bitbucketpipelines/aws-s3-deploy', requested: '1.1.0' }] },
      },
    ],
  },
  {
    name: 'An image without a digest; cloning is off',
    reference: VIEW,
    record: { ...place, body: log('Images used:', '    build : docker.io/library/node:22', '+ true') },
    drafts: [
      { kind: 'log' },
      { kind: 'setup', detail: { image: { name: 'docker.io/library/node:22' } } },
      { kind: 'step', detail: { name: 'Build setup', first_line: 1, last_line: 2 } },
      { kind: 'step', detail: { name: 'true', first_line: 3 } },
    ],
  },
  {
    name: 'A log without any command is one step, where it does something',
    reference: STEPS,
    record: { ...place, body: 'fetching https://files.example.org/a.bin\n' },
    drafts: [
      { kind: 'log' },
      { kind: 'step', detail: { name: 'log', hosts: [{ name: 'files.example.org', contacted: true }] } },
    ],
  },
];

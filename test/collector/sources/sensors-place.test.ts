// Which runner and which run a sensor saw, from the names, labels, variables and paths of each CI system.
import { expect, test } from 'vitest';
import { placeOf } from '../../../services/collector/sources/sensors/shared/place.ts';

test('a virtual machine is the runner that is named like it', () => {
  expect(placeOf({ host: 'GitHub Actions 1000020001', cwd: '/home/runner/work/shop/shop' })).toEqual({
    host: { name: 'GitHub Actions 1000020001' },
    cicd: { worker: { name: 'GitHub Actions 1000020001' } },
  });
  expect(placeOf({ host: 'portal-20870', cwd: '/home/circleci/project' }).cicd).toEqual({
    worker: { name: 'portal-20870' },
  });
});

test.each([
  ['arc-shop-x7k2p-runner-9qwzt', 'arc-shop-x7k2p-runner-9qwzt'],
  ['arc-shop-x7k2p-runner-9qwzt-workflow', 'arc-shop-x7k2p-runner-9qwzt'],
  ['runner-t1x9k2zq-project-42-concurrent-0-shpvdimu', 'runner-t1x9k2zq-project-42-concurrent-0-shpvdimu'],
  ['maven-agent-7xk2p-9qwzt', 'maven-agent-7xk2p-9qwzt'],
  ['buildkite-0189f7a2-8f6c-4d2e-8a0b-2f4c6d8e0a1b-x7k2p', 'buildkite-0189f7a2-8f6c-4d2e-8a0b-2f4c6d8e0a1b-x7k2p'],
])('the pod %s is the runner %s, whichever node it is on', (name, runner) => {
  const place = placeOf({ host: 'node-1', pod: { name, namespace: 'ci' } });
  expect(place.cicd).toEqual({ worker: { name: runner } });
  expect(place.host).toEqual({ name: 'node-1', pod: { name, namespace: 'ci' } });
});

test.each([
  ['runner-t1_x9k2z-project-42-concurrent-0-3f9c2c1ab7d04b21-build', 'runner-t1_x9k2z-project-42-concurrent-0'],
  ['runner-t1-x9-project-42-concurrent-10-3f9c2c1ab7d04b21-docker-0', 'runner-t1-x9-project-42-concurrent-10'],
  ['shop-db-1', 'docker-host-2'],
])('the container %s of a machine is the runner %s', (name, runner) => {
  expect(placeOf({ host: 'docker-host-2', container: { name } }).cicd).toEqual({ worker: { name: runner } });
});

test('a container’s own host name, or the place where a log is read, is no runner', () => {
  const place = placeOf({ host: '97c9868ea832', elsewhere: true, container: { id: '97c9868ea832aa' } });
  expect(place).toEqual({ host: { name: '97c9868ea832', container: { id: '97c9868ea832aa' } } });
});

test.each([
  ['/builds/payments/api', { provider: { name: 'gitlab' }, repository: { name: 'payments/api' } }],
  ['/builds/payments/api.tmp', { provider: { name: 'gitlab' }, repository: { name: 'payments/api' } }],
  [
    '/home/gitlab-runner/builds/t1x9k2zq/0/payments/api',
    { provider: { name: 'gitlab' }, repository: { name: 'payments/api' } },
  ],
  // A subgroup's project, or a directory of the checkout: a path cannot tell.
  ['/builds/payments/api/src', undefined],
  // The owner is not in it.
  ['/home/runner/work/shop/shop', undefined],
  ['/opt/actions-runner/_work/shop/shop/src', undefined],
])('the directory %s is of %j', (cwd, vcs) => {
  expect(placeOf({ host: 'a', cwd }).vcs).toEqual(vcs);
});

test('runners of one organization tell the owner that GitHub’s paths lack', () => {
  const labels = { 'actions.github.com/organization': 'harbor', 'actions.github.com/scale-set-name': 'arc-shop' };
  expect(placeOf({ host: 'n', labels, cwd: '/home/runner/_work/shop/shop/src' })).toMatchObject({
    organization: 'harbor',
    vcs: { repository: { name: 'harbor/shop' } },
  });
  expect(placeOf({ host: 'n', labels, cwd: '/home/runner/_work/_temp' }).vcs).toBeUndefined();
  expect(placeOf({ host: 'n', labels: { ...labels, 'actions.github.com/repository': 'app' } }).vcs).toEqual({
    provider: { name: 'github' },
    repository: { name: 'harbor/app' },
  });
});

test.each([
  ['/home/jenkins/workspace/gateway-build', 'gateway-build'],
  ['/home/jenkins/agent/workspace/gateway-build@2@tmp', 'gateway-build'],
  ['C:\\jenkins\\workspace\\gateway-build', 'gateway-build'],
  // A folder of jobs, or a directory.
  ['/home/jenkins/workspace/team/gateway-build', undefined],
  ['/workspace/src', undefined],
])('Jenkins’ workspace %s is of the job %s', (cwd, name) => {
  expect(placeOf({ host: 'agent-1', cwd }).cicd?.pipeline?.name).toBe(name);
});

test('a GitLab job’s pod tells project, commit and job', () => {
  const annotations = {
    'job.runner.gitlab.com/id': '16326',
    'job.runner.gitlab.com/name': 'package',
    'job.runner.gitlab.com/sha': '1989c02f32ea5d2a2d06630711c5a3b895e0ad1e',
    'job.runner.gitlab.com/url': 'https://gitlab.example/payments/sub/api/-/jobs/16326',
  };
  expect(placeOf({ host: 'n', annotations })).toMatchObject({
    vcs: {
      repository: { name: 'payments/sub/api' },
      ref: { head: { revision: '1989c02f32ea5d2a2d06630711c5a3b895e0ad1e' } },
    },
    cicd: { pipeline: { task: { name: 'package', run: { id: '16326' } } } },
  });
  const labels = { 'project.runner.gitlab.com/name': 'api', 'project.runner.gitlab.com/namespace': 'sub' };
  expect(placeOf({ host: 'n', labels }).vcs).toBeUndefined();
  expect(
    placeOf({ host: 'n', labels: { ...labels, 'project.runner.gitlab.com/root-namespace': 'sub' } }).vcs,
  ).toMatchObject({ repository: { name: 'sub/api' } });
});

test('a Jenkins agent’s pod tells the build', () => {
  const annotations = { buildUrl: 'https://jenkins.example/ci/job/team/job/gateway/12/' };
  expect(placeOf({ host: 'n', annotations }).cicd?.pipeline).toEqual({
    name: 'team/gateway',
    run: { id: '12', url: 'https://jenkins.example/ci/job/team/job/gateway/12/' },
  });
  expect(placeOf({ host: 'n', annotations: { buildUrl: 'https://jenkins.example/job/' } }).cicd?.pipeline).toBe(
    undefined,
  );
});

test.each([
  [
    { GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '2', GITHUB_REPOSITORY: 'harbor/shop', GITHUB_JOB: 'test' },
    {
      vcs: { repository: { name: 'harbor/shop' } },
      cicd: { pipeline: { run: { id: '7', attempt: 2 }, task: { name: 'test' } } },
    },
  ],
  [
    { CIRCLE_WORKFLOW_ID: 'w', CIRCLE_JOB: 'test', CIRCLE_PROJECT_REPONAME: 'shop' },
    { cicd: { pipeline: { run: { id: 'w' }, task: { name: 'test' } } } },
  ],
  [
    { JENKINS_URL: 'https://jenkins.example/', JOB_NAME: 'team/gateway', BUILD_NUMBER: '12' },
    { cicd: { pipeline: { name: 'team/gateway', run: { id: '12' } } } },
  ],
  [
    { BUILDKITE_BUILD_ID: 'b', BUILDKITE_PIPELINE_SLUG: 'shop' },
    { cicd: { pipeline: { name: 'shop', run: { id: 'b' } } } },
  ],
])('the environment %j is of %j', (environment: Record<string, string>, place) => {
  const found = placeOf({ host: undefined, variables: (name) => environment[name] });
  expect(found).toMatchObject(place);
  if (environment.CIRCLE_JOB) expect(found.vcs).toBeUndefined();
});

test('what a job could have set itself does not rename the machine', () => {
  const variables = (name: string) => ({ GITHUB_RUN_ID: '7', RUNNER_NAME: 'another' })[name];
  expect(placeOf({ host: 'ci-runner-3', variables }).cicd?.worker).toEqual({ name: 'ci-runner-3' });
  expect(placeOf({ host: undefined, variables }).cicd?.worker).toEqual({ name: 'another' });
});

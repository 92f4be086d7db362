// All of a Jenkins' configuration, as Configuration as Code exports it: what is other than before is told by its path, once.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { protectionRemoved } from '../../../detectors/protection/protection-removed.ts';
import { runCase } from '../../../services/analyzer/run-case.ts';
import { jenkins } from '../../../services/collector/systems/jenkins/jenkins.ts';
import type { Activity } from '../../../services/core/activity.ts';
import { makeSecret } from '../../helpers/secrets.ts';
import { type JenkinsApi, startJenkinsApi } from './jenkins-api.ts';
import { type ReadSystem, readSystem, testClock } from './reading.ts';

let api: JenkinsApi;
let read: ReadSystem;

beforeEach(async () => {
  api = await startJenkinsApi();
  const settings = { type: 'jenkins', url: api.url, user: 'pipewarden', token: '${env:TOKEN}' };
  const secrets = { '${env:TOKEN}': 'the-token' };
  read = await readSystem({ system: jenkins, settings, clock: testClock(Date.parse('2026-03-02T10:00:00Z')), secrets });
});
afterEach(async () => {
  await read.close();
  await api.close();
});

/** As the plugin writes it: keys sorted, text in quotes. */
const EXPORT = `credentials:
  system:
    domainCredentials:
    - credentials:
      - usernamePassword:
          id: "deploy"
          password: "{AQAAABAAAAAQ0000000000000000000000000000000=}"
          username: "ci"
jenkins:
  authorizationStrategy:
    globalMatrix:
      entries:
      - user:
          name: "mara"
          permissions:
          - "Overall/Administer"
      - group:
          name: "authenticated"
          permissions:
          - "Overall/Read"
  crumbIssuer:
    standard:
      excludeClientIPFromCrumb: false
  labelAtoms:
  - name: "built-in"
  numExecutors: 2
  securityRealm:
    local:
      allowsSignup: false
security:
  globalJobDslSecurityConfiguration:
    useScriptSecurity: true
unclassified:
  location:
    adminAddress: "address not configured yet <nobody@nowhere>"
    url: "https://jenkins.example.org/"
`;

async function look(change: (text: string) => string = (text) => text): Promise<readonly Activity[]> {
  const before = (await read.activities()).length;
  if (typeof api.configuration === 'string') api.configuration = change(api.configuration);
  await read.poll('configuration');
  await read.poll('configuration');
  return (await read.activities()).slice(before);
}

const brief = (activities: readonly Activity[]) => activities.map(({ kind, detail }) => [kind, detail]);
const raised = (activities: readonly Activity[]) =>
  activities.flatMap(
    (activity) => runCase(protectionRemoved, { name: '', kind: 'hit', history: [], activity, expected: null }) ?? [],
  );

test('what is set otherwise is told by its path, each time; what Jenkins does by itself is not', async () => {
  api.configuration = EXPORT;
  expect(await look()).toEqual([]);
  const call = api.calls.find(({ path }) => path.endsWith('/export'));
  expect([call?.method, call?.headers.authorization]).toEqual([
    'POST',
    `Basic ${Buffer.from('pipewarden:the-token').toString('base64')}`,
  ]);
  expect(brief(await look((text) => text.replace('jenkins.example.org', 'jenkins.attacker.example')))).toEqual([
    [
      'setting',
      {
        action: 'configuration.changed',
        name: 'unclassified.location: url',
        from: 'https://jenkins.example.org/',
        to: 'https://jenkins.attacker.example/',
      },
    ],
  ]);
  // What did not change does not go along.
  expect((await read.activities())[0]?.record).not.toHaveProperty('after.adminAddress');
  // Encrypted anew; a node of a cloud came; keys in another order.
  expect(await look((text) => text.replace('AQAAABAAAAAQ', 'AQAAABAAAAAR'))).toEqual([]);
  expect(await look((text) => text.replace('- name: "built-in"', '- name: "built-in"\n  - name: "pod-x7"'))).toEqual(
    [],
  );
  expect(brief(await look((text) => text.replace('numExecutors: 2', 'numExecutors: 8')))).toEqual([
    ['setting', { action: 'configuration.changed', name: 'jenkins.numExecutors: value', from: '2', to: '8' }],
  ]);
  const back = await look((text) => text.replace('numExecutors: 8', 'numExecutors: 2'));
  expect(brief(back)).toHaveLength(1);
  expect(new Set((await read.activities()).map(({ id }) => id)).size).toBe(3);
});

test.each([
  [
    'who does not sign in may do what an administrator may',
    [
      '- group:',
      '- user:\n          name: "anonymous"\n          permissions:\n          - "Overall/Administer"\n      - group:',
    ],
    'globalMatrix.entries[user anonymous].permissions',
  ],
  [
    'all who sign in may administer',
    ['"Overall/Read"', '"Overall/Read"\n          - "Overall/Administer"'],
    'globalMatrix.entries[group authenticated].permissions',
  ],
  ['whoever is there may do anything', [/globalMatrix:[\s\S]*?(?= {2}crumbIssuer)/, 'unsecured: {}\n'], 'unsecured'],
  ['whoever likes may sign up', ['allowsSignup: false', 'allowsSignup: true'], 'local.allowsSignup'],
  ['scripts run without approval', ['useScriptSecurity: true', 'useScriptSecurity: false'], 'useScriptSecurity'],
] as const)('%s: protection-removed raises it', async (_name, [from, to], path) => {
  api.configuration = EXPORT;
  await look();
  const found = await look((text) => text.replace(from, to));
  expect(found).toMatchObject([{ kind: 'protection', detail: { change: 'removed', what: `configuration: ${path}` } }]);
  expect(raised(found)).toHaveLength(1);
});

test('a guard that goes as a whole is a protection removed; somebody’s permission that is taken is none', async () => {
  api.configuration = EXPORT;
  await look();
  const found = await look((text) => text.replace(/ {2}crumbIssuer:[\s\S]*?false\n/, ''));
  expect(brief(found)).toEqual([
    ['protection', { change: 'removed', what: 'configuration', target: 'jenkins.crumbIssuer' }],
  ]);
  expect(raised(found)).toHaveLength(1);
  const taken = await look((text) => text.replace(/ {6}- user:[\s\S]*?Administer"\n/, ''));
  expect(taken).toMatchObject([{ kind: 'protection', detail: { change: 'changed' } }]);
  expect(raised(taken)).toEqual([]);
});

test('a part that is another one throughout is told once', async () => {
  const tools = (letter: string) =>
    `${EXPORT}tool:\n  jdk:\n    installations:\n${Array.from({ length: 400 }, (_, index) => `    - name: "${index}"\n      home: "/${letter}"\n`).join('')}`;
  api.configuration = tools('a');
  await look();
  expect(brief(await look(() => tools('b')))).toEqual([
    ['setting', { action: 'configuration.changed', name: 'tool.jdk: 400 values' }],
  ]);
});

test('secrets that Jenkins does not know for such stay nowhere', async () => {
  const [old, next] = [makeSecret('github-personal-token', 7), makeSecret('github-personal-token', 8)];
  const passphrase = ['correct', 'horse', 'battery'].join('-');
  api.configuration = `${EXPORT}  notifier:\n    token: "${old}"\n    password: "x"\n    note: "${old}"\n`;
  await look();
  const found = await look((text) => text.replaceAll(old, next).replace('password: "x"', `password: "${passphrase}"`));
  expect(found.map(({ detail }) => ('name' in detail ? detail.name : undefined))).toEqual([
    'unclassified.notifier: token',
    'unclassified.notifier: password',
    'unclassified.notifier: note',
  ]);
  const all = JSON.stringify(found);
  for (const secret of [old, next, passphrase]) expect(all).not.toContain(secret);
});

test('without the plugin or the permission nothing changes, and it is said why; the doctor says it too', async () => {
  const missing: string[] = [];
  const poll = read.connection.polls.find(({ name }) => name === 'configuration');
  const problem = () =>
    read.connection.conditions
      .find(({ name }) => name === 'jenkins configuration')
      ?.problem(new AbortController().signal);
  const turns = async () => {
    for await (const turn of poll?.read(undefined, new AbortController().signal) ?? [])
      missing.push(...(turn.missing ?? []));
  };
  api.configuration = EXPORT;
  await look();
  expect(await problem()).toBeUndefined();
  for (const configuration of [403, 404, '<html>log in</html>', `a: ${'x'.repeat(600_000)}\nb: 1\n`, bomb()]) {
    api.configuration = configuration;
    await turns();
  }
  api.trouble = () => ({ status: 403, body: '<html>No valid crumb was included in the request' });
  await turns();
  api.trouble = () => undefined;
  expect(missing).toEqual([
    'the configuration is not exported: its user needs Overall/SystemRead',
    'the configuration is not exported: the plugin Configuration as Code is not installed',
    expect.stringContaining('the exported configuration cannot be read: '),
    'the exported configuration cannot be read: only the first 524288 characters are read',
    'the exported configuration cannot be read: anchors make too much of it: the rest is not read',
    'the configuration is not exported: Jenkins asks for a crumb, as it does where `token` is a password and no API token',
  ]);
  api.configuration = 403;
  expect(await problem()).toMatch(/needs Overall\/SystemRead; or take configuration out of `read`$/);
  api.configuration = EXPORT;
  expect(await look()).toEqual([]);
});

/** A billion laughs. */
function bomb(): string {
  const lines = ['a: &a ["ha", "ha", "ha", "ha", "ha", "ha", "ha", "ha", "ha"]'];
  for (const [index, name] of [...'bcdefghi'].entries()) {
    const before = 'abcdefgh'[index];
    lines.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`);
  }
  return `${lines.join('\n')}\n`;
}

// A report names a ticket; Jira is asked how that stands, and the command says that it is closed and the flaw still there.
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { basicAuthorization } from '../../services/collector/systems/basic.ts';
import { SECRET } from '../collector/deliveries.ts';
import { sarifOf } from '../collector/results/reports.ts';
import { startJiraApi, type TicketApi } from '../collector/systems/ticket-apis.ts';
import { createMachine } from '../helpers/command.ts';

const machine = createMachine();
const config = machine.path('pipewarden.yaml');
const DAY = 24 * 60 * 60 * 1000;
let jira: TicketApi;

beforeAll(async () => {
  jira = await startJiraApi('cloud', basicAuthorization('me@acme.example', SECRET));
  const ports = 'log: { level: warn }\nconsole: { port: 0 }\ncollector: { port: 0 }';
  const system = `{ type: jira, url: '${jira.url}', user: me@acme.example, token: '\${env:TOKEN}', projects: [SEC] }`;
  const results = "results: { tokens: ['${env:TOKEN}'] }";
  await writeFile(config, `data: ${machine.path('data')}\n${ports}\n${results}\nsystems: [${system}]\n`);
});
afterAll(async () => {
  await machine.remove();
  await jira.close();
});

test('the ticket of a weakness is shown, and what it contradicts', async () => {
  const env = { TOKEN: SECRET };
  jira.tickets.push({ id: 12, state: 'Done', updated: Date.now() - DAY, changes: 0 });
  const running = machine.start(['start', '--config', config], { env });
  const [, address = ''] = await running.says(/Receives +other tools’ reports at (http:\/\/\S+)/);
  const report = sarifOf('Semgrep OSS', 'sqli', ['CWE-89'], [{ path: 'src/search.ts', line: 41 }], () => ({
    workItemUris: [`${jira.url}/browse/SEC-12`],
  }));
  const answer = await fetch(`${address}?repository=acme/shop`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SECRET}` },
    body: JSON.stringify(report),
  });
  expect(answer.status).toBe(200);
  const done = () => machine.json(['weaknesses', '--config', config, '--json', '--ticket', 'done']);
  await expect
    .poll(done, { timeout: 60_000, interval: 500 })
    .toMatchObject([
      { state: 'open', ticket: { system: 'jira', key: 'SEC-12', category: 'done', resolution: 'Fixed' } },
    ]);
  expect(await machine.json(['weaknesses', '--config', config, '--json', '--ticket', 'open'])).toEqual([]);
  const [{ id }] = (await done()) as [{ id: string }];
  const shown = await machine.run(['weaknesses', 'show', id, '--config', config]);
  expect(shown.out).toMatch(/ticket +SEC-12 Done \(Fixed\), changed .+: ticket closed, still found/);
  expect(shown.out).toContain(`${jira.url}/browse/SEC-12`);
  const listed = await machine.run(['weaknesses', '--config', config]);
  expect(listed.out).toContain('SEC-12 ticket closed, still found');
  const doctor = await machine.run(['doctor', '--config', config], { env });
  expect(doctor.out).toMatch(/jira project SEC.*can be read/);
  expect((await running.stop()).code).toBe(0);
});

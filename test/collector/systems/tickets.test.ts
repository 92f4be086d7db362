// Jira and ServiceNow as they are read: each state of a ticket once, whatever happens while it is read.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { basicAuthorization } from '../../../services/collector/systems/basic.ts';
import { jira } from '../../../services/collector/systems/jira/jira.ts';
import { servicenow } from '../../../services/collector/systems/servicenow/servicenow.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../services/core/time.ts';
import { makeSecret } from '../../helpers/secrets.ts';
import { type ReadSystem, readSystem, type TestClock, testClock } from './reading.ts';
import { startJiraApi, startServicenowApi, type TicketApi } from './ticket-apis.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');
const USER = 'pipewarden@acme.example';
const TOKEN = 'the-token';
const secrets = { '${env:TOKEN}': TOKEN };

let api: TicketApi;
let clock: TestClock;
let folder: string;
let read: ReadSystem;
afterEach(async () => {
  await read.close();
  await api.close();
  await rm(folder, { recursive: true });
});

const SYSTEMS = {
  'Jira Cloud': {
    system: jira,
    poll: 'tickets',
    api: () => startJiraApi('cloud', basicAuthorization(USER, TOKEN)),
    settings: { type: 'jira', user: USER, projects: ['SEC'] },
    conditions: ['jira credential', 'jira project SEC'],
  },
  'Jira Data Center': {
    system: jira,
    poll: 'tickets',
    api: () => startJiraApi('data-center', `Bearer ${TOKEN}`),
    settings: { type: 'jira', edition: 'data-center', projects: ['SEC'], query: 'labels = security' },
    conditions: ['jira credential', 'jira project SEC'],
  },
  ServiceNow: {
    system: servicenow,
    poll: 'tickets incident',
    api: () => startServicenowApi(basicAuthorization(USER, TOKEN)),
    settings: { type: 'servicenow', user: USER, tables: ['incident'] },
    conditions: ['servicenow incident'],
  },
} as const;

async function open(kind: keyof typeof SYSTEMS, onDurable?: () => void): Promise<void> {
  const { system, settings } = SYSTEMS[kind];
  const all = { ...settings, url: `${api.url}/`, token: '${env:TOKEN}' };
  read = await readSystem({ system, settings: all, clock, secrets, folder, ...(onDurable && { onDurable }) });
}

async function start(kind: keyof typeof SYSTEMS): Promise<() => Promise<void>> {
  api = await SYSTEMS[kind].api();
  clock = testClock(NOW);
  folder = await mkdtemp(join(tmpdir(), 'tickets-'));
  await open(kind);
  return () => read.poll(SYSTEMS[kind].poll);
}

/** `each`: milliseconds between two changes. */
function fill(count: number, each: number = SECOND, from: number = NOW - HOUR): void {
  for (let id = api.tickets.length; id < count; id++) {
    api.tickets.push({ id, updated: from + id * each, state: 'Doing', changes: 0 });
  }
}

/** `number state`, of each copy that is the primary one. */
async function told(): Promise<readonly string[]> {
  const activities = (await read.activities()).filter(({ kind }) => kind === 'ticket');
  return activities
    .map(({ detail }) => detail)
    .map((detail) => ('key' in detail ? `${Number(/\d+/.exec(detail.key)?.[0])} ${detail.category}` : ''))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}
const doing = (count: number) => Array.from({ length: count }, (_, id) => `${id} in_progress`);

describe.each(Object.keys(SYSTEMS) as (keyof typeof SYSTEMS)[])('%s', (kind) => {
  test('all pages are read, each state once; what is changed is told again, and what is late too', async () => {
    const poll = await start(kind);
    fill(450);
    await poll();
    await poll();
    expect(await told()).toEqual(doing(450));
    api.change(7, 'Done', clock.now() + MINUTE);
    clock.move(5 * MINUTE);
    await poll();
    // It was changed before that, and is found after it.
    api.tickets.push({ id: 450, updated: clock.now() - 8 * MINUTE, state: 'Doing', changes: 0 });
    await poll();
    await poll();
    expect(await told()).toEqual([...doing(8), '7 done', ...doing(451).slice(8)]);
  });

  test('tickets that are changed between two pages push nobody over the edge', async () => {
    const poll = await start(kind);
    fill(450);
    let pages = 0;
    api.trouble = () => {
      pages += 1;
      // From the pages that were read already: those behind them move up.
      if (pages > 1 && pages < 4)
        for (let id = 0; id < 30; id++) api.change(pages * 30 + id, 'Done', clock.now() + pages);
      return undefined;
    };
    await poll();
    await poll();
    const lines = await told();
    expect(new Set(lines.map((line) => line.split(' ')[0])).size).toBe(450);
    expect(lines.filter((line) => line.endsWith('done'))).toHaveLength(60);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test('more tickets than a page that were changed at the same moment', async () => {
    const poll = await start(kind);
    fill(450, 0);
    fill(460, SECOND);
    await poll();
    await poll();
    expect(await told()).toEqual(doing(460));
  });

  test('outages of either side, a refused rate, a proxy’s page and a crash cost nothing', async () => {
    const poll = await start(kind);
    fill(450);
    for (const trouble of ['cut', { status: 502, body: {} }, { body: '<html>a proxy</html>' }] as const) {
      let asked = 0;
      api.trouble = () => (++asked === 2 ? trouble : undefined);
      await expect(poll()).rejects.toMatchObject({ name: 'PipewardenError' });
      await read.close();
      await open(kind);
    }
    api.trouble = () => undefined;
    fill(900);
    await read.close();
    await open(kind, () => {
      throw new Error('killed');
    });
    await expect(read.poll(SYSTEMS[kind].poll)).rejects.toThrow('killed');
    await read.close();
    await open(kind);
    // A day without us.
    clock.move(DAY);
    api.change(899, 'Done', clock.now() - HOUR);
    let refused = 0;
    const before = clock.now();
    api.trouble = () => (++refused === 2 ? { status: 429, headers: { 'retry-after': '120' }, body: {} } : undefined);
    await read.poll(SYSTEMS[kind].poll);
    expect(clock.now() - before).toBeGreaterThan(2 * MINUTE);
    // What was durable before the crash is written twice, under the same id.
    expect([...new Set(await told())]).toEqual([...doing(899), '899 done']);
    const ids = (await read.activities()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(900);
  });

  test('what the doctor asks; a wrong credential is told, and never which one it is', async () => {
    await start(kind);
    const signal = new AbortController().signal;
    expect(read.connection.conditions.map(({ name }) => name)).toEqual(SYSTEMS[kind].conditions);
    for (const { problem } of read.connection.conditions) expect(await problem(signal)).toBeUndefined();
    await read.close();
    const wrong = makeSecret('github-personal-token', 5);
    const settings = { ...SYSTEMS[kind].settings, url: api.url, token: '${env:TOKEN}' };
    const { system } = SYSTEMS[kind];
    read = await readSystem({ system, settings, clock, folder, secrets: { '${env:TOKEN}': wrong } });
    const error = await read.poll(SYSTEMS[kind].poll).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'API_REFUSED' });
    expect(String(error)).not.toContain(wrong);
    for (const { problem } of read.connection.conditions) await expect(problem(signal)).rejects.toThrow(/401/);
  });
});

test('a token with scopes goes to its own address; people’s address is told', async () => {
  api = await startJiraApi('cloud', basicAuthorization(USER, TOKEN));
  clock = testClock(NOW);
  folder = await mkdtemp(join(tmpdir(), 'tickets-'));
  const { settings, system } = SYSTEMS['Jira Cloud'];
  const addresses = { url: 'https://acme.atlassian.net/', api: api.url };
  read = await readSystem({
    system,
    settings: { ...settings, ...addresses, token: '${env:TOKEN}' },
    clock,
    secrets,
    folder,
  });
  fill(1);
  await read.poll('tickets');
  const [ticket] = (await read.activities()).filter(({ kind }) => kind === 'ticket');
  expect(ticket?.detail).toMatchObject({ key: 'SEC-0', url: 'https://acme.atlassian.net/browse/SEC-0' });
  expect(JSON.stringify(ticket)).not.toContain('three plain words');
});

test('a table that is not there, and one that hides its rows, are told', async () => {
  const poll = await start('ServiceNow');
  fill(1);
  await poll();
  await read.close();
  const { settings, system } = SYSTEMS.ServiceNow;
  const all = { ...settings, url: api.url, token: '${env:TOKEN}', tables: ['problem', 'sn_si_incident'] };
  read = await readSystem({ system, settings: all, clock, secrets, folder });
  const problems = await Promise.all(
    read.connection.conditions.map(({ problem }) => problem(new AbortController().signal)),
  );
  expect(problems).toEqual([
    expect.stringContaining('may not read what is in problem'),
    expect.stringContaining('no table sn_si_incident'),
  ]);
});

// A CI job hands in reports over HTTP and from files; the command tells what they come to.
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SECRET } from '../collector/deliveries.ts';
import { codeql, semgrep, sonar } from '../collector/results/reports.ts';
import { createMachine, type Running } from '../helpers/command.ts';
import { appearsIn, makeSecret } from '../helpers/secrets.ts';

const machine = createMachine();
const config = machine.path('pipewarden.yaml');
const data = machine.path('data');
const SEARCH = { path: 'src/search.ts', line: 41, code: 'db.query(`select ${name}`)' };
const CART = { path: 'src/cart.ts', line: 7, code: 'db.query(`select ${cart}`)' };
const leaked = makeSecret('github-personal-token', 11);
let running: Running;
let address = '';

beforeAll(async () => {
  const ports = 'log: { level: warn }\nconsole: { port: 0 }\ncollector: { port: 0 }';
  await writeFile(config, `data: ${data}\n${ports}\nresults: { tokens: ['\${env:TOKEN}'] }\n`);
  running = machine.start(['start', '--config', config], { env: { TOKEN: SECRET } });
  [, address = ''] = await running.says(/Receives +other tools’ reports at (http:\/\/\S+)/);
});
afterAll(() => machine.remove());

async function post(report: object, run: string): Promise<Response> {
  const parameters = new URLSearchParams({ repository: 'acme/shop', run_id: run, branch: 'main' });
  return await fetch(`${address}?${parameters}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SECRET}` },
    body: JSON.stringify(report),
  });
}

async function file(name: string, report: object): Promise<string> {
  const path = machine.path(name);
  await writeFile(path, JSON.stringify(report));
  return path;
}

type Told = { id: string; state: string; times: number; tellings: { tool: string }[]; runs: string[] };

async function weaknesses(...options: readonly string[]): Promise<readonly Told[]> {
  return (await machine.json(['weaknesses', '--config', config, '--json', ...options])) as Told[];
}

const JOB = ['--config', config, '--repository', 'acme/shop', '--branch', 'main'];

test('the same report by HTTP and from a file is one weakness; without it, it is fixed', async () => {
  const answer = await post(semgrep([SEARCH, CART]), '1');
  expect(await answer.json()).toMatchObject({ source: 'sarif', tools: ['Semgrep OSS'], findings: 2 });
  await expect.poll(() => weaknesses(), { timeout: 30_000, interval: 500 }).toHaveLength(2);

  const path = await file('semgrep.sarif', semgrep([SEARCH, CART]));
  const again = await machine.run(['import', path, ...JOB, '--run-id', '1', '--json'], { env: { TOKEN: SECRET } });
  expect(again).toMatchObject({ code: 0, err: '' });
  const other = await machine.run(['import', await file('codeql.sarif', codeql([SEARCH])), ...JOB, '--run-id', '2'], {
    env: { TOKEN: SECRET },
  });
  expect(other).toMatchObject({ code: 0, out: expect.stringContaining('codeql.sarif: 1 findings of CodeQL') });
  const pages = await machine.run(
    ['import', await file('issues.json', sonar([SEARCH])), ...JOB, '--run-id', '2', '--to', address],
    {
      env: { PIPEWARDEN_RESULTS_TOKEN: SECRET },
    },
  );
  expect(pages).toMatchObject({ code: 0, err: '' });
  const toolsOf = async () =>
    (await weaknesses()).map(({ times, tellings }) => `${times} ${tellings.map(({ tool }) => tool).sort()}`).sort();
  await expect
    .poll(toolsOf, { timeout: 30_000, interval: 500 })
    .toEqual(['1 Semgrep OSS', '3 CodeQL,Semgrep OSS,SonarQube']);

  for (const report of [semgrep([CART]), codeql([]), sonar([])]) expect((await post(report, '3')).status).toBe(200);
  await expect.poll(() => weaknesses('--state', 'fixed'), { timeout: 30_000, interval: 500 }).toHaveLength(1);
  const [fixed] = await weaknesses('--state', 'fixed');
  expect(await weaknesses()).toHaveLength(1);
  const shown = await machine.run(['weaknesses', 'show', (fixed?.id ?? '').slice(0, 12), '--config', config]);
  expect(shown.out).toMatch(
    /src\/search\.ts:41[\s\S]*state +fixed since[\s\S]*CodeQL: fixed, js\/sql-injection \(main\)/,
  );
});

test('what is wrong is said, and ends the command with 2', async () => {
  const nothing = await machine.run(['import', await file('nothing.json', { some: 'thing' }), ...JOB], {
    env: { TOKEN: SECRET },
  });
  expect(nothing).toMatchObject({ code: 2, err: expect.stringContaining('add source, one of sarif') });
  const path = await file('none.sarif', semgrep([]));
  expect(await machine.run(['import', path, '--to', address])).toMatchObject({
    code: 2,
    err: expect.stringContaining('PIPEWARDEN_RESULTS_TOKEN'),
  });
  const refused = await machine.run(['import', path, '--to', address], { env: { PIPEWARDEN_RESULTS_TOKEN: 'no' } });
  expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('answered 401') });
});

test('a secret that a scanner quotes is nowhere in the data folder, nor in what is said', async () => {
  const row = { RuleID: 'pat', File: 'deploy.sh', StartLine: 3, Secret: leaked, Match: `token=${leaked}` };
  expect((await post([row], '4')).status).toBe(200);
  await expect.poll(() => weaknesses(), { timeout: 30_000, interval: 500 }).toHaveLength(2);
  const ended = await running.stop();
  expect(ended.code).toBe(0);
  const kept = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(kept.length).toBeGreaterThan(2);
  for (const { parentPath, name } of kept) {
    expect([name, appearsIn(readFileSync(join(parentPath, name)), leaked)]).toEqual([name, false]);
  }
  expect(ended.out + ended.err).not.toContain(leaked);
});

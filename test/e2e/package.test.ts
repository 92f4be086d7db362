// What is published works where it is installed: `npm pack`, an empty folder, `npm install`, the command.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMachine, type Ended, ROOT } from '../helpers/command.ts';

const PATIENCE = 300_000;

const machine = createMachine();
const project = machine.path('project');
const bin = join(project, 'node_modules/.bin/pipewarden');

/** npm as the user has it (its cache and registry too), on the Node.js that runs this test. */
async function npm(cwd: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(':') };
  const { stdout } = await promisify(execFile)('npm', args, { cwd, env });
  return stdout;
}

async function installed(...args: string[]): Promise<Ended> {
  return await machine.run(args, { command: [bin], cwd: project });
}

let packed: readonly string[];

beforeAll(async () => {
  const listing = await npm(ROOT, 'pack', '--json', '--pack-destination', machine.folder);
  // Before the JSON stands what the build said.
  const [pack] = JSON.parse(listing.slice(listing.search(/^\[/m))) as [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ];
  packed = pack.files.map(({ path }) => path);
  await mkdir(project);
  await writeFile(join(project, 'package.json'), '{ "name": "somewhere", "private": true }');
  await npm(project, 'install', '--no-audit', '--no-fund', '--prefer-offline', machine.path(pack.filename));
}, PATIENCE);
afterAll(() => machine.remove());

describe('the package', () => {
  test('holds JavaScript and what belongs to it: no sources, no tests, no tools', () => {
    expect(packed).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/services/pipewarden.js']));
    expect(packed.filter((path) => /\.ts$|^test|^tools|\.db$|node_modules/.test(path))).toEqual([]);
    for (const data of ['services/collector/sample/recording.ndjson.gz', 'playbooks/contain-run.yaml']) {
      expect(packed).toContain(`dist/${data}`);
    }
  });

  test('gives a command that runs by its name', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(await installed('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  test('brings its detectors, playbooks and schema', async () => {
    expect(await installed('detectors', 'test')).toMatchObject({ code: 0, err: '' });
    expect((await installed('playbooks')).out).toContain('contain-run');
    const schema = join(ROOT, 'config.schema.json');
    if (existsSync(schema)) expect((await installed('config', 'schema')).out).toBe(await readFile(schema, 'utf8'));
  });

  test('shows the sample’s incident, in the terminal and in the console', async () => {
    const running = machine.start(['start', '--port', '0'], { command: [bin], cwd: project });
    const [, link = ''] = await running.says(/Console +(\S+)/);
    await running.says(/CRITICAL +.*: lumen-works\/storefront/);
    const entry = await fetch(link, { redirect: 'manual' });
    const cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await (await fetch(new URL('/', link), { headers: { cookie } })).text();
    expect(page).toContain('lumen-works/storefront');
    const style = await fetch(new URL('/style.css', link));
    expect(await style.text()).toContain('{');
    await running.says(/Ctrl-C stops/);
    expect(await running.stop()).toMatchObject({ code: 0, err: '' });
  });
});

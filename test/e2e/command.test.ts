// The command itself: help, exit codes, what it says to mistakes, and the subcommands that need no data.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createMachine, type Ended, ROOT } from '../helpers/command.ts';
import { appearsIn, makeSecret } from '../helpers/secrets.ts';

const machine = createMachine();
afterAll(() => machine.remove());

async function run(...args: string[]): Promise<Ended> {
  return await machine.run(args);
}

/** Names under `Commands:` in a help text; `help` is commander's own. */
function commandsIn(help: string): readonly string[] {
  const [, list = ''] = help.split('\nCommands:\n');
  const [rows = ''] = list.split('\n\n');
  return [...rows.matchAll(/^ {2}([a-z-]+)/gm)].flatMap(([, name = '']) => (name === 'help' ? [] : [name]));
}

describe('help', () => {
  test('lists every subcommand, and each explains itself and its own', async () => {
    const top = await run('--help');
    expect(top).toMatchObject({ code: 0, err: '' });
    expect(top.out).toContain('Exit codes: 0 fine; 1 a check did not hold; 2 wrong use or configuration; 3 a failure.');
    const names = commandsIn(top.out);
    expect(names).toEqual(
      expect.arrayContaining([
        ...[
          'start',
          'replay',
          'redact',
          'detectors',
          'playbooks',
          'incidents',
          'findings',
          'explain',
          'audit',
          'doctor',
        ],
        'config',
      ]),
    );
    const explain = async (name: string) => {
      const { code, out, err } = await run(name, '--help');
      expect({ name, code, err }).toEqual({ name, code: 0, err: '' });
      expect(out).toContain(`Usage: pipewarden ${name}`);
      for (const option of ['--config <file>', '--data <dir>', '--json']) expect(out).toContain(option);
      for (const inner of commandsIn(out)) {
        const page = await run(name, inner, '--help');
        expect({ name, inner, code: page.code }).toEqual({ name, inner, code: 0 });
        expect(page.out).toContain(`Usage: pipewarden ${name} ${inner}`);
      }
    };
    await Promise.all(names.map(explain));
  });

  test('is what nothing at all gives', async () => {
    expect(await run()).toEqual(await run('--help'));
  });

  test('--version is the package’s', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(await run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });
});

describe('wrong use', () => {
  test.for([
    [['strat'], 'Did you mean start?'],
    [['start', '--prot', '1'], 'Did you mean --port?'],
    [['start', 'colector'], 'collector'],
    [['start', '--port', '70000'], 'A port is 0 to 65535.'],
    [['replay'], "missing required argument 'file'"],
    [['incidents', '--severity', 'hihg'], 'Allowed choices are'],
    [['incidents', 'close', '1'], '--verdict'],
    [['detectors', 'show', 'off-hour-commit'], 'did you mean off-hours-commit?'],
    [['playbooks', 'show', 'contain-rnu'], 'did you mean contain-run?'],
    [['findings'], 'run `pipewarden start` first, or name a folder with --data'],
    [['audit', 'verify'], 'run `pipewarden start` first, or name a folder with --data'],
  ] as const)('%j ends with 2 and says what would be right', async ([args, mend]) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(mend);
    expect(err).not.toContain('    at ');
  });
});

describe('a configuration', () => {
  const config = machine.path('pipewarden.yaml');

  test.for([
    ['colector: { port: 1 }', '1:1: colector is not a setting; did you mean collector?'],
    ['collector:\n  prot: 1', '2:3: collector.prot is not a setting; did you mean port?'],
    ['console: { port: high }', '1:18: console.port: '],
    ['sources:\n  - source: github.webhok\n', '2:13: sources.0.source: '],
    ['sources:\n  - source: github.webhook\n    secrets: [abc]\n', '3:15: sources.0.secrets.0: expected a reference'],
    ['destinations:\n  - { id: a, type: fiel, path: x }\n', '2:20: destinations.0.type: '],
    ['console: [', '1:11: '],
    [
      'destinations:\n  - { id: a, type: stdout }\n  - { id: a, type: stdout }\n',
      '2:3: destinations: two destinations have the same id',
    ],
    ['destinations:\n  - { id: store, type: stdout }\n', '2:11: destinations.0.id: store is the name of'],
    [
      `sources:\n${'  - { source: github.webhook, secrets: ["$\u007Benv:A}"] }\n'.repeat(2)}`,
      '2:3: sources: two sources receive at the same path',
    ],
  ] as const)('%j is refused with its place', async ([text, problem]) => {
    await writeFile(config, text);
    const { code, out, err } = await run('start', '--config', config);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`pipewarden: ${config}:${problem}`);
  });

  test('several mistakes are told at once', async () => {
    await writeFile(config, 'colector: {}\nconsole: { port: -1 }\n');
    const { err } = await run('doctor', '--config', config);
    expect(err).toContain(`${config}:1:1: `);
    expect(err).toContain(`${config}:2:18: `);
  });

  test('that is not there is said', async () => {
    const nowhere = machine.path('nowhere.yaml');
    const { code, err } = await run('start', '--config', nowhere);
    expect(code).toBe(2);
    expect(err).toContain(`pipewarden: cannot read the configuration ${nowhere}`);
  });

  test('has a schema, the one in the repository', async () => {
    const { code, out } = await run('config', 'schema');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ title: 'Pipewarden configuration', type: 'object' });
    const file = join(ROOT, 'config.schema.json');
    if (existsSync(file)) expect(out).toBe(await readFile(file, 'utf8'));
  });
});

describe('redact', () => {
  const token = makeSecret('github-personal-token', 1);
  const text = `\u001B[1mdeploy\u001B[0m with ${token}\nand again: ${token}\nsha 0123456789abcdef0123456789abcdef01234567, no line feed`;

  test('takes secrets out of a stream, and nothing else', async () => {
    const { code, out, err } = await machine.run(['redact'], { input: text });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [mark = ''] = /\[redacted:github-personal-token:[0-9a-f]+\]/.exec(out) ?? [];
    expect(out).toBe(text.replaceAll(token, mark));
    expect(appearsIn(out, token)).toBe(false);
  });

  test('--report tells where each was, never what', async () => {
    const report = machine.path('report.ndjson');
    expect((await machine.run(['redact', '--report', report], { input: text })).code).toBe(0);
    const lines = await readFile(report, 'utf8');
    expect(appearsIn(lines, token)).toBe(false);
    const matches = lines
      .trim()
      .split('\n')
      .map((line): { readonly fingerprint: string } => JSON.parse(line));
    expect(matches).toMatchObject([
      { kind: 'github-personal-token', line: 1, column: 21 },
      { kind: 'github-personal-token', line: 2, column: 12 },
    ]);
    expect(matches[0]?.fingerprint).toBe(matches[1]?.fingerprint);
  });

  test('a report that cannot be written is said', async () => {
    const ended = await machine.run(['redact', '--report', machine.path('no', 'such', 'folder')], { input: text });
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('no/such/folder');
  });

  test('values of the user are found, from a file, the environment and the configuration', async () => {
    const [file, variable, configured] = ['open-sesame-1234', 'mellon-friend-77', 'abracadabra-0815'];
    await writeFile(machine.path('values.env'), `# ours\nDOOR=${file}\n`);
    await writeFile(machine.path('secret'), `{"door":{"word":"${configured}"}}`);
    const config = machine.path('redact.yaml');
    await writeFile(config, `redaction:\n  register: ['\${file:${machine.path('secret')}}']\n`);
    const encoded = Buffer.from(`word ${variable}`).toString('base64');
    const input = `${file} ${encoded} ${encodeURIComponent(`?${configured}`)}\n`;
    const flags = ['--config', config, '--register', machine.path('values.env'), '--register-env', 'DOOR'];
    const { code, out, err } = await machine.run(['redact', ...flags], { input, env: { DOOR: variable } });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const value of [file, variable, configured]) expect(appearsIn(out, value)).toBe(false);
    expect(out.match(/\[redacted:registered-secret:[0-9a-f]{16}\]/g)).toHaveLength(3);
  });

  test('a value that cannot be registered ends it, and is not told', async () => {
    const { code, out, err } = await machine.run(['redact', '--register-env', 'DOOR'], {
      input: text,
      env: { DOOR: 'short' },
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('cannot register DOOR: shorter than 8 bytes');
    expect(err).not.toContain('short ');
  });

  test('kinds of the user are found, and a kind that would spoil every log is refused', async () => {
    const kinds = machine.path('kinds.yaml');
    const row = (expression: string) =>
      `patterns:\n  - { id: acme-key, title: Acme key, expression: '${expression}', keywords: [acme-] }\n`;
    await writeFile(kinds, row('acme-([0-9a-z]{12})'));
    const { out } = await machine.run(['redact', '--patterns', kinds], { input: 'key acme-0a1b2c3d4e5f here\n' });
    expect(out).toMatch(/^key acme-\[redacted:acme-key:\w+\] here\n$/);
    await writeFile(kinds, row('.*'));
    expect(await machine.run(['redact', '--patterns', kinds], { input: 'x' })).toMatchObject({ code: 2, out: '' });
  });

  test('after a rotation of the key, old fingerprints can still be found by who has the value', async () => {
    const before = (await machine.run(['redact'], { input: token })).out;
    expect((await machine.run(['redact', 'rotate-key'])).code).toBe(0);
    const after = (await machine.run(['redact'], { input: token })).out;
    expect(after).not.toBe(before);
    const { out } = await machine.run(['redact', 'fingerprint'], { input: token });
    for (const text of [before, after]) expect(out).toContain(/:([0-9a-f]{16})\]/.exec(text)?.[1]);
  });

  test('what reads it may stop early', async () => {
    const input = 'a line\n'.repeat(200_000);
    const command = ['sh', '-c', '"$0" "$@" | head -n 1', process.execPath, join(ROOT, 'services/pipewarden.ts')];
    expect(await machine.run(['redact'], { input, command })).toEqual({ code: 0, out: 'a line\n', err: '' });
  });
});

describe('the catalogue', () => {
  test('every detector passes its own cases', async () => {
    const { code, out } = await run('detectors', 'test');
    expect(out).toMatch(/\n\d+ passed, 0 failed\n$/);
    expect(code).toBe(0);
  });

  test('detectors and playbooks are shown in words and as JSON', async () => {
    const [detectors = []] = (await machine.json(['detectors', '--json'])) as [{ readonly id: string }[]];
    expect(detectors.length).toBeGreaterThan(4);
    const pages = await Promise.all(detectors.map(({ id }) => run('detectors', 'show', id)));
    for (const { out } of pages) expect(out).toContain('What to do next');
    const page = await run('playbooks', 'show', 'contain-run');
    expect(page).toMatchObject({ code: 0, err: '' });
    for (const part of [
      'severity high or worse',
      '1. capture-evidence: asks nobody',
      'github.cancel-run',
      'Dry by default',
    ])
      expect(page.out).toContain(part);
    expect(await machine.json(['playbooks', 'show', 'contain-run', '--json'])).toMatchObject([{ id: 'contain-run' }]);
  });

  test('actions are listed, shown, and tried without sending anything', async () => {
    expect((await run('actions')).out).toContain('github.cancel-run');
    expect((await run('actions', 'show', 'github.freeze-branch')).out).toContain('administration: write');
    const target = ['--target', 'repository:acme/shop'];
    const [plan] = await machine.json(['actions', 'test', 'github.freeze-branch', ...target, '--json']);
    expect(plan).toMatchObject({ requests: [{ method: 'POST', path: '/repos/acme/shop/rulesets' }], before: null });
    expect(await run('actions', 'test', 'github.cancel-run', '--target', 'run:acme/shop/../42')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('cannot be aimed at'),
    });
    expect(await run('actions', 'test', 'github.cancel-run', '--target', 'acme')).toMatchObject({ code: 2 });
  });
});

/** util-linux's: runs a command on a terminal of its own. */
const terminal = canRun('script', '--version');

describe.runIf(terminal)('on a terminal', () => {
  async function shown(env: Readonly<Record<string, string>>): Promise<Ended> {
    const line = `${process.execPath} ${join(ROOT, 'services/pipewarden.ts')} detectors test`;
    return await machine.run(['-qec', line, '/dev/null'], { command: ['script'], env });
  }

  test('there is colour, unless NO_COLOR says otherwise', async () => {
    expect((await shown({})).out).toContain('\u001B[32m✓');
    const plain = await shown({ NO_COLOR: '1', FORCE_COLOR: '1' });
    expect(plain.out).toContain('✓');
    expect(plain.out).not.toContain('\u001B');
  });
});

function canRun(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

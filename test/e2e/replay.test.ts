// Somebody has recorded records, logs and clones, and wants to know what Pipewarden says to them.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../services/core/finding.ts';
import type { Incident } from '../../services/core/incident.ts';
import { push } from '../collector/deliveries.ts';
import { createMachine, type Ended, ROOT } from '../helpers/command.ts';
import { appearsIn, makeSecret } from '../helpers/secrets.ts';

const TOKEN = makeSecret('github-personal-token', 7);

const machine = createMachine();
const records = machine.path('records.ndjson');

/** An entry of GitHub's audit log: a guard rail is taken away. */
const unprotected = {
  '@timestamp': Date.parse('2026-03-01T10:00:00Z'),
  _document_id: 'entry-1',
  action: 'protected_branch.destroy',
  actor: 'mara',
  actor_ip: '192.0.2.10',
  name: 'main',
  org: 'acme',
  repo: 'acme/shop',
};

/** A job that talks to the same registry for five weeks, and then sends a token elsewhere. */
const builds = Array.from({ length: 70 }, (_, run) => ({
  source: 'github.job-log',
  repository: 'acme/shop',
  run_id: run + 1,
  job: 'build',
  body: buildLog(run / 2, run === 69 ? ['* Connected to drop.example.net (203.0.113.7) port 443', `> ${TOKEN}`] : []),
}));

function buildLog(day: number, lines: readonly string[]): string {
  const began = Date.UTC(2026, 0, 12, 10) + day * 86_400_000;
  return ['npm http fetch GET 200 https://registry.npm.example/vitest 12ms', ...lines, 'done']
    .map((line, index) => `${new Date(began + index * 1000).toISOString()} ${line}\n`)
    .join('');
}

/** The line that is `after` lines below the builds. */
function line(after: number): string {
  return `${records}:${builds.length + after}`;
}

beforeAll(() => {
  const leaky = push({ head_commit: { message: `uses ${TOKEN}` } });
  const lines = [
    ...builds.map((build) => JSON.stringify(build)),
    JSON.stringify({ source: 'github.webhook', event: 'push', received_at: '2026-03-01T09:00:00Z', body: leaky }),
    `{"token": "${TOKEN}`,
    '',
    JSON.stringify({ note: TOKEN }),
    JSON.stringify({ source: 'gihub.audit', body: { ...unprotected, note: TOKEN } }),
    JSON.stringify({ source: 'github.audit', body: unprotected }),
  ];
  writeFileSync(records, `${lines.join('\n')}\n`);
});
afterAll(() => machine.remove());

async function replay(...args: string[]): Promise<Ended> {
  return await machine.run(['replay', ...args]);
}

function objects<Kind>({ out }: Ended): readonly Kind[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Kind => JSON.parse(line));
}

describe('a file of records', () => {
  test('gives findings one a line, with the lines that they rest on', async () => {
    const ended = await replay(records);
    expect(ended.code).toBe(0);
    const findings = objects<Finding>(ended);
    expect(findings).toContainEqual(
      expect.objectContaining({
        detector: 'protection-removed',
        severity: 'high',
        time: '2026-03-01T10:00:00.000Z',
        repository: 'acme/shop',
        inputs: [line(6)],
      }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({
        detector: 'new-workflow-egress',
        severity: 'low',
        inputs: [`${records}:${builds.length}`],
      }),
    );
  });

  test('tells what it could not use by number, and counts it', async () => {
    const { err } = await replay(records);
    expect(err).toContain(`${line(2)}: not JSON\n`);
    expect(err).toMatch(new RegExp(`${line(4)}: not a wrapped record: `));
    expect(err).toContain(`${line(5)}: no source is called gihub.audit; did you mean github.audit?\n`);
    expect(err).toMatch(/^73 records, \d+ activities, \d+ findings .*; not used: .*2 unreadable/m);
  });

  test('keeps secrets to itself, on both outputs and in every form', async () => {
    for (const args of [[], ['--incidents'], ['--json']]) {
      const { out, err } = await replay(records, ...args);
      expect(out).not.toBe('');
      expect(appearsIn(out + err, TOKEN)).toBe(false);
    }
  });

  test('gives the same bytes twice, packed or not', async () => {
    const first = await replay(records);
    expect(await replay(records)).toEqual(first);
    const packed = machine.path('records.gz');
    writeFileSync(packed, gzipSync(readFileSync(records)));
    expect((await replay(packed)).out).toBe(first.out.replaceAll(records, packed));
  });

  test('from standard input', async () => {
    const input = `${JSON.stringify({ source: 'github.audit', body: unprotected })}\n`;
    const ended = await machine.run(['replay', '-'], { input });
    expect(ended.code).toBe(0);
    expect(objects(ended)).toMatchObject([{ detector: 'protection-removed', inputs: ['stdin:1'] }]);
  });

  test('--strict and --fail-on decide the exit code', async () => {
    expect((await replay(records, '--strict')).code).toBe(1);
    expect((await replay(records, '--fail-on', 'high')).code).toBe(1);
    expect((await replay(records, '--fail-on', 'critical')).code).toBe(0);
  });

  test('stopped half-way, it leaves nothing behind', async () => {
    const temporary = machine.path('tmp');
    mkdirSync(temporary);
    const recording = join(ROOT, 'services/collector/sample/recording.ndjson.gz');
    const running = machine.start(['replay', recording], { env: { TMPDIR: temporary } });
    expect(await running.stop()).toMatchObject({ out: '' });
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('so it does when what reads its messages goes away', async () => {
    const temporary = machine.path('tmp-2');
    mkdirSync(temporary);
    const command = [
      'sh',
      '-c',
      '"$0" "$@" 2>&1 >/dev/null | head -c 5',
      process.execPath,
      join(ROOT, 'services/pipewarden.ts'),
    ];
    const recording = join(ROOT, 'services/collector/sample/recording.ndjson.gz');
    const ended = await machine.run(['replay', records, recording, recording], { command, env: { TMPDIR: temporary } });
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('results that cannot be written are a failure of their own', async () => {
    if (!existsSync('/dev/full')) return;
    const command = ['sh', '-c', '"$0" "$@" >/dev/full', process.execPath, join(ROOT, 'services/pipewarden.ts')];
    const ended = await machine.run(['replay', records], { command });
    expect(ended.code).toBe(3);
    expect(ended.err).toMatch(/^pipewarden: cannot write the results: ENOSPC/m);
    expect(ended.err).not.toContain('    at ');
  });

  test('what somebody else wrote cannot drive the terminal', async () => {
    const hostile = machine.path('hostile.ndjson');
    const long = { source: `\u001B[2J\u202E${'g'.repeat(3_000_000)}`, body: {} };
    writeFileSync(hostile, `${JSON.stringify(long)}\n`);
    const { code, err } = await replay(hostile);
    expect(code).toBe(0);
    expect(err).toContain('no source is called ⟦ESC⟧[2J⟦U+202E⟧ggg');
    expect(err.length).toBeLessThan(1_000);
  });

  test('--learn-until only learns before that time', async () => {
    expect((await replay(records, '--learn-until', '2026-03-02T00:00:00Z')).out).toBe('');
    expect(objects(await replay(records, '--learn-until', '2026-03-01T09:30:00Z'))).toMatchObject([
      { detector: 'protection-removed' },
    ]);
    expect(await replay(records, '--learn-until', 'yesterday')).toMatchObject({
      code: 2,
      err: expect.stringContaining('2026-03-01T00:00:00Z'),
    });
  });

  test('--incidents says what would be done, dry', async () => {
    const incidents = objects<Incident>(await replay(records, '--incidents'));
    expect(incidents).toContainEqual(
      expect.objectContaining({
        severity: 'high',
        inputs: [line(6)],
        severities: [{ severity: 'high', time: '2026-03-01T10:00:00.000Z' }],
        playbooks: [
          {
            id: 'guard-rail-removed',
            actions: [expect.objectContaining({ kind: 'hold-deploy', target: 'acme/shop', approval: { people: 1 } })],
          },
        ],
      }),
    );
  });
});

describe('plain input', () => {
  test('each line is an audit entry', async () => {
    const entries = machine.path('audit.ndjson');
    writeFileSync(entries, `${JSON.stringify(unprotected)}\n[1]\n`);
    const ended = await replay('--source', 'github.audit', entries);
    expect(ended.code).toBe(0);
    expect(objects(ended)).toMatchObject([{ detector: 'protection-removed', inputs: [`${entries}:1`] }]);
    expect(ended.err).toContain(`${entries}:2: not a record of github.audit`);
  });

  test('a log file is one log', async () => {
    const log = machine.path('build.log');
    writeFileSync(log, buildLog(0, [`token ${TOKEN}`, '\u001B[31mred\u001B[0m']));
    const place = ['--repository', 'o/r', '--run-id', '1', '--job', 'build'];
    const ended = await replay('--source', 'github.job-log', ...place, log, '--strict');
    // Its text, what its one step did, and that a secret stood in it.
    expect(ended).toMatchObject({ code: 0, err: expect.stringMatching(/^1 records, 3 activities/m) });
    expect(appearsIn(ended.out + ended.err, TOKEN)).toBe(false);
  });

  test('what is not there is said, with the mend', async () => {
    expect(await replay(machine.path('nowhere'))).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('nowhere'),
    });
    expect(await replay(machine.folder)).toMatchObject({ code: 2, err: expect.stringContaining('is a folder') });
    expect(await replay('--source', 'github.adit', records)).toMatchObject({
      code: 2,
      err: 'pipewarden: no source is called github.adit; did you mean github.audit?\n',
    });
  });
});

describe('a clone', () => {
  test('of somebody who works by day, and once at night', async () => {
    const clone = machine.path('clone');
    const env = { PATH: process.env.PATH ?? '', HOME: machine.folder, GIT_CONFIG_NOSYSTEM: '1' };
    const git = (args: readonly string[], date = '2026-01-05T10:00:00+01:00') =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@acme.example', ...args], {
        env: { ...env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
        stdio: 'ignore',
      });
    git(['init', clone]);
    for (let day = 0; day < 70; day++) {
      if (day % 7 > 4) continue;
      const date = new Date(Date.UTC(2026, 0, 5 + day)).toISOString().slice(0, 10);
      for (const hour of ['09', '15']) {
        git(['-C', clone, 'commit', '--allow-empty', '-m', `${date} ${hour}`], `${date}T${hour}:20:00+01:00`);
      }
    }
    git(['-C', clone, 'commit', '--allow-empty', '-m', 'at night'], '2026-03-17T03:40:00+01:00');

    const ended = await replay('--source', 'git', '--repository', 'acme/clone', clone, '--strict');
    expect(ended.code).toBe(0);
    expect(ended.err).toMatch(/^101 records, 101 activities/m);
    expect(objects(ended)).toMatchObject([
      {
        detector: 'off-hours-commit',
        severity: 'low',
        repository: 'acme/clone',
        entity: { type: 'actor', id: 'ada@acme.example' },
        inputs: [expect.stringMatching(/clone:[0-9a-f]{40}$/)],
      },
    ]);
  });

  test('of this project', async () => {
    const ended = await replay('--source', 'git', ROOT, '--strict');
    expect(ended).toMatchObject({ code: 0, err: expect.stringMatching(/^[\d,]+ records, [\d,]+ activities/m) });
  });

  test('what is no clone is said', async () => {
    expect(await replay('--source', 'git', machine.path('home'))).toMatchObject({
      code: 3,
      err: expect.stringContaining('not a git repository'),
    });
    const address = `https://ada:${TOKEN}@code.example/acme/shop.git`;
    const remote = await replay('--source', 'git', address);
    expect(remote).toMatchObject({ code: 2, err: expect.stringContaining('git clone it first') });
    expect(appearsIn(remote.err, TOKEN)).toBe(false);
  });
});

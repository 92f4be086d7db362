// Pipewarden's own sensor on a real kernel: what builds do, told by bpftrace, shipped by its script, kept by the command.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Activity } from '../../services/core/activity.ts';
import { createMachine, type Running } from '../helpers/command.ts';
import { appearsIn, makeSecret } from '../helpers/secrets.ts';
import { freePorts } from './free-ports.ts';
import {
  everyCommandLine,
  everyFile,
  type Kept,
  kept,
  keptWhen,
  runBuild,
  sensorMissing,
  startSensor,
} from './sensor/runner.ts';

const missing = sensorMissing();
const RUNNER = 'runner 7';

describe.skipIf(missing)(`the sensor${missing ? ` (left out: ${missing})` : ''}`, () => {
  const machine = createMachine();
  const [data, spool, config] = [machine.path('data'), machine.path('spool'), machine.path('pipewarden.yaml')];
  const secret = randomBytes(32).toString('hex');
  const token = makeSecret('github-personal-token', 7);
  const listener: Server = createServer((socket) => socket.destroy());
  let settings: Readonly<Record<string, string>>;
  let pipewarden: Running;
  let sensor: Running;
  let port = 0;

  beforeAll(async () => {
    const [own = 0, free = 0] = await freePorts(2);
    port = free;
    await once(listener.listen(port, '::'), 'listening');
    const sources = `sources:\n  - { source: bpftrace, secrets: ['\${env:SECRET}'] }`;
    writeFileSync(config, `data: ${data}\nconsole: { port: 0 }\ncollector: { port: ${own} }\n${sources}\n`);
    writeFileSync(machine.path('secret'), `${secret}\n`, { mode: 0o600 });
    mkdirSync(machine.path('work'));
    settings = {
      PIPEWARDEN_URL: `http://127.0.0.1:${own}/hooks/bpftrace`,
      PIPEWARDEN_SECRET_FILE: machine.path('secret'),
      PIPEWARDEN_SPOOL: spool,
      PIPEWARDEN_RUNNER: RUNNER,
    };
    pipewarden = await startPipewarden();
    sensor = startSensor(machine, settings);
    await keptWhen(data, ({ activities }) => activities.some(({ native_type }) => native_type === 'start'));
  });
  afterAll(async () => {
    await sensor?.stop();
    await machine.remove();
    listener.close();
  });

  async function startPipewarden(): Promise<Running> {
    const running = machine.start(['start', '--config', config], { env: { SECRET: secret } });
    await running.says(/Receives +bpftrace/);
    return running;
  }

  const spooled = () => readdirSync(spool).filter((name) => name.endsWith('.gz'));
  const build = (word: string) => runBuild({ word, work: machine.path('work'), port, token });

  /** All that one build did, once its last deed is there: the end of the script itself. */
  async function deedsOf(word: string) {
    const isScript = ({ kind, process }: Activity) =>
      kind === 'process' && process?.command_line?.endsWith(`build.sh ${word}`) === true;
    const scriptIn = (activities: readonly Activity[]) => activities.find(isScript)?.process?.pid;
    const { activities } = await keptWhen(data, (all) => {
      const script = scriptIn(all.activities);
      return all.activities.some((each) => isEnd(each) && each.process?.pid === script);
    });
    const script = scriptIn(activities);
    const mine = new Set([script]);
    for (const { process } of activities) if (mine.has(process?.ancestors?.[0]?.pid)) mine.add(process?.pid);
    const deeds = activities.filter(({ process }) => mine.has(process?.pid));
    // The one in the background ends when it likes.
    const timely = deeds.filter((deed) => !(isEnd(deed) && deed.process?.executable === 'sleep'));
    return {
      script,
      deeds,
      counts: Object.fromEntries(
        Object.entries(Object.groupBy(timely, ({ kind }) => kind)).map(([kind, all]) => [kind, all.length]),
      ),
      /** Who, and what: the detail of each. */
      told: (kind: Activity['kind']) =>
        deeds.filter((deed) => deed.kind === kind).map(({ process, detail }) => [process?.executable, detail]),
    };
  }

  test('every deed of a build arrives once, with its program, its parent and its arguments', async () => {
    const target = await build('early');
    const { script, deeds, told } = await deedsOf('early');
    const home = machine.path('work', 'early');
    const starts = deeds.filter(({ detail }) => 'action' in detail && detail.action === 'start');
    const printed = starts.filter(({ process }) => process?.executable?.endsWith('/printf'));
    for (const { process } of printed) expect(process?.ancestors).toEqual([{ executable: 'build.sh', pid: script }]);
    expect(printed.map(({ process }) => process?.command_line).toSorted()).toEqual([
      'printf %s %s\\n early two  words',
      expect.stringMatching(/^printf token=%s of %s\\n \[redacted:.*\] early$/),
    ]);
    const programs = starts.map(({ process }) =>
      process?.executable?.replace(/^.*\/(python)?/, '$1').replace(/^python.*/, 'python'),
    );
    expect(programs.toSorted().join(' ')).toBe(
      'build.sh cat env env getent ip mkdir mv printf printf python python python sh sleep unshare',
    );
    const connection = (address: string, to: number) => [
      'python3',
      { address, port: to, direction: 'egress' as const },
    ];
    expect(unordered(told('connection'))).toEqual(
      unordered([connection('127.0.0.1', port), connection('::1', port), connection('127.0.0.1', 53)]),
    );
    expect(unordered(told('dns'))).toEqual(
      unordered([
        ['getent', { name: 'early.library.invalid' }],
        ...['sent', 'connected', 'written', 'message'].map((way) => ['python3', { name: `early.${way}.invalid` }]),
      ]),
    );
    const file = (program: string, action: string, name: string) => [program, { action, path: `${home}/${name}` }];
    expect(unordered(told('file'))).toEqual(
      unordered([
        file('build.sh', 'write', '.bashrc'),
        file('mv', 'write', '.profile'),
        file('build.sh', 'write', '.credentials'),
        file('cat', 'read', '.credentials'),
        file('build.sh', 'write', '.aws/a","type":"exit","pid":1,"host":"other\n"}'),
        file('build.sh', 'write', '.aws/café\ufffd'),
      ]),
    );
    const memory = (action: string) => ['python3', { action, target: { pid: target } }];
    expect(unordered(told('memory'))).toEqual(unordered([memory('read'), memory('read'), memory('trace')]));
    expect(new Set(deeds.map(({ host, cicd }) => `${host?.name} ${cicd?.worker?.name}`))).toEqual(
      new Set([`${RUNNER} ${RUNNER}`]),
    );
  });

  test('while Pipewarden is away lines wait in the spool, and then nothing is missing', async () => {
    expect((await pipewarden.stop()).code).toBe(0);
    await build('away');
    await vi.waitFor(() => expect(spooled()).not.toEqual([]), { timeout: 30_000 });
    await vi.waitFor(() => expect(sensor.err()).toContain('Pipewarden does not answer'), { timeout: 30_000 });
    expect(everyCommandLine()).not.toContain(secret);
    for (const file of spooled()) copyFileSync(join(spool, file), machine.path(file));
    pipewarden = await startPipewarden();
    expect((await deedsOf('away')).counts).toEqual((await deedsOf('early')).counts);
    await vi.waitFor(() => expect(spooled()).toEqual([]), { timeout: 30_000 });
  });

  test('what is sent twice is the same activity, and the same finding', async () => {
    const before = await deedsOf('away');
    for (const file of readdirSync(machine.folder).filter((name) => name.endsWith('.gz'))) {
      const answer = await fetch(settings.PIPEWARDEN_URL ?? '', {
        method: 'POST',
        headers: {
          'content-type': 'application/x-ndjson',
          'content-encoding': 'gzip',
          authorization: `Bearer ${secret}`,
        },
        body: readFileSync(machine.path(file)),
      });
      expect(answer.status).toBe(200);
    }
    const ids = (deeds: readonly Activity[]) => deeds.map(({ id }) => id);
    const twice = await keptWhen(data, ({ activities }) => activities.length > new Set(ids(activities)).size);
    expect(new Set(ids((await deedsOf('away')).deeds))).toEqual(new Set(ids(before.deeds)));
    expect(twice.activities.length).toBeGreaterThan(before.deeds.length);

    await build('again');
    const last = (await deedsOf('again')).deeds.filter(({ kind }) => kind === 'memory');
    const { findings } = await keptWhen(data, (all) => last.every(({ id }) => readersOfMemory(all).includes(id)));
    expect(readersOfMemory({ findings }).length).toBeGreaterThanOrEqual(9);
    expect(new Set(readersOfMemory({ findings })).size).toBe(readersOfMemory({ findings }).length);
  });

  test('told to end, it sends its last lines; and no secret is kept anywhere', async () => {
    expect(await sensor.stop()).toMatchObject({ code: 0 });
    expect(spooled()).toEqual([]);
    const stops = ({ activities }: Kept) => activities.filter(({ native_type }) => native_type === 'stop');
    expect(stops(await kept(data))).toMatchObject([
      { detail: { action: 'blind' }, cicd: { worker: { name: RUNNER } } },
    ]);
    const lines = (await kept(data)).activities.map(({ process }) => process?.command_line ?? '');
    expect(lines.filter((line) => line.startsWith('curl -q --silent'))).toEqual([]);
    await pipewarden.stop();
    expect(appearsIn(everyFile(data), token)).toBe(false);
    expect(appearsIn(everyFile(data), secret)).toBe(false);
  });
});

/** The activities that the detector has told of: in a finding, or as the same oddity again. */
function readersOfMemory({ findings }: Pick<Kept, 'findings'>): readonly string[] {
  return findings.flatMap((entry) => {
    if (entry.type === 'finding') return entry.finding.detector === 'memory-read' ? entry.finding.activities : [];
    return entry.type === 'repeat' && entry.detector === 'memory-read' ? [entry.activity] : [];
  });
}

/** Each processor tells for itself, so that what happened within a moment may come in another order. */
function unordered(list: readonly unknown[]): readonly string[] {
  return list.map((each) => JSON.stringify(each)).toSorted();
}

describe.skipIf(missing)(`the shipper alone${missing ? ` (left out: ${missing})` : ''}`, () => {
  const machine = createMachine();
  const settings = {
    PIPEWARDEN_URL: 'http://127.0.0.1:9/hooks/bpftrace',
    PIPEWARDEN_SECRET: randomBytes(32).toString('hex'),
    PIPEWARDEN_SPOOL: machine.path('spool'),
  };
  afterAll(() => machine.remove());

  test.each([
    [{ PIPEWARDEN_URL: '' }, 'PIPEWARDEN_URL is not set'],
    [{ PIPEWARDEN_URL: 'http://ci.example/hooks/bpftrace' }, 'must begin with https://'],
    [{ PIPEWARDEN_SECRET: '' }, 'no secret'],
    [{ PIPEWARDEN_SECRET_FILE: '/nowhere', PIPEWARDEN_SECRET: '' }, 'cannot be read'],
    [{ PIPEWARDEN_RUNNER: 'a"; exit(); "' }, 'the name of the runner, may hold'],
    [{ PIPEWARDEN_SPOOL_MIB: 'much' }, 'a number of mebibytes'],
  ])('%o: it says what is wrong, and starts nothing', async (wrong, words) => {
    const { code, err } = await startSensor(machine, { ...settings, ...wrong }).ended;
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
  });

  test('what finds no room in the spool is counted and told, and so is an end without a last word', async () => {
    // In the place of bpftrace: more than a mebibyte that cannot be compressed, and an end as if killed.
    const lines = 6000;
    const events = Array.from({ length: lines }, () => JSON.stringify({ data: randomBytes(300).toString('base64') }));
    mkdirSync(machine.path('bin'));
    writeFileSync(machine.path('events'), `${events.join('\n')}\n{"type": "lost_events", "data": {"events": 11}}\n`);
    writeFileSync(machine.path('bin', 'bpftrace'), `#!/bin/sh\ncat ${machine.path('events')}\nexit 9\n`, {
      mode: 0o755,
    });
    const path = `${machine.path('bin')}:${process.env.PATH}`;
    const sensor = startSensor(machine, { ...settings, PATH: path, PIPEWARDEN_SPOOL_MIB: '1' });
    expect(await sensor.ended).toMatchObject({ code: 9, err: expect.stringContaining('it ends with lines unsent') });
    const files = readdirSync(settings.PIPEWARDEN_SPOOL).filter((name) => name.endsWith('.gz'));
    const packed = files.map((name) => readFileSync(join(settings.PIPEWARDEN_SPOOL, name)));
    expect(Buffer.concat(packed).length).toBeLessThan(1024 * 1024);
    const told = packed.flatMap((each) => gunzipSync(each).toString().trim().split('\n'));
    const own = told
      .map((line): { v?: 1; type: string; events?: number } => JSON.parse(line))
      .filter(({ v }) => v === 1);
    expect(own.filter(({ type }) => type === 'stop')).toHaveLength(1);
    const lost = own.reduce((sum, { events: count = 0 }) => sum + count, 0);
    expect(lost).toBeGreaterThan(11);
    expect(told.length - own.length + lost).toBe(lines + 11);
  });
});

function isEnd({ kind, detail }: Activity): boolean {
  return kind === 'process' && 'action' in detail && detail.action === 'end';
}

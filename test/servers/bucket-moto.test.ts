// A bucket as it is read, with a store that checks every signature and every right: nothing missing, nothing twice, whatever
// lies in it.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bucket } from '../../services/collector/systems/bucket/bucket.ts';
import { systemClock } from '../../services/core/clock.ts';
import { MINUTE } from '../../services/core/time.ts';
import { type ReadSystem, readSystem } from '../collector/systems/reading.ts';
import { type Key, type MotoServer, motoMissing, startMoto } from './moto-server.ts';

const missing = await motoMissing();

/** As docs/sources.md has it. */
function policy(name: string, prefix: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: `arn:aws:s3:::${name}`,
        Condition: { StringLike: { 's3:prefix': `${prefix}*` } },
      },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${name}/${prefix}*` },
    ],
  };
}

const NOTHING_REFUSED = { accepted: 0, activities: 0, scanned: [], refused: [], parts: [] };

const day = (ago = 0) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '/');

describe.skipIf(missing)(`A bucket${missing ? ` (left out: ${missing})` : ''}`, () => {
  let moto: MotoServer;
  let writer: Key;
  let reader: Key;
  /** The store has a clock of its own: ours may only be moved ahead of it. */
  let ahead = 0;
  const clock = { ...systemClock, now: () => Date.now() + ahead };
  let read: ReadSystem;
  let count = 0;
  let name = '';

  beforeAll(async () => {
    moto = await startMoto();
    const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
    writer = await moto.user('writer', all);
    reader = await moto.user('reader', policy('audit-*', 'logs/'));
    await moto.check();
  });
  afterAll(async () => await moto?.stop());
  beforeEach(() => {
    name = `audit-${++count}`;
    ahead = 0;
  });
  afterEach(async () => await read.close());

  async function open(source: string, more: object = {}) {
    read = await readSystem({
      system: bucket,
      settings: {
        type: 'bucket',
        source,
        store: 's3',
        bucket: name,
        endpoint: moto.url,
        prefix: 'logs/',
        access_key: '${env:ID}',
        secret_key: '${env:KEY}',
        ...more,
      },
      clock,
      secrets: { '${env:ID}': reader.accessKey, '${env:KEY}': reader.secretKey },
    });
  }

  const put = (...objects: readonly (readonly [string, string | Buffer])[]) =>
    moto.put(
      writer,
      name,
      objects.map(([key, body]) => [
        `logs/${key}`,
        Buffer.isBuffer(body) ? body : key.endsWith('.gz') ? gzipSync(body) : Buffer.from(body),
      ]),
    );
  const told = async () =>
    (await read.activities()).map(({ native_type, actor }) => `${native_type} by ${actor?.name ?? '?'}`).sort();
  const names = (action: string, from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `${action} by user-${from + index}`).sort();

  function event(number: number) {
    return {
      eventVersion: '1.11',
      eventID: `event-${number}`,
      eventName: 'GetSecretValue',
      eventSource: 'secretsmanager.amazonaws.com',
      eventType: 'AwsApiCall',
      eventTime: new Date(Date.now() - MINUTE).toISOString(),
      awsRegion: 'eu-central-1',
      recipientAccountId: '111122223333',
      userIdentity: { type: 'IAMUser', userName: `user-${number}`, accountId: '111122223333' },
    };
  }
  const trail = (from: number, to: number) =>
    JSON.stringify({ Records: Array.from({ length: to - from }, (_, index) => event(from + index)) });
  const trailKey = (region: string, which: string, ago = 0) =>
    `AWSLogs/111122223333/CloudTrail/${region}/${day(ago)}/111122223333_CloudTrail_${region}_${which}.json.gz`;
  function entry(number: number) {
    return {
      '@timestamp': Date.now() - MINUTE,
      _document_id: `entry-${number}`,
      action: 'repo.create',
      actor: `user-${number}`,
    };
  }
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `${JSON.stringify(entry(from + index))}\n`).join('');

  test('CloudTrail: regions, pages of names, what comes later, whatever its name', async () => {
    await put(
      ...Array.from(
        { length: 1_100 },
        (_, index) => [trailKey('eu-central-1', `${index}`), trail(index, index + 1)] as const,
      ),
      [trailKey('us-east-1', 'a'), trail(1_100, 1_103)],
      [`AWSLogs/111122223333/CloudTrail-Digest/eu-central-1/${day()}/digest.json.gz`, '{"logFiles":[]}'],
    );
    await open('aws.cloudtrail');
    await read.poll('objects');
    expect(await told()).toEqual(names('GetSecretValue', 0, 1_103));
    // Names before those that were read; a region that was not there before.
    await put(
      [trailKey('eu-central-1', '0-late'), trail(1_103, 1_104)],
      [trailKey('eu-central-1', 'yesterday', 1), trail(1_104, 1_105)],
      [trailKey('ap-south-1', 'new'), trail(1_105, 1_106)],
    );
    ahead = 6 * MINUTE;
    await read.poll('objects');
    await read.poll('objects');
    expect(await told()).toEqual(names('GetSecretValue', 0, 1_106));
  });

  test.each([
    ['as it is documented', (number: number) => `${day().slice(0, 7)}/23/59/${number}.json.gz`],
    ['with a day', (number: number) => `${day()}/23/59/${number}.json.log.gz`],
  ])('GitHub streams lines, their folders %s', async (_form, key) => {
    await put([key(1), lines(0, 30)], [key(2), lines(30, 60)]);
    await open('github.audit');
    await read.poll('objects');
    await put([key(0), lines(60, 90)]);
    await read.poll('objects');
    expect(await told()).toEqual(names('repo.create', 0, 90));
  });

  test('CircleCI: JSON and CSV, in any folder', async () => {
    const row = (number: number) => ({
      id: `row-${number}`,
      action: 'context.create',
      occurred_at: new Date().toISOString(),
      actor: { id: `${number}`, type: 'user', name: `user-${number}` },
    });
    const csv = [3, 4].map(
      (number) => `row-${number},context.create,2026-01-01T00:00:00Z,"{""type"":""user"",""name"":""user-${number}""}"`,
    );
    await put(
      ['circleci_connectivity_test_1', ''],
      ['a/1.json', `${JSON.stringify(row(0))}\n${JSON.stringify(row(1))}\n`],
      ['b/2.json', JSON.stringify([row(2)])],
      ['3.csv', `id,action,occurred_at,actor\n${csv.join('\n')}\n`],
    );
    await open('circleci.audit');
    await read.poll('objects');
    await read.poll('objects');
    expect(await told()).toEqual(names('context.create', 0, 5));
  });

  test('a restart in the middle of an object', async () => {
    await put([trailKey('eu-central-1', 'a'), trail(0, 1_800)], [trailKey('eu-central-1', 'b'), trail(1_800, 1_810)]);
    await open('aws.cloudtrail');
    const [poll] = read.connection.polls;
    if (!poll) throw new Error('there is no poll');
    const stop = new AbortController();
    const seen: unknown[] = [];
    let cursor: unknown;
    for await (const turn of poll.read(undefined, stop.signal)) {
      seen.push(...turn.records);
      expect(turn.records.length).toBeLessThanOrEqual(500);
      cursor = typeof turn.cursor === 'function' ? turn.cursor(NOTHING_REFUSED) : turn.cursor;
      if (seen.length >= 1_000) break;
    }
    expect(seen).toHaveLength(1_000);
    const kept = JSON.parse(JSON.stringify(cursor));
    for await (const turn of poll.read(kept, stop.signal)) seen.push(...turn.records);
    const ids = new Set(seen.map((record) => JSON.stringify(record).match(/"eventID":"([^"]+)"/)?.[1]));
    expect([seen.length, ids.size]).toEqual([1_810, 1_810]);
  });

  test('what is broken costs itself, and is told', async () => {
    const whole = gzipSync(lines(20_000, 22_000));
    const bomb = gzipSync(Buffer.alloc(96 * 1024 * 1024, ' '));
    await put([`${day()}/00/01/good.json.gz`, lines(0, 10)]);
    await put([`${day()}/00/02/bomb.json.gz`, bomb]);
    await put([`${day()}/00/03/cut.json.gz`, whole.subarray(0, whole.length / 2)]);
    await put([`${day()}/00/04/no-gzip.json.gz`, Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8])]);
    await put([`${day()}/00/05/line.json.gz`, `${lines(10_000, 10_001)}{"action":\n${lines(10_001, 10_002)}`]);
    await open('github.audit');
    await read.poll('objects');
    await read.poll('objects');
    const activities = await told();
    expect(activities).toEqual([...new Set(activities)]);
    for (const each of [0, 9, 10_000, 10_001]) expect(activities).toContain(`repo.create by user-${each}`);
    const letters = await read.telemetry.metrics.deadLetters.get();
    expect(letters.values.reduce((sum, { value }) => sum + value, 0)).toBe(4);
  });

  test('a wrong key, and rights that are missing, are said; no secret reaches a disk', async () => {
    await put([`${day()}/00/01/good.json.gz`, lines(0, 1)]);
    await open('github.audit');
    const ask = async () => {
      const answers = read.connection.conditions.map((each) =>
        each.problem(new AbortController().signal).catch((error: Error) => error.message),
      );
      return await Promise.all(answers);
    };
    expect(await ask()).toEqual([undefined, undefined]);
    await read.poll('objects');
    const files = await readdir(read.folder);
    const written = Buffer.concat(await Promise.all(files.map((each) => readFile(join(read.folder, each)))));
    expect(written.includes(reader.secretKey)).toBe(false);
    expect(written.includes(reader.accessKey)).toBe(false);
    await read.close();
    await open('github.audit', { secret_key: '${env:OTHER}' });
    expect((await ask())[0]).toMatch(/answered 403: SignatureDoesNotMatch/);
    await read.close();
    name = `others-${count}`;
    await put(['a', 'a']);
    await open('github.audit');
    expect((await ask())[0]).toMatch(/answered 403: AccessDenied.* It needs: s3:ListBucket on others-/);
  });
});

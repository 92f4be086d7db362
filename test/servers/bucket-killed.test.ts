// The command reads a bucket, and is killed again and again: nothing is missing afterwards, and nothing is there twice.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { openSqliteEventLog } from '../../services/adapters/event-log/sqlite.ts';
import type { Activity } from '../../services/core/activity.ts';
import { systemClock } from '../../services/core/clock.ts';
import type { ActivityEntry } from '../../services/core/messages.ts';
import { freePorts } from './free-ports.ts';
import { motoMissing, startMoto } from './moto-server.ts';

const missing = await motoMissing();
const OBJECTS = 200;
const EACH = 60;
const COMMAND = join(import.meta.dirname, '../../services/pipewarden.ts');

/** What is durable in a folder, but for our own ticks. */
async function activitiesIn(folder: string): Promise<readonly Activity[]> {
  const path = join(folder, 'events.db');
  if (!existsSync(path)) return [];
  const log = openSqliteEventLog({ path, clock: systemClock });
  const found: Activity[] = [];
  for (let partition = 0; partition < log.partitions('activity'); partition++) {
    for (const { value } of await log.read('activity', partition, 0, 1_000_000)) {
      const { primary, activity }: ActivityEntry = JSON.parse(value);
      if (primary && activity.kind !== 'tick') found.push(activity);
    }
  }
  await log.close();
  return found;
}

test.skipIf(missing)(`A collector that is killed${missing ? ` (left out: ${missing})` : ''}`, async () => {
  const moto = await startMoto();
  const folder = await mkdtemp(join(tmpdir(), 'bucket-killed-'));
  const data = join(folder, 'data');
  const config = join(folder, 'pipewarden.yaml');
  try {
    const rights = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
    const key = await moto.user('reader', rights);
    await moto.check();
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
    const entry = (number: number) => ({ _document_id: `entry-${number}`, action: 'repo.create', actor: 'mona' });
    const objects = Array.from({ length: OBJECTS }, (_, index) => {
      const lines = Array.from({ length: EACH }, (_, line) => JSON.stringify(entry(index * EACH + line)));
      return [`${day}/10/00/${index}.json.gz`, gzipSync(lines.join('\n'))] as const;
    });
    await moto.put(key, 'audit', objects);
    const [port = 0] = await freePorts(1);
    const settings = {
      type: 'bucket',
      source: 'github.audit',
      store: 's3',
      bucket: 'audit',
      endpoint: moto.url,
      access_key: '${env:ID}',
      secret_key: '${env:KEY}',
    };
    await writeFile(config, JSON.stringify({ data, health: { port }, systems: [settings] }));
    const env = { ...process.env, ID: key.accessKey, KEY: key.secretKey };

    /** Killed when more than so many are durable. */
    async function until(count: number): Promise<void> {
      const collector = spawn(process.execPath, [COMMAND, 'start', 'collector', '--config', config], {
        env,
        stdio: 'ignore',
      });
      try {
        const enough = async () => expect((await activitiesIn(data)).length).toBeGreaterThanOrEqual(count);
        await vi.waitFor(enough, { timeout: 60_000, interval: 100 });
      } finally {
        collector.kill('SIGKILL');
        if (collector.exitCode === null && collector.signalCode === null) await once(collector, 'exit');
      }
    }

    for (const count of [1, 3_000, 6_000, OBJECTS * EACH]) await until(count);
    const ids = (await activitiesIn(data)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(OBJECTS * EACH);
    // A kill between the records and their place: they come again, with the ids by which the analyzer drops them.
    expect(ids.length).toBeLessThanOrEqual(OBJECTS * EACH + 3 * 1_000);
    for (const file of await readdir(data)) {
      const written = await readFile(join(data, file));
      expect(written.includes(key.secretKey) || written.includes(key.accessKey)).toBe(false);
    }
  } finally {
    await moto.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

// The command on a real Redis: doctor says what is at risk, start refuses what breaks jobs, runs shows the dead ones.
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { openSqliteDocumentStore } from '../../services/adapters/document-store/sqlite.ts';
import { openBullmqJobQueue } from '../../services/adapters/job-queue/bullmq.ts';
import { systemClock } from '../../services/core/clock.ts';
import { PipewardenError } from '../../services/core/errors.ts';
import { CONTAINMENT } from '../../services/responder/run-queue.ts';
import { silentLog } from '../../services/telemetry/log.ts';
import { createMachine } from '../helpers/command.ts';
import { HOST, type RedisServer, redisMissing, startRedis } from './redis-server.ts';

const missing = redisMissing();

describe.skipIf(missing)(`the command on Redis${missing ? ` (left out: ${missing})` : ''}`, () => {
  const machine = createMachine();
  const servers: RedisServer[] = [];
  afterAll(async () => {
    await machine.remove();
    for (const server of servers) await server.stop();
  });

  /** Runs a subcommand with a configuration whose jobs are on this Redis. */
  async function on(settings: Readonly<Record<string, string>>) {
    const server = await startRedis({ settings });
    servers.push(server);
    const folder = machine.path(`data-${server.port}`);
    mkdirSync(folder);
    const config = machine.path(`${server.port}.yaml`);
    writeFileSync(
      config,
      `data: ${folder}\njob_queue: { type: bullmq, url: '\${env:REDIS_URL}' }\nconsole: { port: 0 }\n`,
    );
    const env = { REDIS_URL: `redis://${HOST}:${server.port}` };
    return { server, folder, run: (...args: string[]) => machine.run([...args, '--config', config], { env }) };
  }

  test('doctor is content with one that keeps everything', async () => {
    const { run } = await on({ appendfsync: 'always' });
    const { code, out } = await run('doctor');
    expect(out).toMatch(/✓ redis +answers, keeps what it is given and evicts nothing/);
    expect(code).toBe(0);
  });

  test('doctor and start say what one that evicts puts at risk', async () => {
    const { run } = await on({ 'maxmemory-policy': 'allkeys-lru', appendonly: 'no' });
    const doctor = await run('doctor');
    expect(doctor.code).toBe(1);
    expect(doctor.out).toMatch(/✗ redis +maxmemory-policy is allkeys-lru: .*\n✗ redis +appendonly is no: /);
    const start = await run('start');
    expect(start.code).toBe(2);
    expect(start.err).toMatch(/pipewarden: the job queue would lose jobs: maxmemory-policy is allkeys-lru/);
  });

  test('runs --dead and runs retry reach its queue', async () => {
    const { server, folder, run } = await on({});
    await openSqliteDocumentStore({ path: `${folder}/documents.db`, clock: systemClock }).close();
    const connection = { host: server.host, port: server.port };
    const queue = await openBullmqJobQueue({ connection, clock: systemClock, log: silentLog });
    await queue.enqueue(CONTAINMENT, { id: 'run-1.2', data: { run: 'run-1' } });
    await queue.work(CONTAINMENT, () =>
      Promise.reject(new PipewardenError('STORE_REFUSED', { problem: 'no such run' })),
    );
    await vi.waitFor(async () => expect(await queue.counts(CONTAINMENT)).toMatchObject({ dead: 1 }), 10_000);
    await queue.close();
    const dead = await run('runs', '--dead', '--json');
    expect(dead).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(dead.out)).toMatchObject({ id: 'run-1.2', data: { run: 'run-1' }, attempts: 1 });
    expect((await run('runs', 'retry', 'run-1')).out).toBe('It is tried again.\n');
    expect((await run('runs', '--dead')).out).toBe('No job is dead.\n');
  });
});

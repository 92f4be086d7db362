// How a Redis may be reached and must be set, by the configuration, on real servers: ACL user and TLS, Sentinel, Cluster.
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openBullmqJobQueue } from '../../services/adapters/job-queue/bullmq.ts';
import { examineRedis } from '../../services/adapters/job-queue/bullmq-client.ts';
import { configurationSchema } from '../../services/cli/configuration.ts';
import { redisConnection } from '../../services/cli/ports/redis.ts';
import { systemClock } from '../../services/core/clock.ts';
import { resolveSecret } from '../../services/core/configuration/secret-reference.ts';
import type { JobQueue } from '../../services/core/ports/job-queue.ts';
import { type Log, silentLog } from '../../services/telemetry/log.ts';
import { type Authority, createAuthority, opensslMissing, type Signed } from '../helpers/certificates.ts';
import { type RedisCluster, type SentinelGroup, startCluster, startSentinelGroup } from './redis-groups.ts';
import { HOST, type RedisServer, redisMissing, startRedis } from './redis-server.ts';

const missing = redisMissing() ?? opensslMissing();
const WAIT = { timeout: 30_000, interval: 50 };
/** Looks like nobody's password; the configuration refers to it. */
const PASSWORD = ['word', 'for', 'tests'].join('-');

/** `setting`: what stands under `job_queue`. */
function optionsOf(setting: object, env: Readonly<Record<string, string>> = {}, log: Log = silentLog) {
  const { job_queue } = configurationSchema.parse({ job_queue: { type: 'bullmq', ...setting } });
  if (job_queue.type !== 'bullmq') throw new Error('not what was set');
  const connection = redisConnection(job_queue, (reference) => resolveSecret(reference, { PASSWORD, ...env }));
  return { connection, prefix: job_queue.prefix, clock: systemClock, log };
}

/** A job goes through; gives the queue for more. */
async function working(options: Parameters<typeof openBullmqJobQueue>[0]): Promise<[JobQueue, string[]]> {
  const jobs = await openBullmqJobQueue(options);
  const seen: string[] = [];
  await jobs.work('runs', async ({ id }) => void seen.push(id));
  await jobs.enqueue('runs', { id: 'first', data: {} });
  await vi.waitFor(() => expect(seen).toEqual(['first']), WAIT);
  return [jobs, seen];
}

describe.skipIf(missing)(`Redis${missing ? ` (left out: ${missing})` : ''}`, () => {
  describe('with TLS and a user of its access control list', () => {
    let authority: Authority;
    let ours: Signed;
    const tls = () => ({ ca: authority.ca, certificate: ours.certificate, key: `\${file:${ours.key}}` });
    const url = { url: '${env:URL}' };
    let server: RedisServer;
    let address: Readonly<Record<string, string>>;

    beforeAll(async () => {
      authority = await createAuthority();
      ours = await authority.sign('pipewarden');
      const theirs = await authority.sign('redis');
      server = await startRedis({
        settings: {
          'tls-port': 'yes',
          'tls-cert-file': theirs.certificate,
          'tls-key-file': theirs.key,
          'tls-ca-cert-file': authority.ca,
          appendfsync: 'always',
          // What docs/operations.md says: no more than the keys and commands that are used.
          user: `pipewarden on >${PASSWORD} ~pipewarden:* +@all -@admin -@dangerous +info +config|get`,
        },
      });
      address = { URL: `rediss://${HOST}:${server.port}` };
    });
    afterAll(async () => {
      await server?.stop();
      await authority?.remove();
    });

    test('jobs go through, and nothing is found wanting', async () => {
      const warnings: string[] = [];
      const log = { ...silentLog, warn: (message: string) => void warnings.push(message) };
      const [jobs] = await working(
        optionsOf({ ...url, username: 'pipewarden', password: '${env:PASSWORD}', tls: tls() }, address, log),
      );
      expect(
        await examineRedis(
          optionsOf({ ...url, username: 'pipewarden', password: '${env:PASSWORD}', tls: tls() }, address),
        ),
      ).toEqual([]);
      await jobs.close();
      expect(warnings).toEqual([]);
    });

    test.each([
      ['another authority', () => ({ tls: { ...tls(), ca: undefined } }), 'certificate'],
      ['no certificate of ours', () => ({ tls: { ca: authority.ca } }), ''],
      ['a wrong password', () => ({ tls: tls(), username: 'pipewarden', password: '${env:URL}' }), 'WRONGPASS'],
    ])('with %s it does not open', async (_what, setting, problem) => {
      await expect(openBullmqJobQueue(optionsOf({ ...url, ...setting() }, address))).rejects.toMatchObject({
        code: 'QUEUE_UNAVAILABLE',
        message: expect.stringContaining(problem),
      });
    });

    test('outside its prefix the user may do nothing', async () => {
      const setting = { ...url, username: 'pipewarden', password: '${env:PASSWORD}', tls: tls(), prefix: 'other' };
      const jobs = await openBullmqJobQueue(optionsOf(setting, address));
      await expect(jobs.enqueue('runs', { id: 'one', data: {} })).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
      await jobs.close();
    });
  });

  describe('behind a Sentinel', () => {
    let group: SentinelGroup;
    beforeAll(async () => {
      group = await startSentinelGroup(PASSWORD);
    });
    afterAll(() => group?.stop());

    test('jobs go on at the replica when the master is gone', async () => {
      const sentinel = { nodes: [group.sentinel], name: group.name, password: '${env:PASSWORD}' };
      const [jobs, seen] = await working(optionsOf({ sentinel, password: '${env:PASSWORD}' }));
      await jobs.enqueue('runs', { id: 'over it', data: {} }, { delayMs: 1_500 });
      const redis = new Redis({ port: group.replica.port, password: PASSWORD });
      // Redis replicates after it has answered.
      await vi.waitFor(async () => expect(await redis.exists('pipewarden:runs:id-over%20it')).toBe(1), WAIT);
      await group.master.kill();
      await vi.waitFor(() => jobs.enqueue('runs', { id: 'after', data: {} }), WAIT);
      await vi.waitFor(() => expect(seen.toSorted()).toEqual(['after', 'first', 'over it']), WAIT);
      expect(await redis.role()).toContain('master');
      redis.disconnect();
      await jobs.close();
    });
  });

  describe('as a Cluster of three', () => {
    let cluster: RedisCluster;
    beforeAll(async () => {
      cluster = await startCluster();
    });
    afterAll(() => cluster?.stop());

    test('all keys of the queues lie on one node', async () => {
      const [jobs, seen] = await working(optionsOf({ cluster: cluster.nodes.slice(0, 1) }));
      await jobs.enqueue('runs', { id: 'late', data: {} }, { delayMs: 200, turn: 'last' });
      await vi.waitFor(() => expect(seen).toEqual(['first', 'late']), WAIT);
      await jobs.enqueue('other', { id: 'kept', data: {} });
      const keys = await Promise.all(
        cluster.nodes.map(async (node) => {
          const redis = new Redis({ port: Number(node.split(':')[1]) });
          const found = await redis.keys('*');
          redis.disconnect();
          return found;
        }),
      );
      expect(keys.filter((found) => found.length > 0)).toHaveLength(1);
      expect(keys.flat().every((key) => key.startsWith('{pipewarden}:'))).toBe(true);
      await jobs.close();
    });
  });

  describe('that may lose jobs', () => {
    async function on(
      settings: Readonly<Record<string, string>>,
      work: (setting: object, env: { URL: string }) => Promise<void>,
    ) {
      const server = await startRedis({ settings });
      try {
        await work({ url: '${env:URL}' }, { URL: `redis://${HOST}:${server.port}` });
      } finally {
        await server.stop();
      }
    }

    test('by evicting keys is refused, with the mend', async () => {
      await on({ 'maxmemory-policy': 'allkeys-lru' }, async (setting, env) => {
        await expect(openBullmqJobQueue(optionsOf(setting, env))).rejects.toMatchObject({
          code: 'QUEUE_UNSAFE',
          fate: 'operator',
          message: expect.stringMatching(/maxmemory-policy is allkeys-lru.*set maxmemory-policy noeviction/),
        });
      });
    });

    test('a full one takes no job, and loses none', async () => {
      await on({ appendfsync: 'always' }, async (setting, env) => {
        const jobs = await openBullmqJobQueue(optionsOf(setting, env));
        await jobs.enqueue('runs', { id: 'before', data: {} });
        const redis = new Redis(env.URL);
        await redis.config('SET', 'maxmemory', '1mb');
        await expect(jobs.enqueue('runs', { id: 'full', data: {} })).rejects.toMatchObject({
          code: 'QUEUE_UNAVAILABLE',
          fate: 'retry',
          message: expect.stringContaining('OOM'),
        });
        await redis.config('SET', 'maxmemory', '0');
        await jobs.enqueue('runs', { id: 'after', data: {} });
        expect(await jobs.counts('runs')).toEqual({ waiting: 2, running: 0, dead: 0 });
        redis.disconnect();
        await jobs.close();
      });
    });

    test.each([
      [{ appendonly: 'no' }, 'warn', /^appendonly is no: .*set appendonly yes/],
      [{ appendfsync: 'no' }, 'warn', /^appendfsync is no: .*set appendfsync always/],
      [{ appendfsync: 'everysec' }, 'note', /^appendfsync is everysec: .*last second/],
      [{ 'maxmemory-policy': 'volatile-lru', appendfsync: 'always' }, 'warn', /^maxmemory-policy is volatile-lru: /],
      [{ appendfsync: 'always', user: 'default on nopass ~* &* +@all -config' }, 'note', /^appendfsync cannot be read/],
    ] as const)('by %o is used, and it is said', async (settings, weight, problem) => {
      await on(settings, async (setting, env) => {
        const risks = await examineRedis(optionsOf(setting, env));
        expect(risks).toEqual([{ weight, problem: expect.stringMatching(problem) }]);
        const told: unknown[] = [];
        const log = {
          ...silentLog,
          warn: (_m: string, f: unknown) => void told.push(f),
          info: (_m: string, f: unknown) => void told.push(f),
        };
        await (await openBullmqJobQueue(optionsOf(setting, env, log))).close();
        expect(told).toEqual([{ problem: risks[0]?.problem }]);
      });
    });
  });
});

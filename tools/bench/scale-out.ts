// Many processes on one Kafka and one Redis: activities from webhook to store with one analyzer and with two, what idle
// processes cost, how long profiles take to be restored, how late a finding is. All of it shares this machine's cores.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { freePorts } from '../../test/servers/free-ports.ts';
import { kafkaMissing, startKafka } from '../../test/servers/kafka-server.ts';
import { redisMissing, startRedis } from '../../test/servers/redis-server.ts';
import { table } from '../reference/markdown.ts';
import { untilDone } from './scale-out/place.ts';
import { type Place, type Service, script, startService } from './scale-out/service.ts';

const REPOSITORIES = 4_400;
const ACTIVITIES = 40_000;
const WARM = 10_000;
const FLOOD_SECONDS = 15;
const SETTLE_SECONDS = 15;
const IDLE_SECONDS = 60;
const DELAY = { rate: 1_000, seconds: 30 };

const Restored = z.object({ profiles: z.number(), seconds: z.number() });
const Delivered = z.object({
  activities: z.number(),
  seconds: z.number(),
  findings: z.number(),
  p50: z.number(),
  p99: z.number(),
  most: z.number(),
});

/** What lies between an append and the store. */
const STAGES = [
  ['analyzer', 'activity'],
  ['analyzer', 'activity'],
  ['judge', 'signal'],
  ['correlator', 'finding'],
  ['forwarder.store', 'finding'],
  ['forwarder.store', 'incident'],
] as const;

export async function scaleOutTable(): Promise<string> {
  const missing = kafkaMissing() ?? redisMissing();
  if (missing) return `Left out: ${missing}.\n`;
  const [server, redis, [port = 0]] = await Promise.all([startKafka(), startRedis(), freePorts(1)]);
  const [broker = ''] = server.brokers;
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const place = { folder, broker, redis: `redis://${redis.host}:${redis.port}`, secret: randomUUID(), port };
  const started: Service[] = [];
  try {
    const rows = await measure(place, started);
    const where = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores`;
    return `${where} for servers and all processes.\n\n${table(['what', 'measured', 'load before'], rows)}`;
  } finally {
    for (const service of started.toReversed()) await service.stop();
    await Promise.all([server.stop(), redis.stop()]);
    rmSync(folder, { recursive: true });
  }
}

/** Whatever runs in the end is among `started`. */
async function measure(place: Place, started: Service[]): Promise<readonly (readonly string[])[]> {
  const { broker } = place;
  const prefix = 'company.';
  const rows: (readonly string[])[] = [];
  const start = async (name: string) => {
    const service = await startService(name, prefix, started.length, place);
    started.push(service);
    return service;
  };
  const row = async (what: string, work: () => Promise<string>) => {
    const load = (loadavg()[0] ?? 0).toFixed(1);
    rows.push([what, await work(), load]);
    process.stderr.write(`${rows.at(-1)?.join(': ')}\n`);
  };
  let from = 0;
  /** What `work` says, and the processor time of each process while it went on. */
  const used = async (work: () => Promise<{ readonly activities: number; readonly said: string }>): Promise<string> => {
    const before = started.map((service) => service.seconds());
    const { activities, said } = await work();
    const costs = started.map(({ name, seconds }, index) => {
      const each = ((seconds() - (before[index] ?? 0)) / activities) * 1e6;
      return `${name} ${written(each)}`;
    });
    return `${said}; µs of processor for each: ${costs.join(', ')}`;
  };
  const appended = async (count: number) => {
    const begun = performance.now();
    await script('append.ts', [broker, prefix, REPOSITORIES, from, count], place);
    from += count;
    await untilDone(broker, prefix, STAGES);
    return { activities: count, said: perSecond(count, begun) };
  };
  const deliver = async (wanted: number, seconds: number) => {
    const url = `http://127.0.0.1:${place.port}/hooks/github`;
    return Delivered.parse(JSON.parse(await script('webhooks.ts', [broker, prefix, url, wanted, seconds], place)));
  };
  const flooded = async () => {
    const begun = performance.now();
    const { activities } = await deliver(0, FLOOD_SECONDS);
    await untilDone(broker, prefix, STAGES);
    return { activities, said: perSecond(activities, begun) };
  };

  await script('company.ts', [broker, prefix, REPOSITORIES], place);
  await row('profiles restored, seconds for 100,000', async () => {
    const { profiles, seconds } = Restored.parse(JSON.parse(await script('restore.ts', [broker, prefix], place)));
    return `${((seconds / profiles) * 100_000).toFixed(1)} (${written(profiles)} in ${seconds.toFixed(1)})`;
  });
  await start('forwarder');
  await start('responder');
  await start('collector');
  await start('analyzer');
  await row(`each process idle for ${IDLE_SECONDS} s, % of a core`, () => idle(started));

  await deliver(DELAY.rate, 5);
  await row(`webhook → collector → Kafka → analyzer → finding, at ${written(DELAY.rate)} activities/s`, () =>
    used(async () => {
      const { activities, seconds, findings, p50, p99, most } = await deliver(DELAY.rate, DELAY.seconds);
      const reached = `${written(activities / seconds)}/s`;
      const said = `${findings} findings at ${reached}: p50 ${p50} ms, p99 ${p99} ms, at most ${most} ms`;
      return { activities, said };
    }),
  );
  await row('webhook → collector → Kafka → one analyzer → store', () => used(flooded));
  await appended(WARM);
  await row('append → Kafka → one analyzer → store', () => used(() => appended(ACTIVITIES)));
  await start('analyzer');
  await appended(WARM);
  await row('webhook → collector → Kafka → two analyzers → store', () => used(flooded));
  await row('append → Kafka → two analyzers → store', () => used(() => appended(ACTIVITIES)));
  return rows;
}

async function idle(services: readonly Service[]): Promise<string> {
  await sleep(SETTLE_SECONDS * 1000);
  const before = services.map((service) => service.seconds());
  await sleep(IDLE_SECONDS * 1000);
  return services
    .map(({ name, seconds }, index) => {
      const share = ((seconds() - (before[index] ?? 0)) / IDLE_SECONDS) * 100;
      return `${name} ${share.toFixed(2)}`;
    })
    .join(', ');
}

function perSecond(activities: number, begun: number): string {
  return `${written(activities / ((performance.now() - begun) / 1000))} activities/s`;
}

function written(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

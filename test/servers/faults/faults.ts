// The faults: one row each. `disturb` does it at random moments while a story is sent, and ends when it is over.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Disk } from './disk.ts';
import type { EmbeddedSite } from './embedded-site.ts';
import type { Scene } from './round.ts';
import type { ScaleOutSite, Server } from './scale-out-site.ts';
import type { Site } from './site.ts';

interface Fault<Installed extends Site> {
  readonly id: string;
  readonly title: string;
  /** The deliveries are spread over this time. */
  readonly spreadMs: number;
  /** A call at GitHub takes at most so long; default 1 s. */
  readonly targetMs?: number;
  readonly needsDisk?: true;
  /** Takes minutes: only when it is asked for. */
  readonly slow?: true;
  disturb(site: Installed, scene: Scene): Promise<void>;
}

const SECOND = 1_000;
const BROKER_DOWN = 20 * SECOND;
const STORE_DOWN = 60 * SECOND;
/** Before which the fault begins. */
const SOON = 6 * SECOND;
/** Seconds that a disk stays full, or up to ten more. */
const FULL_FOR = 8;
/** Elasticsearch looks at its disk every ten. */
const FULL_FOR_ELASTICSEARCH = 20;

export const SCALE_OUT_FAULTS: readonly Fault<ScaleOutSite>[] = [
  {
    id: 'process-killed',
    title: '`kill -9` of processes of Pipewarden',
    spreadMs: 14 * SECOND,
    async disturb({ processes }, { random, deeds, moment }) {
      for (let left = 2 + Math.floor(random() * 3); left > 0; left--) {
        await moment(4 * SECOND);
        const one = anyOf(processes, random);
        deeds.push(`kill -9 ${one.name}`);
        await one.kill(random() * 4 * SECOND);
      }
    },
  },
  {
    id: 'server-killed',
    title: '`kill -9` of Kafka, Redis and Elasticsearch, in random order',
    spreadMs: 30 * SECOND,
    async disturb(site, { random, deeds, moment }) {
      const servers: readonly Server[] = ['kafka', 'redis', 'elasticsearch'];
      for (const server of servers.toSorted(() => random() - 0.5)) {
        await moment(SOON);
        deeds.push(`kill -9 ${server}`);
        await killed(site, server, deeds);
      }
    },
  },
  {
    id: 'broker-away',
    title: 'Kafka stopped for 20 s',
    spreadMs: 30 * SECOND,
    async disturb(site, { deeds, moment }) {
      await moment(SOON);
      deeds.push('Kafka was away for 20 s');
      await site.kafka.restart(BROKER_DOWN);
      await takenUp(site, deeds);
    },
  },
  redisRestarted('kept'),
  redisRestarted('lost'),
  {
    id: 'elasticsearch-busy',
    title: 'Elasticsearch answers 429 and 503, then is down for a minute',
    spreadMs: 60 * SECOND,
    slow: true,
    async disturb({ front, elasticsearch }, { random, deeds, moment }) {
      await moment(SOON);
      front.reply = () => {
        const dice = random();
        if (dice > 0.8) return undefined;
        const [status, type] =
          dice > 0.4 ? [429, 'es_rejected_execution_exception'] : [503, 'unavailable_shards_exception'];
        return { status: Number(status), body: { error: { type, reason: 'for this test' }, status } };
      };
      await sleep((5 + random() * 15) * SECOND);
      front.reply = () => undefined;
      deeds.push('Elasticsearch answered four of five requests 429 or 503, then was killed and away for 60 s');
      await elasticsearch.restart(() => sleep(STORE_DOWN));
    },
  },
  {
    id: 'analyzers-come-and-go',
    title: 'two analyzers join and leave',
    spreadMs: 20 * SECOND,
    async disturb(site, { random, deeds, moment }) {
      for (const turn of ['first', 'second']) {
        await moment(3 * SECOND);
        const guest = await site.start('analyzer');
        await moment(5 * SECOND);
        if (random() < 0.5) {
          deeds.push(`the ${turn} newcomer was killed and came back before it left`);
          await guest.kill(random() * 2 * SECOND);
        } else deeds.push(`the ${turn} newcomer left in order`);
        await guest.stop();
        site.processes.splice(site.processes.indexOf(guest), 1);
      }
    },
  },
  {
    id: 'slow-network',
    title: 'a slow network before all three servers, with connections that break',
    spreadMs: 30 * SECOND,
    async disturb({ proxies }, { random, deeds, moment }) {
      await moment(SOON);
      const network = {
        delayMs: Math.round(20 + random() * 130),
        jitterMs: Math.round(random() * 200),
        bytesPerSecond: Math.round(30_000 + random() * 200_000),
      };
      for (const proxy of Object.values(proxies)) proxy.network = network;
      deeds.push(`${network.delayMs}–${network.delayMs + network.jitterMs} ms, ${network.bytesPerSecond} bytes/s`);
      for (let left = Math.floor(random() * 3); left > 0; left--) {
        await moment(10 * SECOND);
        const [name, proxy] = anyOf(Object.entries(proxies), random);
        deeds.push(`every connection to ${name} broke`);
        proxy.cut();
      }
      await sleep((10 + random() * 15) * SECOND);
      for (const proxy of Object.values(proxies)) proxy.network = undefined;
    },
  },
  diskFull('kafka', 'the broker was started again', async (site, free, { deeds }) => {
    deeds.push(`Kafka ${site.kafka.ended() ? 'had ended' : 'still ran'}`);
    await site.kafka.away(free);
    await takenUp(site, deeds);
  }),
  diskFull('redis', 'Redis was started again', async ({ redis }, free, { deeds }) => {
    deeds.push(`Redis ${redis.ended() ? 'had ended' : 'still ran'}`);
    await redis.restart(free);
  }),
  {
    slow: true,
    ...diskFull(
      'elasticsearch',
      'its shards were told to try again',
      async ({ elasticsearch, front }, free, { deeds }) => {
        const health = await fetch(`${elasticsearch.url}/_cluster/health`);
        const { status }: { status?: unknown } = JSON.parse(await health.text());
        deeds.push(`Elasticsearch was ${status} and has refused ${front.failures} requests so far`);
        await free();
        await fetch(`${elasticsearch.url}/_cluster/reroute?retry_failed=true`, { method: 'POST' });
      },
      FULL_FOR_ELASTICSEARCH,
    ),
  },
];

export const EMBEDDED_FAULTS: readonly Fault<EmbeddedSite>[] = [
  {
    id: 'disk-full-embedded',
    title: 'one process on SQLite, its disk full',
    spreadMs: 20 * SECOND,
    needsDisk: true,
    async disturb({ disk }, scene) {
      await scene.moment(SOON);
      await full(disk, scene, 'the data folder');
      disk.free();
    },
  },
  {
    id: 'killed-embedded',
    title: 'one process on SQLite, `kill -9`',
    spreadMs: 12 * SECOND,
    needsDisk: true,
    async disturb({ processes }, { random, deeds, moment }) {
      for (let left = 2 + Math.floor(random() * 3); left > 0; left--) {
        await moment(4 * SECOND);
        deeds.push('kill -9');
        await processes[0]?.kill(random() * 2 * SECOND);
      }
    },
  },
];

function redisRestarted(file: 'kept' | 'lost'): Fault<ScaleOutSite> {
  return {
    id: `redis-${file}`,
    title: `Redis restarted, its append-only file ${file}`,
    spreadMs: 14 * SECOND,
    // More to do than two responders have hands for: jobs wait in Redis.
    targetMs: 4 * SECOND,
    async disturb({ redis }, { random, deeds, moment }) {
      await moment(3 * SOON);
      const killed = random() < 0.5;
      if (killed) await redis.kill();
      deeds.push(`Redis was ${killed ? 'killed' : 'stopped'}, its file ${file}`);
      await redis.restart(() => moment(3 * SECOND), file === 'lost' ? 'forgetting' : undefined);
    },
  };
}

/** `mend`: what an operator does once there is room again. */
function diskFull(
  server: Server,
  mended: string,
  mend: (site: ScaleOutSite, free: () => Promise<void>, scene: Scene) => Promise<void>,
  atLeast = FULL_FOR,
): Fault<ScaleOutSite> {
  return {
    id: `disk-full-${server}`,
    title: `the disk of ${server} full; ${mended}`,
    spreadMs: 2 * atLeast * SECOND,
    needsDisk: true,
    async disturb(site, scene) {
      const { moment } = scene;
      const disk = site.disks[server];
      if (!disk) throw new Error('there is no disk to fill');
      await moment(SOON);
      await full(disk, scene, server, atLeast);
      await mend(site, async () => disk.free(), scene);
    },
  };
}

/** Again and again, as what was there before gives way. */
async function full(disk: Disk, { random, deeds }: Scene, whose: string, atLeast = FULL_FOR): Promise<void> {
  const seconds = Math.round(atLeast + random() * 10);
  deeds.push(`the disk of ${whose} was full for ${seconds} s`);
  for (let left = seconds; left > 0; left--) {
    disk.fill();
    await sleep(SECOND);
  }
}

async function killed(site: ScaleOutSite, server: Server, deeds: string[]): Promise<void> {
  const { kafka, redis, elasticsearch } = site;
  if (server === 'kafka') {
    await kafka.restart(0);
    return await takenUp(site, deeds);
  }
  if (server === 'elasticsearch') return await elasticsearch.restart(async () => undefined);
  await redis.kill();
  await redis.restart(async () => undefined);
}

/** What an operator does with a broker that does not answer for its groups. */
async function takenUp(site: ScaleOutSite, deeds: string[]): Promise<void> {
  while (!(await site.brokerAnswers())) {
    deeds.push('Kafka did not take up its groups and was started once more');
    await site.kafka.restart(0);
  }
}

function anyOf<Value>(values: readonly Value[], random: () => number): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('there is none to choose');
  return value;
}

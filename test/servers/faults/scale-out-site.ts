// Pipewarden as a company runs it that has outgrown one process: two collectors, two analyzers, two responders and a
// forwarder, on a real Kafka, Redis and Elasticsearch, each behind a proxy and on a disk of its own.
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openElasticsearchDocumentStore } from '../../../services/adapters/document-store/elasticsearch.ts';
import { openKafkaEventLog } from '../../../services/adapters/event-log/kafka.ts';
import { untilCommitted, untilVisible } from '../../../services/adapters/event-log/kafka-progress.ts';
import { KafkaReader } from '../../../services/adapters/event-log/kafka-reader.ts';
import { naming, TOPIC_NAMES } from '../../../services/adapters/event-log/kafka-topics.ts';
import { systemClock } from '../../../services/core/clock.ts';
import { silentLog } from '../../../services/telemetry/log.ts';
import { createMachine } from '../../helpers/command.ts';
import { startHookReceiver } from '../../helpers/hook-receiver.ts';
import { startGithub } from '../../playbooks/github-server.ts';
import { type ElasticsearchServer, startElasticsearch } from '../elasticsearch-server.ts';
import { freePorts } from '../free-ports.ts';
import { type Front, startFront } from '../front.ts';
import { type KafkaServer, startKafka } from '../kafka-server.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';
import { type Disk, diskMissing, makeDisk } from './disk.ts';
import { type Supervised, supervise } from './processes.ts';
import { startProxy, type TcpProxy } from './proxy.ts';
import { configurationOf, ENV, everything, HOOK_SECRET, logReader, type Site } from './site.ts';

export type Server = 'kafka' | 'redis' | 'elasticsearch';

export interface ScaleOutSite extends Site {
  readonly kafka: KafkaServer;
  readonly redis: RedisServer;
  readonly elasticsearch: ElasticsearchServer;
  /** Answers in Elasticsearch's stead where a fault wants it to. */
  readonly front: Front;
  readonly proxies: Readonly<Record<Server, TcpProxy>>;
  /** Empty where none can be mounted. */
  readonly disks: Readonly<Partial<Record<Server, Disk>>>;
  /** One more process; resolves when it is up. */
  start(service: string): Promise<Supervised>;
  /**
   * False where the broker runs and does not answer for its groups, for so long that an operator would start it again: as
   * Kafka 4.1.0 does now and then that was killed and started on a busy machine.
   */
  brokerAnswers(): Promise<boolean>;
}

const PATIENCE_MS = 300_000;
const BROKER_PATIENCE_MS = 45_000;
const SESSION_SECONDS = 6;
const PREFIX = 'pipewarden.';
const MEBIBYTES = { kafka: 768, redis: 64, elasticsearch: 512 } as const;

/** Each consumer group with the topic it reads, in the order in which each feeds the next; the first is fed by others too. */
const GROUPS = [
  ['analyzer', 'activity'],
  ['analyzer', 'activity'],
  ['judge', 'signal'],
  ['correlator', 'finding'],
  ['analyzer', 'activity'],
  ['responder', 'incident'],
  ['audit-chain', 'decision'],
  ['forwarder.store', 'finding'],
  ['forwarder.store', 'incident'],
  ['forwarder.store', 'audit'],
  ['forwarder.store', 'dead-letter'],
  ['forwarder.hook', 'incident'],
] as const;

export async function openScaleOutSite(): Promise<ScaleOutSite> {
  const opened: { close(): unknown }[] = [];
  const keep = <Part extends { close(): unknown }>(part: Part): Part => {
    opened.push(part);
    return part;
  };
  const close = async () => {
    for (const part of opened.toReversed()) await part.close();
  };
  try {
    const disk = (server: Server) => {
      if (diskMissing() !== undefined) return undefined;
      const made = makeDisk(MEBIBYTES[server]);
      keep({ close: made.remove });
      return made;
    };
    const disks = { kafka: disk('kafka'), redis: disk('redis'), elasticsearch: disk('elasticsearch') };
    const proxied: { kafka?: TcpProxy } = {};
    const kafka = await startKafka(undefined, {
      ...(disks.kafka && { data: disks.kafka.folder }),
      async through(port) {
        proxied.kafka = keep(await startProxy(port));
        return proxied.kafka.port;
      },
    });
    keep({ close: kafka.stop });
    const redis = await startRedis({
      settings: { appendfsync: 'always' },
      ...(disks.redis && { folder: disks.redis.folder }),
    });
    keep({ close: redis.stop });
    const elasticsearch = await startElasticsearch(undefined, disks.elasticsearch?.folder);
    keep({ close: elasticsearch.stop });
    const front = keep(await startFront(elasticsearch.url));
    const proxies = {
      kafka: proxied.kafka ?? keep(await startProxy(0)),
      redis: keep(await startProxy(redis.port)),
      elasticsearch: keep(await startProxy(Number(new URL(front.url).port))),
    };
    const github = keep(await startGithub());
    const hooks = keep(await startHookReceiver(HOOK_SECRET, 0));
    const machine = createMachine();
    keep({ close: machine.remove });
    const env = { ...ENV, REDIS_URL: `redis://127.0.0.1:${proxies.redis.port}` };
    const broker = `127.0.0.1:${proxies.kafka.port}`;
    const configuration = {
      ...configurationOf(github, hooks),
      event_log: { type: 'kafka', brokers: [broker], prefix: PREFIX, session_seconds: SESSION_SECONDS },
      job_queue: { type: 'bullmq', url: '${env:REDIS_URL}' },
      document_store: { type: 'elasticsearch', nodes: [`http://127.0.0.1:${proxies.elasticsearch.port}`] },
    };
    const processes: Supervised[] = [];
    keep({ close: () => Promise.all(processes.map((each) => each.stop())) });
    let started = 0;
    const add = (service: string, port = 0) => {
      const name = `${service}-${started++}`;
      const config = machine.path(`${name}.yaml`);
      writeFileSync(config, JSON.stringify({ ...configuration, collector: { port } }));
      const made = supervise({ machine, name, services: [service], config, data: machine.path(name), env });
      processes.push(made);
      return made;
    };
    const ports = await freePorts(2);
    // The first makes the topics.
    await add('forwarder').up();
    for (const service of ['analyzer', 'analyzer', 'responder', 'responder']) add(service);
    for (const port of ports) add('collector', port);
    await Promise.all(processes.map((each) => each.up()));

    const address = { brokers: kafka.brokers, clientId: 'test' };
    const log = keep(await openKafkaEventLog({ ...address, prefix: PREFIX, clock: systemClock, log: silentLog }));
    const reader = keep(new KafkaReader(address, systemClock, silentLog));
    await reader.connect();
    const names = naming(PREFIX);
    const topics = TOPIC_NAMES.map((topic) => names.topic(topic));
    for (const topic of topics) await reader.topic(topic);
    const store = keep(await openElasticsearchDocumentStore({ nodes: [elasticsearch.url], clock: systemClock }));
    return {
      kafka,
      redis,
      elasticsearch,
      front,
      proxies,
      disks: definedOf(disks),
      receivers: ports.map((port) => `http://127.0.0.1:${port}/hooks/github`),
      github,
      hooks,
      processes,
      async start(service) {
        const made = add(service);
        await made.up();
        return made;
      },
      async brokerAnswers() {
        const patience = Date.now() + BROKER_PATIENCE_MS;
        for (let well = 0; well < 3; ) {
          await sleep(1_000);
          try {
            for (const [group, topic] of GROUPS) await reader.committed(names.group(group, topic), names.topic(topic));
            well += 1;
          } catch {
            well = 0;
            if (Date.now() > patience) return false;
          }
        }
        return true;
      },
      logged: logReader(log),
      stored: () => everything(store),
      async caughtUp() {
        const patience = AbortSignal.timeout(PATIENCE_MS);
        for (const [group, topic] of GROUPS) {
          const place = { reader, groupId: names.group(group, topic), topic: names.topic(topic) };
          await untilCommitted(place, systemClock, patience);
          await untilVisible(reader, topics, systemClock, patience);
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function definedOf(disks: Readonly<Record<Server, Disk | undefined>>): Partial<Record<Server, Disk>> {
  const { kafka, redis, elasticsearch } = disks;
  return { ...(kafka && { kafka }), ...(redis && { redis }), ...(elasticsearch && { elasticsearch }) };
}

// A real Kafka broker for tests, without Docker: jars by Maven into a cache, one KRaft node on loopback, data in a temporary folder.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createClient } from '../../services/adapters/event-log/kafka-client.ts';
import { silentLog } from '../../services/telemetry/log.ts';

const VERSION = '4.1.0';
const CACHE = process.env.PIPEWARDEN_CACHE ?? resolve(import.meta.dirname, '../../.cache');
const FOLDER = join(CACHE, `kafka-${VERSION}`);
const JARS = join(FOLDER, 'jars');
const READY_WITHIN_MS = 60_000;

const run = promisify(execFile);

export interface KafkaServer {
  readonly brokers: string[];
  /** Kills the broker, waits, starts it again on the same port and data. */
  restart(downMs: number): Promise<void>;
  /** Stops the broker and removes its data. A second call does nothing. */
  stop(): Promise<void>;
}

/** Why Kafka cannot run on this machine; undefined when it can. */
export function kafkaMissing(): string | undefined {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = Number(/version "(\d+)/.exec(java.stderr ?? '')?.[1] ?? 0);
  if (version < 17) return 'Kafka needs Java 17 or newer (`java` on the PATH)';
  if (existsSync(JARS)) return undefined;
  if (spawnSync('mvn', ['-v']).status === 0) return undefined;
  return `Kafka ${VERSION} is not in ${FOLDER}, and Maven (\`mvn\`) is not there to fetch it`;
}

/** Resolves when clients can use the broker. Downloads it (43 MB) the first time. */
export async function startKafka(): Promise<KafkaServer> {
  await download();
  const data = await mkdtemp(join(tmpdir(), 'pipewarden-kafka-'));
  const [port, controller] = await freePorts();
  const properties = join(data, 'server.properties');
  await writeFile(properties, settings(data, port, controller));
  const java = (...more: string[]) => ['-Xmx512m', '-cp', join(JARS, '*'), ...more];
  await run('java', java('kafka.tools.StorageTool', 'format', '--standalone', '-t', randomUUID(), '-c', properties));
  const brokers = [`127.0.0.1:${port}`];
  let broker = launch(java('kafka.Kafka', properties));
  const stop = async () => {
    await broker.kill();
    await rm(data, { recursive: true, force: true });
  };
  try {
    await broker.ready(brokers);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    brokers,
    async restart(downMs) {
      await broker.kill();
      await sleep(downMs);
      broker = launch(java('kafka.Kafka', properties));
      await broker.ready(brokers);
    },
    stop,
  };
}

/** The broker's process; it does not outlive this one. */
function launch(command: readonly string[]) {
  const broker = spawn('java', command, { stdio: ['ignore', 'ignore', 'pipe'] });
  // Its data is thrown away, so an orderly shutdown (it waits for the controller that it is itself) would be time lost.
  const kill = () => broker.kill('SIGKILL');
  process.once('exit', kill);
  let complaint = '';
  broker.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-4_000);
  });
  const ended = () => broker.exitCode !== null || broker.signalCode !== null;
  return {
    async ready(brokers: string[]): Promise<void> {
      const admin = createClient({ brokers, clientId: 'test' }, silentLog).admin();
      const deadline = Date.now() + READY_WITHIN_MS;
      for (;;) {
        try {
          await admin.connect();
          await admin.listTopics();
          return;
        } catch (error) {
          if (ended() || Date.now() > deadline) throw new Error(`Kafka is not ready: ${complaint}`, { cause: error });
          await sleep(200);
        } finally {
          await admin.disconnect();
        }
      }
    },
    async kill(): Promise<void> {
      process.removeListener('exit', kill);
      if (ended()) return;
      const gone = once(broker, 'exit');
      kill();
      await gone;
    },
  };
}

/** One node that is broker and controller, every internal topic small and with one replica. */
function settings(data: string, port: number, controller: number): string {
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controller}`,
    'log.dirs': join(data, 'log'),
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 3,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 3,
    'broker.session.timeout.ms': 4_000,
    'broker.heartbeat.interval.ms': 500,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1_000,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

async function download(): Promise<void> {
  if (existsSync(JARS)) return;
  await mkdir(FOLDER, { recursive: true });
  const pom = join(FOLDER, 'pom.xml');
  // Without a logging backend the broker would print a warning; slf4j-nop keeps it silent.
  await writeFile(
    pom,
    `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>pipewarden.test</groupId><artifactId>kafka-server</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`,
  );
  // Renamed only when whole, so that a broken download is not taken for the server.
  const partial = await mkdtemp(join(FOLDER, 'partial-'));
  const to = `-DoutputDirectory=${partial}`;
  await run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime', to]);
  await rename(partial, JARS);
}

async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()] as const;
  const ports: [number, number] = [0, 0];
  for (const [index, server] of servers.entries()) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address) ports[index] = address.port;
  }
  for (const server of servers) {
    server.close();
    await once(server, 'close');
  }
  return ports;
}

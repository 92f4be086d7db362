// A real Kafka broker for tests, without Docker: jars by Maven into a cache, one KRaft node on loopback, data in a temporary folder.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createClient } from '../../services/adapters/event-log/kafka-client.ts';
import { silentLog } from '../../services/telemetry/log.ts';
import { freePorts } from './free-ports.ts';

const VERSION = '4.1.0';
const CACHE = process.env.PIPEWARDEN_CACHE ?? resolve(import.meta.dirname, '../../.cache');
const FOLDER = join(CACHE, `kafka-${VERSION}`);
const JARS = join(FOLDER, 'jars');
const READY_WITHIN_MS = 60_000;

const run = promisify(execFile);

export interface KafkaServer {
  readonly brokers: string[];
  /** A second listener, `SASL_SSL`, and a third, `SSL`, which asks for a client certificate; where they were wanted. */
  readonly secure: { readonly sasl: string[]; readonly certificate: string[] };
  /** Kills the broker, waits, starts it again on the same port and data. */
  restart(downMs: number): Promise<void>;
  /** Kills the broker, does `meanwhile`, starts it again on the same port and data. */
  away(meanwhile: () => Promise<void>): Promise<void>;
  /** Whether it has ended, by itself or not. */
  ended(): boolean;
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

export interface KafkaLocks {
  /** PEM files: the broker's key and certificates in one, and the authority that signs clients. */
  readonly keystore: string;
  readonly truststore: string;
  readonly users: Readonly<Record<string, string>>;
}

export interface KafkaPlace {
  /** Folder of what the broker keeps, of the caller's. */
  readonly data?: string;
  /** Makes what clients reach the broker through, given the port that it listens at; gives the port that they are told. */
  readonly through?: (port: number) => Promise<number>;
}

/** Resolves when clients can use the broker. Downloads it (43 MB) the first time. */
export async function startKafka(locks?: KafkaLocks, place: KafkaPlace = {}): Promise<KafkaServer> {
  await download();
  const data = await mkdtemp(join(tmpdir(), 'pipewarden-kafka-'));
  const [port = 0, controller = 0, sasl = 0, certificate = 0, behind = 0] = await freePorts(5);
  const properties = join(data, 'server.properties');
  const listeners = {
    PLAINTEXT: port,
    ...(place.through && { BEHIND: behind }),
    ...(locks && { SASL: sasl, CERTIFICATE: certificate }),
  };
  const told = await place.through?.(behind);
  const ours = {
    ...settings(place.data ?? data, listeners, controller),
    ...(told !== undefined && { 'advertised.listeners': `PLAINTEXT://127.0.0.1:${port},BEHIND://127.0.0.1:${told}` }),
    ...(locks && secured(locks)),
  };
  await writeFile(properties, written(ours));
  const java = (...more: string[]) => ['-Xmx512m', '-cp', join(JARS, '*'), ...more];
  const known = Object.entries(locks?.users ?? {}).flatMap(([name, password]) =>
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
      '--add-scram',
      `${mechanism}=[name="${name}",password="${password}"]`,
    ]),
  );
  const format = ['format', '--standalone', '-t', randomUUID(), '-c', properties, ...known];
  await run('java', java('kafka.tools.StorageTool', ...format));
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
  async function away(meanwhile: () => Promise<void>): Promise<void> {
    await broker.kill();
    try {
      await meanwhile();
    } finally {
      broker = launch(java('kafka.Kafka', properties));
      await broker.ready(brokers);
    }
  }
  return {
    brokers,
    secure: { sasl: [`127.0.0.1:${sasl}`], certificate: [`127.0.0.1:${certificate}`] },
    restart: (downMs) => away(() => sleep(downMs)),
    away,
    ended: () => broker.ended(),
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
    ended,
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
function settings(data: string, listeners: Readonly<Record<string, number>>, controller: number): Properties {
  const places = Object.entries({ ...listeners, CONTROLLER: controller })
    .map(([name, port]) => `${name}://127.0.0.1:${port}`)
    .join();
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    listeners: places,
    'advertised.listeners': places,
    'listener.security.protocol.map':
      'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,BEHIND:PLAINTEXT,SASL:SASL_SSL,CERTIFICATE:SSL',
    'inter.broker.listener.name': 'PLAINTEXT',
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
  };
}

type Properties = Readonly<Record<string, string | number | boolean>>;

/** https://kafka.apache.org/documentation/#security; tokens of OAUTHBEARER are taken unsigned, as Kafka does by default. */
function secured({ keystore, truststore, users }: KafkaLocks): Properties {
  const jaas = (module: string, options = '') => `org.apache.kafka.common.security.${module} required ${options};`;
  const passwords = Object.entries(users).map(([name, password]) => `user_${name}="${password}"`);
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keystore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': truststore,
    'listener.name.certificate.ssl.client.auth': 'required',
    'listener.name.sasl.sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
    'listener.name.sasl.plain.sasl.jaas.config': jaas('plain.PlainLoginModule', passwords.join(' ')),
    'listener.name.sasl.scram-sha-256.sasl.jaas.config': jaas('scram.ScramLoginModule'),
    'listener.name.sasl.scram-sha-512.sasl.jaas.config': jaas('scram.ScramLoginModule'),
    'listener.name.sasl.oauthbearer.sasl.jaas.config': jaas('oauthbearer.OAuthBearerLoginModule'),
  };
}

function written(properties: Properties): string {
  return Object.entries(properties)
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

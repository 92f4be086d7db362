// A real Elasticsearch for tests, without Docker: one node on loopback, fetched by Maven into a cache, its data in a
// temporary folder. It is the integration-test distribution: the core and security, without ILM, data streams, scripts.
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { COLLECTIONS } from '../../services/core/topics.ts';
import { freePorts } from './free-ports.ts';
import type { Tls } from './front.ts';

const VERSION = '9.2.0';
const ARTIFACT = `org.elasticsearch.distribution.integ-test-zip:elasticsearch:${VERSION}:zip`;
const CACHE = process.env.PIPEWARDEN_CACHE ?? resolve(import.meta.dirname, '../../.cache');
const FOLDER = join(CACHE, `elasticsearch-${VERSION}`);
const DISTRIBUTION = join(FOLDER, `elasticsearch-${VERSION}`);
const OLDEST_JAVA = 21;
const READY_WITHIN_MS = 150_000;
/** `nobody`: Elasticsearch refuses to run as root. */
const NOBODY = 65_534;

const run = promisify(execFile);

/** With security: TLS, and users of which each has the role of the same name. */
export interface Security {
  readonly tls: Tls;
  /** `roles.yml`. */
  readonly roles: string;
  readonly users: readonly string[];
  /** Of all of them. */
  readonly password: string;
}

export interface ElasticsearchServer {
  readonly url: string;
  /** Kills the node, does `meanwhile`, and starts it again on the same port and data. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  /** Deletes the indices whose names begin so: a node has room for a thousand. */
  forget(prefix: string): Promise<void>;
  /** Stops the node and removes its data. */
  stop(): Promise<void>;
}

/** Why Elasticsearch cannot run on this machine; undefined when it can. */
export function elasticsearchMissing(): string | undefined {
  if (javaHome() === undefined) return `Elasticsearch needs Java ${OLDEST_JAVA} or newer (name it in ES_JAVA_HOME)`;
  if (existsSync(DISTRIBUTION)) return undefined;
  if (spawnSync('mvn', ['-v']).status === 0) return undefined;
  return `Elasticsearch ${VERSION} is not in ${FOLDER}, and Maven (\`mvn\`) is not there to fetch it`;
}

/**
 * Resolves when the node answers. Downloads it (99 MB) the first time. Without `security` it lets everybody in. `data`: a
 * folder of the caller's on a disk of its own, whose filling up the node watches, as it does by default.
 */
export async function startElasticsearch(security?: Security, data?: string): Promise<ElasticsearchServer> {
  await download();
  const home = await mkdtemp(join(tmpdir(), 'pipewarden-elasticsearch-'));
  const remove = () => rm(home, { recursive: true, force: true, maxRetries: 5 });
  try {
    await cp(DISTRIBUTION, home, { recursive: true });
    const [port, transport] = await freePorts(2);
    const config = (...name: string[]) => join(home, 'config', ...name);
    await writeFile(config('elasticsearch.yml'), settings(home, Number(port), Number(transport), security, data));
    await writeFile(config('jvm.options.d', 'heap.options'), '-Xms512m\n-Xmx512m\n');
    if (security) await secure(config, security);
    for (const folder of process.getuid?.() === 0 ? [home, data] : []) if (folder) await give(folder, NOBODY);
    const url = `${security ? 'https' : 'http'}://127.0.0.1:${port}`;
    let node = await launch(home, url);
    return {
      url,
      async restart(meanwhile) {
        await kill(node);
        try {
          await meanwhile();
        } finally {
          node = await launch(home, url);
        }
      },
      async forget(prefix) {
        const names = Object.keys(COLLECTIONS).map((name) => `${prefix}${name}`);
        for (const name of names) {
          await fetch(`${url}/${name}-000001?ignore_unavailable=true`, { method: 'DELETE' });
          await fetch(`${url}/_index_template/${name}`, { method: 'DELETE' });
        }
      },
      async stop() {
        await kill(node);
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function launch(home: string, url: string): Promise<ChildProcess> {
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  // A group of its own: the launcher starts the node as a second process.
  const node = spawn(join(home, 'bin', 'elasticsearch'), [], {
    ...user,
    cwd: home,
    detached: true,
    env: { PATH: process.env.PATH, ES_JAVA_HOME: javaHome() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [node.stdout, node.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    });
  }
  const endGroup = () => signalGroup(node);
  process.once('exit', endGroup);
  node.once('exit', () => process.removeListener('exit', endGroup));
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await isReady(url))) {
    if (ended(node) || Date.now() > deadline) {
      await kill(node);
      throw new Error(`Elasticsearch is not ready: ${said}`);
    }
    await sleep(200);
  }
  return node;
}

/** With security the first question, whose certificate nobody checks here, is answered by 401. */
async function isReady(url: string): Promise<boolean> {
  const path = `${url}/_cluster/health?wait_for_status=yellow&timeout=1s`;
  try {
    if (url.startsWith('http:')) return (await fetch(path)).ok;
    const [answer] = await once(get(path, { rejectUnauthorized: false }), 'response');
    answer.resume();
    return answer.statusCode === 401;
  } catch {
    return false;
  }
}

/** At once: its data is either thrown away, or what must survive a crash. */
async function kill(node: ChildProcess): Promise<void> {
  if (ended(node)) return;
  const exit = once(node, 'exit');
  signalGroup(node);
  await exit;
}

function signalGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

function ended(node: ChildProcess): boolean {
  return node.exitCode !== null || node.signalCode !== null;
}

/** https://www.elastic.co/docs/deploy-manage/users-roles/cluster-or-deployment-auth/file-based */
async function secure(config: (name: string) => string, security: Security): Promise<void> {
  const { tls, roles, users, password } = security;
  const salt = randomBytes(32);
  const hash = pbkdf2Sync(password, salt, 10_000, 32, 'sha512');
  const known = `{PBKDF2}10000$${salt.toString('base64')}$${hash.toString('base64')}`;
  await writeFile(config('node.key'), tls.key);
  await writeFile(config('node.pem'), tls.certificate);
  await writeFile(config('roles.yml'), roles);
  await writeFile(config('users'), users.map((user) => `${user}:${known}\n`).join(''));
  await writeFile(config('users_roles'), users.map((user) => `${user}:${user}\n`).join(''));
}

function settings(
  home: string,
  port: number,
  transport: number,
  security: Security | undefined,
  data: string | undefined,
): string {
  const secured = {
    'xpack.security.enabled': true,
    'xpack.security.autoconfiguration.enabled': false,
    'xpack.security.enrollment.enabled': false,
    'xpack.security.authc.password_hashing.algorithm': 'pbkdf2',
    'xpack.security.http.ssl.enabled': true,
    'xpack.security.http.ssl.key': 'node.key',
    'xpack.security.http.ssl.certificate': 'node.pem',
  };
  return Object.entries({
    'cluster.name': 'pipewarden-test',
    'discovery.type': 'single-node',
    'network.host': '127.0.0.1',
    'http.port': port,
    'transport.port': transport,
    'path.data': data ?? join(home, 'data'),
    'path.logs': join(home, 'logs'),
    ...(security ? secured : { 'xpack.security.enabled': false }),
    'xpack.ml.enabled': false,
    // A test machine's disk is as full as it is.
    'cluster.routing.allocation.disk.threshold_enabled': data !== undefined,
    // The least that it takes; default 30 s.
    'cluster.info.update.interval': '10s',
  })
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

async function give(path: string, user: number): Promise<void> {
  await chown(path, user, user);
  for (const entry of await readdir(path, { recursive: true })) await chown(join(path, entry), user, user);
}

/** Of the Javas that are named or stand where distributions put them, the first that is new enough. */
function javaHome(): string | undefined {
  const { ES_JAVA_HOME, JAVA_HOME } = process.env;
  const folder = '/usr/lib/jvm';
  const installed = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  return [ES_JAVA_HOME, JAVA_HOME, ...installed].find((home) => home !== undefined && isNewEnough(home));
}

function isNewEnough(home: string): boolean {
  const { stderr } = spawnSync(join(home, 'bin', 'java'), ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0) >= OLDEST_JAVA;
}

async function download(): Promise<void> {
  if (existsSync(DISTRIBUTION)) return;
  await mkdir(FOLDER, { recursive: true });
  // Renamed only when whole, so that a broken download is not taken for the server.
  const partial = await mkdtemp(join(FOLDER, 'partial-'));
  await run('mvn', ['-q', '-B', 'dependency:unpack', `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${partial}`], {
    cwd: partial,
  });
  await rename(join(partial, `elasticsearch-${VERSION}`), DISTRIBUTION);
  await rm(partial, { recursive: true, force: true });
}

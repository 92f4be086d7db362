// A real Hudson for tests, from Maven Central into a cache: the server that Jenkins was forked from in 2011, so the
// form of jobs, builds and consoles is the same. It opens ports on every interface that no setting closes; therefore it
// runs in a network namespace of its own, and only its web port is reached, through a socket in its folder.
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Child, startChild, untilAnswered } from './child.ts';
import { freePorts } from './free-ports.ts';

const WAR = { group: 'org.eclipse.hudson', name: 'hudson-war', version: '3.3.2', type: 'war' };
const JETTY = { group: 'org.eclipse.jetty', name: 'jetty-runner', version: '9.4.57.v20241219', type: 'jar' };
const CACHE = process.env.PIPEWARDEN_CACHE ?? resolve(import.meta.dirname, '../../.cache');
const REPOSITORY = join(CACHE, 'hudson');
const READY_WITHIN_MS = 120_000;
/** In its namespace. */
const INSIDE = 8080;
const run = promisify(execFile);

export interface HudsonServer {
  readonly port: number;
  /** What it answers to GET, as text. Rejects where it is no success. */
  get(path: string): Promise<string>;
  /** POST; a body is XML. */
  post(path: string, body?: string): Promise<void>;
  stop(): Promise<void>;
}

/** Why there is no Hudson to test with; undefined when there can be one. */
export function hudsonMissing(): string | undefined {
  if (!works('java', '-version')) return 'Java is not installed (Debian: apt-get install openjdk-17-jre-headless)';
  if (![WAR, JETTY].every((artifact) => existsSync(pathOf(artifact))) && !works('mvn', '-v')) {
    return 'Hudson is not there, and Maven (`mvn`) is not there to fetch it';
  }
  const probe = `pipewarden-probe-${process.pid}`;
  if (!works('ip', 'netns', 'add', probe)) return 'network namespaces cannot be made here (`ip netns add`)';
  works('ip', 'netns', 'del', probe);
  return undefined;
}

export async function startHudson(): Promise<HudsonServer> {
  for (const artifact of [WAR, JETTY]) await fetched(artifact);
  const folder = await mkdtemp(join(tmpdir(), 'pipewarden-hudson-'));
  const home = join(folder, 'home');
  await mkdir(home);
  const login = join(folder, 'login.xml');
  const users = join(folder, 'users.properties');
  await writeFile(users, '');
  await writeFile(login, loginOf(users));
  const namespace = `pipewarden-hudson-${process.pid}`;
  const inside = (...command: readonly string[]) => ['netns', 'exec', namespace, ...command];
  const socket = join(folder, 'web');
  const [port = 0] = await freePorts(1);
  const children: Child[] = [];
  const web = createServer((near) => {
    const far = connect(socket);
    near.on('error', () => far.destroy()).pipe(far);
    far.on('error', () => near.destroy()).pipe(near);
  });
  async function stop(): Promise<void> {
    web.close();
    for (const child of children.toReversed()) await child.end('SIGKILL');
    works('ip', 'netns', 'del', namespace);
    await rm(folder, { recursive: true, force: true });
  }
  try {
    await run('ip', ['netns', 'add', namespace]);
    await run('ip', ['-n', namespace, 'link', 'set', 'lo', 'up']);
    const java = ['java', ...OPENED, '-Xmx512m', '-Djava.awt.headless=true', '-DskipInitSetup=true'];
    const options = ['--config', login, '--host', '127.0.0.1', '--port', String(INSIDE), '--path', '/'];
    const started = ['-jar', pathOf(JETTY), ...options, pathOf(WAR)];
    const hudson = startChild('ip', inside(...java, `-DHUDSON_HOME=${home}`, ...started), {
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HUDSON_HOME: home },
      cwd: folder,
    });
    children.push(hudson);
    children.push(startChild('ip', inside(process.execPath, '-e', BRIDGE, socket, String(INSIDE))));
    web.listen(port, '127.0.0.1');
    await once(web, 'listening');
    await untilAnswered(`http://127.0.0.1:${port}/api/json`, hudson, READY_WITHIN_MS);
  } catch (error) {
    await stop();
    throw error;
  }
  const send = async (path: string, init?: RequestInit) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init });
    const text = await answer.text();
    if (answer.status >= 400) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 300)}`);
    return text;
  };
  return {
    port,
    get: send,
    async post(path, body) {
      await send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/xml' },
        ...(body !== undefined && { body }),
      });
    },
    stop,
  };
}

function works(program: string, ...args: readonly string[]): boolean {
  const { error, status } = spawnSync(program, args, { stdio: 'ignore' });
  return !error && status === 0;
}

/** Run in the namespace: what comes to the socket goes to the port. */
const BRIDGE = `
const { connect, createServer } = require('node:net');
createServer((near) => {
  const far = connect(Number(process.argv[2]), '127.0.0.1');
  near.on('error', () => far.destroy()).pipe(far);
  far.on('error', () => near.destroy()).pipe(near);
}).listen(process.argv[1]);
`;

type Artifact = typeof WAR;

function pathOf({ group, name, version, type }: Artifact): string {
  return join(REPOSITORY, ...group.split('.'), name, version, `${name}-${version}.${type}`);
}

async function fetched(artifact: Artifact): Promise<void> {
  if (existsSync(pathOf(artifact))) return;
  const { group, name, version, type } = artifact;
  await run('mvn', [
    `-Dmaven.repo.local=${REPOSITORY}`,
    '-B',
    '-q',
    'dependency:get',
    '-Dtransitive=false',
    `-Dartifact=${group}:${name}:${version}:${type}`,
  ]);
}

/** What it reaches into by reflection, which newer Java keeps closed. */
const OPENED = [
  ...[
    'lang',
    'lang.reflect',
    'lang.ref',
    'util',
    'util.concurrent',
    'util.concurrent.atomic',
    'text',
    'io',
    'net',
    'security',
  ].map((name) => `java.base/java.${name}`),
  'java.base/sun.reflect.generics.reflectiveObjects',
  'java.desktop/java.awt',
  'java.desktop/java.awt.font',
].flatMap((name) => ['--add-opens', `${name}=ALL-UNNAMED`]);

/** Without a realm of users its web application does not start; nobody signs in. */
function loginOf(users: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "http://www.eclipse.org/jetty/configure_9_3.dtd">
<Configure id="Server" class="org.eclipse.jetty.server.Server">
  <Call name="addBean">
    <Arg>
      <New class="org.eclipse.jetty.security.HashLoginService"><Set name="name">default</Set><Set name="config">${users}</Set></New>
    </Arg>
  </Call>
</Configure>
`;
}

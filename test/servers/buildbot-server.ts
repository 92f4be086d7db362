// A real Buildbot for tests, from PyPI into a cache: a master and a worker on free ports of 127.0.0.1, in a temporary folder.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Child, startChild, untilAnswered } from './child.ts';
import { freePorts } from './free-ports.ts';

const VERSION = '4.3.0';
const CACHE = process.env.PIPEWARDEN_CACHE ?? resolve(import.meta.dirname, '../../.cache');
const FOLDER = join(CACHE, `buildbot-${VERSION}`);
const READY_WITHIN_MS = 60_000;
const run = promisify(execFile);

export interface BuildbotServer {
  readonly port: number;
  /** What its API answers to a path below `/api/v2`. */
  get(path: string): Promise<unknown>;
  /** A log as text. */
  raw(path: string): Promise<string>;
  /** A method of an endpoint: `pause` of `/workers/1`. */
  call(path: string, method: string, params: object): Promise<void>;
  /** Has one of the builders (`ci`, `deploy`) run a command. */
  force(builder: string, command: string): Promise<void>;
  /** SIGKILL to the master, and starts it again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

export interface BuildbotSettings {
  /** Who alone may control builds and workers; without, anybody may. */
  readonly controller?: { readonly user: string; readonly password: string };
  /** Where it pushes its builds to. */
  readonly hook?: { readonly url: string; readonly user: string; readonly password: string };
  /** Of the worker, which every log begins with. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Why there is no Buildbot to test with; undefined when there can be one. */
export function buildbotMissing(): string | undefined {
  if (existsSync(FOLDER)) return undefined;
  const { status } = spawnSync('python3', ['-c', 'import ensurepip, venv'], { stdio: 'ignore' });
  return status === 0
    ? undefined
    : `Buildbot ${VERSION} is not in ${FOLDER}, and Python cannot install it (Debian: apt-get install python3-venv)`;
}

export async function startBuildbot({ hook, controller, environment }: BuildbotSettings): Promise<BuildbotServer> {
  await install();
  const folder = await mkdtemp(join(tmpdir(), 'pipewarden-buildbot-'));
  const [port = 0, workers = 0] = await freePorts(2);
  const [master, worker] = [join(folder, 'master'), join(folder, 'worker')];
  await Promise.all([
    python('buildbot', 'create-master', '-q', master),
    python('buildbot_worker', 'create-worker', '-q', worker, `127.0.0.1:${workers}`, 'worker-1', 'pass'),
  ]);
  await writeFile(join(master, 'master.cfg'), configuration(port, workers, hook, controller));
  const api = `http://127.0.0.1:${port}/api/v2`;
  const launch = async () => {
    const child = startChild(PYTHON, command('buildbot', 'start', '--nodaemon', master), { env: BARE });
    await untilAnswered(`${api}/builders`, child, READY_WITHIN_MS).catch(async (error: unknown) => {
      await child.end('SIGKILL');
      throw new Error(`Buildbot is not ready: ${(await readFile(join(master, 'twistd.log'), 'utf8')).slice(-2_000)}`, {
        cause: error,
      });
    });
    return child;
  };
  let running: Child | undefined;
  let working: Child | undefined;
  async function stop(): Promise<void> {
    // The worker first, with what it runs.
    await working?.end();
    await running?.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
  try {
    running = await launch();
    const env = { ...BARE, ...environment };
    working = startChild(PYTHON, command('buildbot_worker', 'start', '--nodaemon', worker), { env });
  } catch (error) {
    await stop();
    throw error;
  }

  async function session(): Promise<string> {
    if (!controller) return '';
    const { user, password } = controller;
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const url = `http://127.0.0.1:${port}/auth/login`;
    const answer = await fetch(url, { headers: { authorization }, redirect: 'manual' });
    // The first is nobody's.
    return answer.headers.getSetCookie().at(-1)?.split(';', 1)[0] ?? '';
  }

  async function call(path: string, method: string, params: object): Promise<void> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const headers = { 'content-type': 'application/json', cookie: await session() };
    const answer = await fetch(api + path, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`${method} of ${path}: ${await answer.text()}`);
  }
  return {
    port,
    get: async (path) => await (await fetch(api + path)).json(),
    raw: async (path) => await (await fetch(api + path)).text(),
    call,
    force: (builder, cmd) => call(`/forceschedulers/${builder}`, 'force', { cmd }),
    async crash() {
      await running?.end('SIGKILL');
      running = await launch();
    },
    stop,
  };
}

/** Nothing of this process' environment but where programs are. */
const BARE = { PATH: process.env.PATH, LANG: 'C.UTF-8' };
const PYTHON = join(FOLDER, 'bin', 'python');

async function python(module: string, ...args: readonly string[]): Promise<void> {
  await run(PYTHON, command(module, ...args), { env: BARE });
}

/** As its script in `bin` does, which names the folder that it was installed into. */
function command(module: string, ...args: readonly string[]): string[] {
  return ['-c', `from ${module}.scripts.runner import run; run()`, ...args];
}

async function install(): Promise<void> {
  if (existsSync(FOLDER)) return;
  await mkdir(CACHE, { recursive: true });
  const unfinished = await mkdtemp(join(CACHE, 'buildbot-'));
  await run('python3', ['-m', 'venv', unfinished]);
  const packages = ['buildbot', 'buildbot-www', 'buildbot-worker'].map((name) => `${name}==${VERSION}`);
  await run(join(unfinished, 'bin', 'python'), ['-m', 'pip', 'install', '-q', ...packages, 'treq']);
  // Whole, or not there.
  await rename(unfinished, FOLDER);
}

/** https://docs.buildbot.net/latest/manual/configuration/ */
function configuration(
  port: number,
  workers: number,
  hook: BuildbotSettings['hook'],
  controller: BuildbotSettings['controller'],
): string {
  const pushes = hook && `reporters.HttpStatusPush('${hook.url}', auth=('${hook.user}', '${hook.password}'))`;
  const guarded = controller && {
    auth: `util.UserPasswordAuth([('${controller.user}', '${controller.password}')])`,
    roles: `util.RolesFromUsername(roles=['controllers'], usernames=['${controller.user}'])`,
  };
  return `
from buildbot.plugins import reporters, schedulers, steps, util, worker
BUILDERS = ['ci', 'deploy']
factory = util.BuildFactory([
    steps.ShellCommand(name='prepare', command=['echo', 'prepared']),
    steps.ShellCommand(name='script', command=['bash', '-c', util.Property('cmd')]),
])
BuildmasterConfig = {
    'buildbotURL': 'http://127.0.0.1:${port}/',
    'buildbotNetUsageData': None,
    'db': {'db_url': 'sqlite:///state.sqlite'},
    'protocols': {'pb': {'port': 'tcp:${workers}:interface=127.0.0.1'}},
    'www': {'port': 'tcp:${port}:interface=127.0.0.1', 'plugins': {}${
      guarded
        ? `, 'auth': ${guarded.auth}, 'authz': util.Authz(roleMatchers=[${guarded.roles}],
        allowRules=[util.AnyControlEndpointMatcher(role='controllers')])`
        : ''
    }},
    'workers': [worker.Worker('worker-1', 'pass')],
    'builders': [util.BuilderConfig(name=name, workernames=['worker-1'], factory=factory) for name in BUILDERS],
    'schedulers': [schedulers.ForceScheduler(name=name, builderNames=[name],
        properties=[util.StringParameter(name='cmd', maxsize=2000)]) for name in BUILDERS],
    'services': [${pushes ?? ''}],
}
`;
}

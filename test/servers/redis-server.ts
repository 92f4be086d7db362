// A real Redis for tests: Debian's `redis-server` on 127.0.0.1, with a folder of its own, ended by its own process id.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePorts } from './free-ports.ts';

export interface RedisServer {
  readonly host: string;
  readonly port: number;
  /**
   * Stops it, does `meanwhile`, and starts it again on the same port with what it had written; with `forgetting` with
   * nothing of it.
   */
  restart(meanwhile: () => Promise<void>, forgetting?: 'forgetting'): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Whether it has ended, by itself or not. */
  ended(): boolean;
  stop(): Promise<void>;
}

export interface RedisSettings {
  /** Lines of redis.conf, by their first word; several words in one value are several arguments. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Of the caller's; it removes it itself. */
  readonly folder?: string;
}

export const HOST = '127.0.0.1';
const READY = 'Ready to accept connections';

/** Why there is no Redis to test with; undefined when there is one. */
export function redisMissing(): string | undefined {
  const { error, status } = spawnSync('redis-server', ['--version'], { stdio: 'ignore' });
  return error || status !== 0 ? 'redis-server is not installed (Debian: apt-get install redis-server)' : undefined;
}

export async function startRedis(own: RedisSettings = {}): Promise<RedisServer> {
  const folder = own.folder ?? (await mkdtemp(join(tmpdir(), 'pipewarden-redis-')));
  const [port = 0] = await freePorts(1);
  const settings = {
    bind: HOST,
    port: String(port),
    dir: folder,
    appendonly: 'yes',
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
    // A test that looks for a word in what is stored must be able to see it.
    rdbcompression: 'no',
    // The first synchronization of a replica would wait 5 s for others.
    'repl-diskless-sync-delay': '0',
    ...own.settings,
    ...(own.settings?.['tls-port'] === undefined ? {} : { port: '0', 'tls-port': String(port) }),
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, ...value.split(' ')]);
  let server = await launch(args, READY);
  return {
    host: HOST,
    port,
    async restart(meanwhile, forgetting) {
      await end(server);
      try {
        if (forgetting) await rm(join(folder, 'appendonlydir'), { recursive: true, force: true });
        await meanwhile();
      } finally {
        server = await launch(args, READY);
      }
    },
    kill: () => end(server, 'SIGKILL'),
    ended: () => hasEnded(server),
    async stop() {
      await end(server);
      if (own.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when it has said `ready`. */
export async function launch(args: readonly string[], ready: string): Promise<ChildProcess> {
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!server.stdout) throw new Error('redis-server has no standard output');
  const said: string[] = [];
  // The rest of the output is read too, or the pipe would fill up.
  const told = new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stdout })
      .on('line', (line) => {
        if (said.length < 100) said.push(line);
        if (line.includes(ready)) resolve();
      })
      .on('close', () => reject(new Error(`redis-server ended:\n${said.join('\n')}`)));
    server.on('error', reject);
  });
  await told;
  return server;
}

export async function end(server: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (hasEnded(server)) return;
  const exit = once(server, 'exit');
  server.kill(signal);
  await exit;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

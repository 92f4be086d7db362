// A real Redis for tests: Debian's `redis-server` on 127.0.0.1, with a folder of its own, ended by its own process id.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface RedisServer {
  readonly host: string;
  readonly port: number;
  /** Stops it, does `meanwhile`, and starts it again on the same port with what it had written. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Why there is no Redis to test with; undefined when there is one. */
export function redisMissing(): string | undefined {
  const { error, status } = spawnSync('redis-server', ['--version'], { stdio: 'ignore' });
  return error || status !== 0 ? 'redis-server is not installed (Debian: apt-get install redis-server)' : undefined;
}

export async function startRedis(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewarden-redis-'));
  const port = await freePort();
  let server = await launch(folder, port);
  return {
    host: HOST,
    port,
    async restart(meanwhile) {
      await end(server);
      try {
        await meanwhile();
      } finally {
        server = await launch(folder, port);
      }
    },
    async stop() {
      await end(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(folder: string, port: number): Promise<ChildProcess> {
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
  };
  const server = spawn(
    'redis-server',
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (!server.stdout) throw new Error('redis-server has no standard output');
  const said: string[] = [];
  // The rest of the output is read too, or the pipe would fill up.
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stdout })
      .on('line', (line) => {
        if (said.length < 100) said.push(line);
        if (line.includes('Ready to accept connections')) resolve();
      })
      .on('close', () => reject(new Error(`redis-server ended:\n${said.join('\n')}`)));
    server.on('error', reject);
  });
  await ready;
  return server;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, 'exit');
  server.kill('SIGTERM');
  await exit;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, HOST);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('the probe has no port');
  return address.port;
}

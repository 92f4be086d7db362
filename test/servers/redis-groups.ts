// Several real Redis servers that belong together: a master and its replica under a Sentinel, and a Cluster.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.ts';
import { end, HOST, launch, type RedisServer, startRedis } from './redis-server.ts';

export interface SentinelGroup {
  /** HOST:PORT of the Sentinel. */
  readonly sentinel: string;
  readonly name: string;
  readonly master: RedisServer;
  readonly replica: RedisServer;
  stop(): Promise<void>;
}

/** All with the same password. A master that is silent for a second is replaced. */
export async function startSentinelGroup(password: string): Promise<SentinelGroup> {
  const name = 'jobs';
  const auth = { requirepass: password, masterauth: password };
  const master = await startRedis({ settings: auth });
  const replica = await startRedis({ settings: { ...auth, replicaof: `${HOST} ${master.port}` } });
  const folder = await mkdtemp(join(tmpdir(), 'pipewarden-sentinel-'));
  const [port = 0] = await freePorts(1);
  const file = join(folder, 'sentinel.conf');
  const lines = [
    `bind ${HOST}`,
    `port ${port}`,
    `dir ${folder}`,
    `requirepass ${password}`,
    `sentinel monitor ${name} ${HOST} ${master.port} 1`,
    `sentinel auth-pass ${name} ${password}`,
    `sentinel down-after-milliseconds ${name} 1000`,
    `sentinel failover-timeout ${name} 3000`,
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  // It knows of the replica when it says so; without that it would have nobody to put in the master's place.
  const sentinel = await launch([file, '--sentinel'], '+slave');
  return {
    sentinel: `${HOST}:${port}`,
    name,
    master,
    replica,
    async stop() {
      await end(sentinel);
      await replica.stop();
      await master.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface RedisCluster {
  /** HOST:PORT of each node. */
  readonly nodes: readonly string[];
  stop(): Promise<void>;
}

/** Three masters that share the slots. */
export async function startCluster(): Promise<RedisCluster> {
  const servers: RedisServer[] = [];
  for (let count = 0; count < 3; count++) {
    const bus = String((await freePorts(1))[0]);
    servers.push(await startRedis({ settings: { 'cluster-enabled': 'yes', 'cluster-port': bus } }));
  }
  const nodes = servers.map(({ port }) => `${HOST}:${port}`);
  const made = spawnSync('redis-cli', ['--cluster', 'create', ...nodes, '--cluster-yes'], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`there is no cluster: ${made.stdout} ${made.stderr}`);
  return {
    nodes,
    async stop() {
      for (const server of servers) await server.stop();
    },
  };
}

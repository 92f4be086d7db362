// AWS: keys are deactivated, sessions denied, roles closed to pipelines, secrets rotated.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Target } from '../../../../services/core/action.ts';
import { isObject } from '../../../../services/core/json.ts';
import { stored } from '../../api-server.ts';
import { ACCOUNT, type AwsServer, KEY, ROLE, SECRET, startAws, TRUST, USER_ID } from '../../aws-server.ts';
import { acting, codeOf } from '../acting.ts';
import { everyAction, refusesEvery, sentOf } from '../every.ts';

const around = { system: 'aws', organization: ACCOUNT } as const;
const LONG: Target = { type: 'credential', id: KEY, account: 'ci', account_id: USER_ID, ...around };
const SESSION: Target = {
  type: 'credential',
  id: 'ASIAIOSFODNN7EXAMPLE',
  account: 'GitHubActions',
  account_id: 'AROADBQP57FF2AEXAMPLE:GitHubActions',
  role: ROLE,
  issued: '2026-03-01T09:30:00.000Z',
  ...around,
};
const DATABASE: Target = {
  type: 'secret',
  id: `${ACCOUNT}:secretsmanager.eu-central-1:prod/database`,
  secret: 'prod/database',
  store: 'secretsmanager.eu-central-1',
  used_at: '2026-03-01T10:00:00.000Z',
  ...around,
};

let aws: AwsServer;

beforeEach(async () => {
  aws = await startAws();
});
afterEach(async () => {
  await aws.close();
});

const act = (id: string) => acting(id, aws.api);

describe('every action', () => {
  everyAction(
    [
      { id: 'aws.deactivate-key', target: LONG },
      { id: 'aws.deny-sessions', target: SESSION },
      { id: 'aws.close-trust', target: SESSION },
      { id: 'aws.rotate-secret', target: DATABASE },
    ],
    () => aws,
  );

  const { role: _role, ...roleless } = SESSION;
  const { issued: _issued, ...undated } = SESSION;
  refusesEvery(
    [
      { id: 'aws.deactivate-key', target: SESSION },
      { id: 'aws.deactivate-key', target: { ...LONG, account: 'root', account_id: ACCOUNT } },
      { id: 'aws.deactivate-key', target: { ...LONG, account: 'ci&Action=DeleteUser' } },
      { id: 'aws.deactivate-key', target: { ...LONG, id: 'AKIA/../x' } },
      { id: 'aws.deactivate-key', target: { ...LONG, account_id: 'AROADBQP57FF2AEXAMPLE:ci' } },
      ...['aws.deny-sessions', 'aws.close-trust'].flatMap((id) => [
        { id, target: roleless },
        { id, target: LONG },
        { id, target: { ...SESSION, role: `arn:aws:iam::${ACCOUNT}:user/ci` } },
        { id, target: { ...SESSION, role: `${ROLE} x` } },
        { id, target: { ...SESSION, role: `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/Admin` } },
        { id, target: { ...SESSION, role: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/ecs.amazonaws.com/Ecs` } },
      ]),
      { id: 'aws.deny-sessions', target: undated },
      { id: 'aws.deny-sessions', target: { ...SESSION, issued: 'yesterday' } },
      { id: 'aws.rotate-secret', target: { ...DATABASE, store: 'ssm.eu-central-1' } },
      { id: 'aws.rotate-secret', target: { ...DATABASE, store: 'secretsmanager.evil.example/x' } },
      { id: 'aws.rotate-secret', target: { ...DATABASE, secret: 'prod database' } },
      { id: 'aws.rotate-secret', target: { ...DATABASE, used_at: 'now' } },
    ],
    () => aws,
  );
});

test('a key is deactivated by its user’s name, once it is the same user', async () => {
  const plan = await act('aws.deactivate-key').plan(LONG);
  const form = { UserName: 'ci', AccessKeyId: KEY, Status: 'Inactive' };
  expect(sentOf(plan)).toEqual([{ method: 'POST', path: '/iam/UpdateAccessKey', form }]);
  expect(plan.before).toEqual({ status: 'active' });
  expect(aws.requests).toEqual(['POST /iam/GetUser', 'POST /iam/ListAccessKeys']);
  expect(aws.scopes).toEqual(['us-east-1/iam', 'us-east-1/iam']);
  const another: Target = { ...LONG, account_id: 'AIDAZZZZZZZZZZEXAMPLE' };
  expect(await codeOf(act('aws.deactivate-key').plan(another))).toBe('TARGET_INVALID give-up');
});

test.each([
  [[{ AccessKeyId: KEY, Status: 'Inactive' }], 'The key is inactive.'],
  [[{ AccessKeyId: KEY, Status: 'Expired' }], 'The key is expired.'],
  [[], 'The key is deleted.'],
])('of keys %j nothing is left to deactivate', async (keys, done) => {
  aws.state.set('keys ci', keys);
  expect((await act('aws.deactivate-key').plan(LONG)).already_done).toBe(done);
});

test('why a key cannot be deactivated is said', async () => {
  const root = act('aws.deactivate-key').plan({ ...LONG, account: 'root', account_id: ACCOUNT });
  await expect(root).rejects.toThrow(/root user alone/);
  await expect(act('aws.deactivate-key').plan(SESSION)).rejects.toThrow(/aws\.deny-sessions/);
});

const denying = (until: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Deny', Action: '*', Resource: '*', Condition: { DateLessThan: { 'aws:TokenIssueTime': until } } },
  ],
});
const INLINE = 'policy Deploy PipewardenDeniesOlderSessions';

test('sessions are denied up to the one that the incident names, whenever it is looked at', async () => {
  const plan = await act('aws.deny-sessions').plan(SESSION);
  const form = {
    RoleName: 'Deploy',
    PolicyName: 'PipewardenDeniesOlderSessions',
    PolicyDocument: JSON.stringify(denying('2026-03-01T09:30:01Z')),
  };
  expect(sentOf(plan)).toEqual([{ method: 'POST', path: '/iam/PutRolePolicy', form }]);
  expect((await act('aws.deny-sessions').plan(SESSION)).requests).toEqual(plan.requests);
});

test('a later session denies the earlier ones too, and undone leaves them denied', async () => {
  const deny = act('aws.deny-sessions');
  await deny.send(await deny.plan(SESSION));
  const later: Target = { ...SESSION, id: 'ASIAI44QH8DHBEXAMPLE', issued: '2026-03-01T09:45:00.000Z' };
  const plan = await deny.plan(later);
  expect(plan.before).toEqual({ until: '2026-03-01T09:30:01Z' });
  await deny.send(plan);
  expect((await deny.plan(SESSION)).already_done).toBe('Such sessions are denied everything.');
  await deny.undo(later, plan);
  expect(await deny.state(later)).toEqual(plan.before);
  expect(await deny.holds(SESSION)).toBe(true);
});

test('a policy of that name that is another is left alone', async () => {
  const allowing = JSON.stringify(denying('2026-03-01T09:30:01Z')).replace('Deny', 'Allow');
  for (const document of [allowing, '{}', 'no document']) {
    aws.state.set(INLINE, encodeURIComponent(document));
    expect(await codeOf(act('aws.deny-sessions').plan(SESSION))).toBe('API_UNEXPECTED operator');
  }
});

test.each(['aws.deny-sessions', 'aws.close-trust'])(
  '%s: a role of that name in another account is none',
  async (id) => {
    const elsewhere: Target = { ...SESSION, role: ROLE.replace(ACCOUNT, '999999999999') };
    expect(await codeOf(act(id).plan(elsewhere))).toBe('TARGET_INVALID give-up');
    aws.state.delete('role Deploy');
    expect(await codeOf(act(id).plan(SESSION))).toBe('API_REFUSED operator');
  },
);

test('a role is closed to whose tokens open it, and its policy is put back to the letter', async () => {
  const close = act('aws.close-trust');
  const plan = await close.plan(SESSION);
  const [request] = plan.requests;
  expect(JSON.parse(request?.form?.PolicyDocument ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [
      TRUST.Statement,
      {
        Sid: 'PipewardenClosesTrust',
        Effect: 'Deny',
        Principal: { Federated: [TRUST.Statement.Principal.Federated] },
        Action: 'sts:AssumeRoleWithWebIdentity',
      },
    ],
  });
  expect(plan.blast_radius.at(-1)).toContain('token.actions.githubusercontent.com');
  await close.send(plan);
  await close.undo(SESSION, plan);
  expect(stored(aws, 'role Deploy').AssumeRolePolicyDocument).toBe(encodeURIComponent(JSON.stringify(TRUST)));
});

test('a trust that somebody else has changed meanwhile is not put back', async () => {
  const close = act('aws.close-trust');
  const plan = await close.plan(SESSION);
  await close.send(plan);
  const other = { ...TRUST, Statement: [] };
  aws.state.set('role Deploy', {
    ...stored(aws, 'role Deploy'),
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(other)),
  });
  expect(await close.undo(SESSION, plan)).toBe(0);
});

test('a role that only services and SAML take is left as it is', async () => {
  const Statement = [
    { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/Okta` },
      Action: 'sts:AssumeRoleWithSAML',
    },
  ];
  const document = encodeURIComponent(JSON.stringify({ ...TRUST, Statement }));
  aws.state.set('role Deploy', { ...stored(aws, 'role Deploy'), AssumeRolePolicyDocument: document });
  expect((await act('aws.close-trust').plan(SESSION)).requests).toEqual([]);
});

test('a role that lets everybody in is closed to everybody', async () => {
  const Statement = { Effect: 'Allow', Principal: '*', Action: 'sts:*' };
  const document = encodeURIComponent(JSON.stringify({ ...TRUST, Statement }));
  aws.state.set('role Deploy', { ...stored(aws, 'role Deploy'), AssumeRolePolicyDocument: document });
  const [request] = (await act('aws.close-trust').plan(SESSION)).requests;
  expect(request?.form?.PolicyDocument).toContain('"Effect":"Deny","Principal":"*"');
});

test('a secret is rotated where it is, once for each use', async () => {
  const rotate = act('aws.rotate-secret');
  const plan = await rotate.plan(DATABASE);
  expect(sentOf(plan)).toEqual([
    {
      method: 'POST',
      path: '/secretsmanager.eu-central-1/RotateSecret',
      body: { SecretId: 'prod/database', ClientRequestToken: expect.stringMatching(/^[0-9a-f]{32}$/) },
    },
  ]);
  expect(aws.scopes).toEqual(['eu-central-1/secretsmanager']);
  await rotate.send(plan);
  const soon = new Date(Date.now() + 60_000).toISOString();
  const again = await rotate.plan({ ...DATABASE, used_at: soon });
  expect(again.requests).toHaveLength(1);
  expect(again.requests).not.toEqual(plan.requests);
});

test('a rotation that is on its way is waited for', async () => {
  const plan = await act('aws.rotate-secret').plan(DATABASE);
  aws.before = (line) =>
    line.endsWith('RotateSecret') ? { status: 400, body: { code: 'InvalidRequestException' } } : undefined;
  expect(await act('aws.rotate-secret').send(plan)).toEqual([409]);
  expect(await act('aws.rotate-secret').holds(DATABASE)).toBe(false);
});

test('a secret that no rotation is set up for is left alone, and it is said', async () => {
  const { RotationEnabled: _, ...never } = stored(aws, 'prod/database');
  for (const secret of [never, { ...never, RotationEnabled: false }]) {
    aws.state.set('prod/database', secret);
    await expect(act('aws.rotate-secret').plan(DATABASE)).rejects.toThrow(/no rotation is set up/);
  }
  expect(aws.effects).toEqual([]);
});

test('a secret is the one that was used', async () => {
  const elsewhere: Target = { ...DATABASE, organization: '999999999999' };
  expect(await codeOf(act('aws.rotate-secret').plan(elsewhere))).toBe('TARGET_INVALID give-up');
  aws.state.set(SECRET, stored(aws, 'prod/database'));
  // Of another account, it was read by its ARN.
  expect((await act('aws.rotate-secret').plan({ ...elsewhere, secret: SECRET })).requests).toHaveLength(1);
  expect(await codeOf(act('aws.rotate-secret').plan({ ...DATABASE, secret: 'prod/nothing' }))).toBe(
    'API_REFUSED operator',
  );
});

test.each([
  [400, 'Throttling', 'API_BUSY retry'],
  [400, 'ThrottlingException', 'API_BUSY retry'],
  [500, 'ServiceFailure', 'API_BUSY retry'],
  [400, 'AccessDeniedException', 'API_REFUSED operator'],
  [403, 'SignatureDoesNotMatch', 'API_REFUSED operator'],
  [403, 'ExpiredToken', 'API_REFUSED operator'],
  [400, 'ValidationError', 'API_REFUSED operator'],
])('an answer %i %s is %s, whichever service gives it', async (status, code, error) => {
  aws.before = () => ({ status, body: { code } });
  const plans = [act('aws.deactivate-key').plan(LONG), act('aws.rotate-secret').plan(DATABASE)];
  for (const plan of plans) expect(await codeOf(plan)).toBe(error);
  for (const plan of plans) {
    const problem = await plan.catch((reason: unknown) => JSON.stringify(isObject(reason) ? reason.data : reason));
    expect(problem).not.toContain('a text that nothing repeats');
  }
});

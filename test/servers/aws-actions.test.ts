// IAM and Secrets Manager as moto plays them, which checks every signature and every right; and each request checked by AWS's
// own description. What the actions leave behind is looked at with boto3.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Api, ApiRequest, Target } from '../../services/core/action.ts';
import { isObject } from '../../services/core/json.ts';
import { formatInstant } from '../../services/core/time.ts';
import { aws } from '../../services/responder/systems/aws.ts';
import { connectTools } from '../helpers/connect-tools.ts';
import { acting } from '../playbooks/actions/acting.ts';
import { statuses } from '../responder/support.ts';
import { actingOn } from './acting-on.ts';
import { type Key, type MotoServer, motoMissing, startMoto } from './moto-server.ts';

const missing = await motoMissing();
const ACCOUNT = '123456789012';
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: PROVIDER },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:octo-org/octo-repo:*' } },
    },
  ],
};
const ACTIONS = ['aws.deactivate-key', 'aws.deny-sessions', 'aws.close-trust', 'aws.rotate-secret'] as const;
const common = { system: 'aws', organization: ACCOUNT } as const;

const allow = (Action: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
/** All that the actions name, but what is the rotation function's. */
const RIGHTS = ACTIONS.flatMap((id) => acting(id, async () => ({ status: 500, body: null })).action.permissions).filter(
  (right) => !right.includes(' '),
);

describe.skipIf(missing)(`AWS, acted on${missing ? ` (left out: ${missing})` : ''}`, () => {
  let moto: MotoServer;
  let owner: Key;
  let responder: Key;
  let ci: Key;
  let stranger: Key;
  let key: Target;
  let session: Target;
  let secret: Target;

  beforeAll(async () => {
    moto = await startMoto();
    owner = await moto.user('owner', allow(['iam:*', 'secretsmanager:*']));
    responder = await moto.user('pipewarden', allow(RIGHTS));
    stranger = await moto.user('stranger', allow(['s3:ListBucket']));
    ci = await moto.user('ci-plan-key', allow(['s3:ListBucket']));
    await moto.check();
    const made = { RoleName: 'Deploy', Path: '/ci/', AssumeRolePolicyDocument: JSON.stringify(TRUST) };
    await moto.call(owner, 'iam', 'create_role', made);
    await moto.secret(owner, 'prod/database', 'first');
    await moto.call(owner, 'secretsmanager', 'rotate_secret', {
      SecretId: 'prod/database',
      RotationRules: { AutomaticallyAfterDays: 30 },
    });
    const user = await moto.call(owner, 'iam', 'get_user', { UserName: 'ci-plan-key' });
    const account_id = at(user, 'User', 'UserId');
    key = { type: 'credential', id: ci.accessKey, account: 'ci-plan-key', account_id: `${account_id}`, ...common };
    session = {
      type: 'credential',
      id: 'ASIAIOSFODNN7EXAMPLE',
      role: `arn:aws:iam::${ACCOUNT}:role/ci/Deploy`,
      issued: '2026-03-01T09:30:00.000Z',
      ...common,
    };
    const store = 'secretsmanager.us-east-1';
    const used_at = formatInstant(Date.now());
    secret = { type: 'secret', id: `${store}:prod/database`, secret: 'prod/database', store, used_at, ...common };
    // moto counts whole seconds.
    await sleep(1_100);
  }, 300_000);
  afterAll(async () => {
    await moto?.stop();
  });

  /** As a configuration without keys finds who we are. */
  function apiOf({ accessKey, secretKey }: Key): Api {
    const env = { AWS_ENDPOINT_URL: moto.url, AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey };
    const tools = connectTools('');
    return aws.connect({ region: 'us-east-1' }, { ...tools, world: { ...tools.world, env } });
  }

  const steps = () => ACTIONS.map((id) => [id, stepOf(id)] as const);
  const stepOf = (id: string) => (id === 'aws.deactivate-key' ? key : id === 'aws.rotate-secret' ? secret : session);

  async function seen() {
    const keys = await moto.call(owner, 'iam', 'list_access_keys', { UserName: 'ci-plan-key' });
    const role = await moto.call(owner, 'iam', 'get_role', { RoleName: 'Deploy' });
    const inline = await moto.call(owner, 'iam', 'list_role_policies', { RoleName: 'Deploy' });
    return {
      keys: at(keys, 'AccessKeyMetadata'),
      trust: at(role, 'Role', 'AssumeRolePolicyDocument'),
      inline: at(inline, 'PolicyNames'),
    };
  }

  test('a key is deactivated, sessions denied, a role closed, a secret rotated; all but the last is undone', async () => {
    const asked: ApiRequest[] = [];
    const api = apiOf(responder);
    const recording: Api = async (request, signal) => {
      asked.push(request);
      return await api(request, signal);
    };
    const before = await seen();
    const versions = async () =>
      at(
        await moto.call(owner, 'secretsmanager', 'describe_secret', { SecretId: 'prod/database' }),
        'VersionIdsToStages',
      );
    const old = await versions();
    const worker = await actingOn('aws', recording);

    const run = await worker.run(steps());
    expect(statuses(run)).toEqual(ACTIONS.map((id) => `${id} verified`));
    expect(await seen()).toMatchObject({
      keys: [{ AccessKeyId: ci.accessKey, Status: 'Inactive' }],
      trust: { Statement: [TRUST.Statement[0], { Effect: 'Deny', Principal: { Federated: [PROVIDER] } }] },
      inline: ['PipewardenDeniesOlderSessions'],
    });
    const token = `${at(run.steps.at(-1)?.plan?.requests[0]?.body, 'ClientRequestToken')}`;
    expect(at(old, token)).toBeUndefined();
    expect(at(await versions(), token)).toEqual(['AWSCURRENT']);

    const again = await worker.run(steps());
    expect(statuses(again)).toEqual(ACTIONS.map((id) => `${id} skipped`));

    const undone = await worker.undo(run);
    expect(statuses(undone)?.slice(0, 3)).toEqual(ACTIONS.slice(0, 3).map((id) => `${id} undone`));
    expect(await seen()).toEqual(before);
    await worker.close();

    const described = asked.map(({ path, form, body }) => {
      const [, service = '', action = ''] = /^\/([a-z]+)[^/]*\/(\w+)$/.exec(path) ?? [];
      return { service, action, parameters: form ?? (isObject(body) ? body : {}) };
    });
    expect(described.length).toBeGreaterThan(15);
    expect(await moto.violations(described)).toEqual([]);
    // The description does find what is wrong.
    const wrong = { service: 'iam', action: 'UpdateAccessKey', parameters: { Status: 'Off', Username: 'ci' } };
    expect((await moto.violations([wrong])).join()).toMatch(/AccessKeyId.*Username.*Status Off/s);
  }, 120_000);

  test('whom no policy lets, and who signs wrong, does nothing', async () => {
    const before = await seen();
    for (const who of [stranger, { ...responder, secretKey: stranger.secretKey }]) {
      const worker = await actingOn('aws', apiOf(who));
      const run = await worker.run(steps());
      await worker.close();
      for (const { status, problem } of run.steps) {
        expect([status, problem]).toEqual(['failed', expect.stringMatching(/403: .*(AccessDenied|Signature)/)]);
      }
    }
    expect(await seen()).toEqual(before);
  }, 120_000);

  test('what is not there is not taken for done', async () => {
    const worker = await actingOn('aws', apiOf(responder));
    const run = await worker.run([
      ['aws.deactivate-key', { ...key, account: 'nobody' }],
      ['aws.deny-sessions', { ...session, role: `arn:aws:iam::${ACCOUNT}:role/Nothing` }],
      ['aws.rotate-secret', { ...secret, secret: 'prod/nothing' }],
    ]);
    await worker.close();
    for (const step of run.steps) {
      expect(step).toMatchObject({ status: 'failed', problem: expect.stringContaining('404') });
    }
  });
});

function at(answer: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((found, name) => (isObject(found) ? found[name] : undefined), answer);
}

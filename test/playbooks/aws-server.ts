// A small AWS that keeps state, with the answers that the references of IAM and of Secrets Manager have for the calls that
// our actions make. moto, which is larger and checks signatures, is in test/servers/aws-actions.test.ts.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { isObject } from '../../services/core/json.ts';
import { aws as system } from '../../services/responder/systems/aws.ts';
import { connectTools } from '../helpers/connect-tools.ts';
import { type Answer, type ApiServer, change, stored, TOKEN } from './api-server.ts';

export const ACCOUNT = '123456789012';
export const KEY = 'AKIAIOSFODNN7EXAMPLE';
export const USER_ID = 'AIDACKCEVSQ6C2EXAMPLE';
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/ci/Deploy`;
export const TRUST = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:octo-org/octo-repo:*' } },
  },
};
/** In Europe. */
export const SECRET = `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:prod/database-AbCdEf`;

type Given = Readonly<Record<string, string>>;
type Calls = Readonly<Record<string, (aws: ApiServer, given: Given) => Answer>>;

const gone = (code: string): Answer => ({ status: 404, body: { code } });
const done: Answer = { status: 200 };

const IAM: Calls = {
  GetUser: (aws, { UserName }) => found(aws, `user ${UserName}`, 'User'),
  ListAccessKeys: (aws, { UserName }) => found(aws, `keys ${UserName}`, 'AccessKeyMetadata'),
  GetRole: (aws, { RoleName }) => found(aws, `role ${RoleName}`, 'Role'),
  UpdateAccessKey(aws, { UserName, AccessKeyId, Status }) {
    const keys = aws.state.get(`keys ${UserName}`);
    const all = Array.isArray(keys) ? keys.filter(isObject) : [];
    const key = all.find((one) => one.AccessKeyId === AccessKeyId);
    if (!key) return gone('NoSuchEntity');
    if (key.Status !== Status) aws.effects.push(`${AccessKeyId} ${Status}`);
    key.Status = Status;
    return done;
  },
  UpdateAssumeRolePolicy(aws, { RoleName, PolicyDocument = '' }) {
    const AssumeRolePolicyDocument = encodeURIComponent(PolicyDocument);
    if (!aws.state.has(`role ${RoleName}`)) return gone('NoSuchEntity');
    change(aws, `role ${RoleName}`, { AssumeRolePolicyDocument }, `trust of ${RoleName}`);
    return done;
  },
  GetRolePolicy: (aws, { RoleName, PolicyName }) => {
    const PolicyDocument = aws.state.get(`policy ${RoleName} ${PolicyName}`);
    if (PolicyDocument === undefined) return gone('NoSuchEntity');
    return { status: 200, body: { RoleName, PolicyName, PolicyDocument } };
  },
  PutRolePolicy(aws, { RoleName, PolicyName, PolicyDocument = '' }) {
    const [place, encoded] = [`policy ${RoleName} ${PolicyName}`, encodeURIComponent(PolicyDocument)];
    if (aws.state.get(place) !== encoded) aws.effects.push(`put ${place}`);
    aws.state.set(place, encoded);
    return done;
  },
  DeleteRolePolicy(aws, { RoleName, PolicyName }) {
    if (!aws.state.delete(`policy ${RoleName} ${PolicyName}`)) return gone('NoSuchEntity');
    aws.effects.push(`deleted ${PolicyName}`);
    return done;
  },
};

const SECRETS: Calls = {
  DescribeSecret(aws, { SecretId = '' }) {
    return aws.state.has(SecretId) ? { status: 200, body: stored(aws, SecretId) } : gone('ResourceNotFoundException');
  },
  RotateSecret(aws, { SecretId = '', ClientRequestToken = '' }) {
    if (!aws.state.has(SecretId)) return gone('ResourceNotFoundException');
    const { VersionIdsToStages } = stored(aws, SecretId);
    if (isObject(VersionIdsToStages) && ClientRequestToken in VersionIdsToStages) return done;
    const version = { [ClientRequestToken]: ['AWSCURRENT'] };
    change(aws, SecretId, { LastRotatedDate: Date.now() / 1000, VersionIdsToStages: version }, `rotated ${SecretId}`);
    return done;
  },
};

function found(aws: ApiServer, place: string, name: string): Answer {
  const body = aws.state.get(place);
  return body === undefined ? gone('NoSuchEntity') : { status: 200, body: { [name]: body } };
}

export interface AwsServer extends ApiServer {
  /** The region of each request's signature, and its service. */
  readonly scopes: string[];
}

export async function startAws(): Promise<AwsServer> {
  const http = createServer(async (request, response) => {
    const [target = '', action = ''] = `${request.headers['x-amz-target'] ?? ''}`.split('.');
    const content = await text(request);
    const form = new URLSearchParams(content);
    const isIam = target === '';
    const scope = scopeOf(request);
    aws.scopes.push(scope);
    const called = isIam ? (form.get('Action') ?? '') : action;
    const line = `POST /${isIam ? 'iam' : `${target}.${scope.split('/')[0]}`}/${called}`;
    aws.requests.push(line);
    const given: Given = isIam ? Object.fromEntries(form) : JSON.parse(content);
    const answer = aws.before(line) ?? (isIam ? IAM : SECRETS)[called]?.(aws, given) ?? gone('InvalidAction');
    response.writeHead(answer.status, answer.headers).end(isIam ? inXml(called, answer) : inJson(answer));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const env = { AWS_ENDPOINT_URL: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` };
  const tools = connectTools(TOKEN);
  const keys = { access_key: 'key', secret_key: 'secret' };
  const aws: AwsServer = {
    api: system.connect({ region: 'us-east-1', ...keys }, { ...tools, world: { ...tools.world, env } }),
    state: new Map<string, unknown>([
      ['user ci', { UserName: 'ci', UserId: USER_ID, Arn: `arn:aws:iam::${ACCOUNT}:user/ci` }],
      [
        'keys ci',
        [
          { UserName: 'ci', AccessKeyId: 'AKIAI44QH8DHBEXAMPLE', Status: 'Inactive' },
          { UserName: 'ci', AccessKeyId: KEY, Status: 'Active' },
        ],
      ],
      [
        'role Deploy',
        { RoleName: 'Deploy', Arn: ROLE, AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(TRUST)) },
      ],
      [
        'prod/database',
        { ARN: SECRET, Name: 'prod/database', RotationEnabled: true, VersionIdsToStages: { one: ['AWSCURRENT'] } },
      ],
    ]),
    effects: [],
    requests: [],
    scopes: [],
    before: () => undefined,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return aws;
}

/** `us-east-1/iam`. */
function scopeOf({ headers: { authorization = '' } }: IncomingMessage): string {
  return /\/\d{8}\/([a-z0-9-]+\/[a-z]+)\/aws4_request/.exec(authorization)?.[1] ?? '';
}

function inJson({ status, body }: Answer): string {
  if (status < 400) return JSON.stringify(body ?? {});
  return JSON.stringify({ __type: codeOf(body), Message: 'a text that nothing repeats' });
}

/** What gives nothing has no result: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
function inXml(action: string, { status, body }: Answer): string {
  const metadata = '<ResponseMetadata><RequestId>7a62c49f</RequestId></ResponseMetadata>';
  if (status >= 400) {
    return `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <Error><Type>Sender</Type><Code>${codeOf(body)}</Code><Message>a text that nothing repeats</Message></Error>
</ErrorResponse>`;
  }
  const result = body === undefined ? '' : `<${action}Result>\n  ${xmlOf(body)}\n</${action}Result>`;
  return `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${result}${metadata}</${action}Response>`;
}

function xmlOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((each) => `<member>${xmlOf(each)}</member>`).join('');
  if (!isObject(value)) return String(value);
  return Object.entries(value)
    .map(([name, each]) => `<${name}>${xmlOf(each)}</${name}>`)
    .join('');
}

function codeOf(body: unknown): string {
  return isObject(body) && typeof body.code === 'string' ? body.code : 'Unknown';
}

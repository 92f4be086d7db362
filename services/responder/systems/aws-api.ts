// A client of AWS: an action of a service has a path here, `/iam/GetRole` or `/secretsmanager.eu-central-1/RotateSecret`,
// and is sent to the service's own address. IAM takes a form and answers in XML, Secrets Manager takes and gives JSON.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/asm_access.html
import { queryOf, signedHeaders } from '../../adapters/aws-signature.ts';
import { codeIn, refusal } from '../../adapters/secrets/answer.ts';
import type { Temporary } from '../../adapters/secrets/aws/credential.ts';
import { hostOf, iamOf } from '../../adapters/secrets/aws/region.ts';
import { statusOf } from '../../adapters/secrets/aws/status.ts';
import { field } from '../../adapters/secrets/aws/web-identity.ts';
import { type Expiring, withCredential } from '../../adapters/secrets/expiring.ts';
import type { World } from '../../adapters/secrets/manager.ts';
import type { Api, ApiRequest } from '../../core/action.ts';
import { PipewardenError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { readXml, type XmlElement } from '../../core/xml.ts';
import { parse } from '../http-api.ts';

export interface AwsApiOptions {
  readonly world: World;
  readonly credentials: Expiring<Temporary>;
  /** Says which of AWS's clouds it is. */
  readonly region: string;
  readonly userAgent: string;
}

/** The services of which anything is asked, and the version of IAM's API. */
const PATH = /^\/(?:(iam)|(secretsmanager)\.([a-z0-9-]{1,40}))\/([A-Za-z]{1,64})$/;
const IAM_VERSION = '2010-05-08';

interface Call {
  readonly service: 'iam' | 'secretsmanager';
  /** For which it is signed. */
  readonly region: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function createAwsApi(options: AwsApiOptions): Api {
  const { world, credentials, userAgent } = options;
  return (request, signal) =>
    withCredential(credentials, signal, async (credential) => {
      const { service, region, url, headers, body } = callOf(request, options);
      const signing = { ...credential, service, region, now: world.clock.now() };
      const signed = signedHeaders({ method: 'POST', url, headers, body }, signing);
      const sent = { ...signed, 'user-agent': userAgent };
      const answer = await world.ask({ method: 'POST', url: url.href, headers: sent, body }, signal);
      const told = parse(answer.text);
      // What checks signatures may answer in XML, whatever it stands before.
      const code = answer.status < 400 ? undefined : (codeIn(told) ?? field(answer.text, 'Code'));
      const status = statusOf(answer.status, code);
      const asked = { method: 'POST', url: `${url.origin}${request.path}` } as const;
      if (status === 401 || status === 403 || status === 429 || status >= 500) throw refusal(asked, status, code);
      return { status, body: service === 'iam' ? resultIn(answer.text) : told };
    });
}

function callOf({ method, path, body, form }: ApiRequest, { world: { env }, region: own }: AwsApiOptions): Call {
  const [, iam, , region = own, action = ''] = PATH.exec(path) ?? [];
  if (method !== 'POST' || action === '') {
    throw new PipewardenError('INTERNAL', { problem: 'a request to AWS is a POST of an action of a service' });
  }
  if (iam !== undefined) {
    return {
      service: 'iam',
      region: iamOf(own).region,
      url: new URL(`${hostOf(env, 'iam', own)}/`),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: queryOf({ ...form, Action: action, Version: IAM_VERSION }),
    };
  }
  return {
    service: 'secretsmanager',
    region,
    url: new URL(`${hostOf(env, 'secretsmanager', region)}/`),
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `secretsmanager.${action}` },
    body: JSON.stringify(body ?? {}),
  };
}

/** `…Result` within `…Response`, as IAM's reference shows each; actions that give nothing have none. */
function resultIn(text: string): Json {
  const result = readXml(text, [])
    .children.flatMap(({ children }) => children)
    .find(({ name }) => name.endsWith('Result'));
  return result ? contentOf(result) : null;
}

/** What lists is made of `member`s; an empty one is an empty text. */
function contentOf({ children, text }: XmlElement): Json {
  if (children.length === 0) return text.trim();
  if (children.every(({ name }) => name === 'member')) return children.map(contentOf);
  return Object.fromEntries(children.map((child) => [child.name, contentOf(child)]));
}

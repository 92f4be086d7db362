// AWS Secrets Manager. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
import { isObject } from '../../core/json.ts';
import { signedHeaders } from '../aws-signature.ts';
import { codeIn, jsonIn, refusal, textIn, unexpected } from './answer.ts';
import type { Answer, Request } from './ask.ts';
import { awsCredential, type Temporary } from './aws/credential.ts';
import { hostOf, regionOf } from './aws/region.ts';
import { statusOf } from './aws/status.ts';
import { field } from './aws/web-identity.ts';
import { createExpiring, withCredential } from './expiring.ts';
import type { Manager, World } from './manager.ts';

const SERVICE = 'secretsmanager';
const TYPE = 'application/x-amz-json-1.1';

export const aws: Manager = {
  kind: 'aws',
  title: 'AWS Secrets Manager',
  form: 'NAME-OR-ARN',
  place: /^(?:arn:aws[\w-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[\w/+=.@-]{1,520}$/,
  connect(world) {
    const credentials = createExpiring((signal) => awsCredential(world, signal), world.clock);
    return {
      read: (place, signal) =>
        withCredential(credentials, signal, async (credential) => {
          const request = signed(world, place, credential);
          return valueIn(request, await world.ask(request, signal));
        }),
    };
  },
};

function signed({ env, clock }: World, place: string, credential: Temporary): Request {
  const region = regionOf(env, place);
  const url = new URL(`${hostOf(env, SERVICE, region)}/`);
  const body = JSON.stringify({ SecretId: place });
  const named = { 'content-type': TYPE, 'x-amz-target': 'secretsmanager.GetSecretValue' };
  const signing = { ...credential, region, service: SERVICE, now: clock.now() };
  const headers = signedHeaders({ method: 'POST', url, headers: named, body }, signing);
  return { method: 'POST', url: url.href, headers, body };
}

/** What it calls `AWSCURRENT`: text, or bytes that are text. */
function valueIn(request: Request, answer: Answer): string {
  const body = jsonIn(answer);
  // What checks signatures may answer in XML, whatever it stands before.
  const code = codeIn(body) ?? field(answer.text, 'Code');
  if (answer.status !== 200) throw refusal(request, statusOf(answer.status, code), code);
  if (!isObject(body)) throw unexpected(request, 'the answer is no JSON object');
  if (typeof body.SecretString === 'string') return body.SecretString;
  return Buffer.from(textIn(body, 'SecretBinary', request), 'base64').toString('utf8');
}

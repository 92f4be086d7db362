// Who we are to AWS, in the order in which its own libraries look:
// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html (without profiles: those are a person's).
import { PipewardenError } from '../../../core/errors.ts';
import { isObject } from '../../../core/json.ts';
import type { Instant } from '../../../core/time.ts';
import type { AwsCredential } from '../../aws-signature.ts';
import { jsonIn, refusal, textIn } from '../answer.ts';
import type { Request } from '../ask.ts';
import type { World } from '../manager.ts';
import { fromMachine } from './machine.ts';
import { fromWebIdentity } from './web-identity.ts';

export interface Temporary extends AwsCredential {
  readonly expires: Instant;
}

export async function awsCredential(world: World, signal: AbortSignal): Promise<Temporary> {
  return (
    fromEnvironment(world) ??
    (await fromWebIdentity(world, signal)) ??
    (await fromContainer(world, signal)) ??
    (await fromMachine(world, signal))
  );
}

function fromEnvironment({ env }: World): Temporary | undefined {
  const { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey, AWS_SESSION_TOKEN: sessionToken } = env;
  if (!accessKey || !secretKey) return undefined;
  return { accessKey, secretKey, sessionToken: sessionToken || undefined, expires: Number.POSITIVE_INFINITY };
}

const CONTAINER = 'http://169.254.170.2';

/**
 * An ECS task, or a pod with EKS Pod Identity.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
async function fromContainer({ env, ask, readFile }: World, signal: AbortSignal): Promise<Temporary | undefined> {
  const { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: path, AWS_CONTAINER_CREDENTIALS_FULL_URI: whole } = env;
  const url = path ? `${CONTAINER}${path}` : whole;
  if (!url) return undefined;
  const file = env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  const authorization = file ? await readFile(file) : env.AWS_CONTAINER_AUTHORIZATION_TOKEN;
  const request: Request = { method: 'GET', url, ...(authorization && { headers: { authorization } }) };
  const answer = await ask(request, signal);
  if (answer.status !== 200) throw refusal(request, answer.status);
  return temporaryIn(jsonIn(answer), request);
}

/** As container and machine answer alike. */
export function temporaryIn(body: unknown, request: Request): Temporary {
  const fields = isObject(body) ? body : {};
  const expires = Date.parse(textIn(fields, 'Expiration', request));
  if (Number.isNaN(expires)) throw new PipewardenError('API_UNEXPECTED', { problem: 'Expiration is no time' });
  return {
    accessKey: textIn(fields, 'AccessKeyId', request),
    secretKey: textIn(fields, 'SecretAccessKey', request),
    sessionToken: textIn(fields, 'Token', request),
    expires,
  };
}

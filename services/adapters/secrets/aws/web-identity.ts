// A pod's service account, exchanged for a role (IRSA).
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
import { refusal, unexpected } from '../answer.ts';
import type { Request } from '../ask.ts';
import type { World } from '../manager.ts';
import type { Temporary } from './credential.ts';
import { hostOf, regionOf } from './region.ts';

/** Undefined where the environment names no token. */
export async function fromWebIdentity(
  { env, ask, readFile }: World,
  signal: AbortSignal,
): Promise<Temporary | undefined> {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: role, AWS_ROLE_SESSION_NAME: session } = env;
  if (!file || !role) return undefined;
  const request: Request = {
    method: 'POST',
    url: `${hostOf(env, 'sts', regionOf(env))}/`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn: role,
      RoleSessionName: session || 'pipewarden',
      WebIdentityToken: await readFile(file),
    }).toString(),
  };
  const { status, text } = await ask(request, signal);
  if (status !== 200) throw refusal(request, status, field(text, 'Code'));
  const [accessKey, secretKey, sessionToken, expiration] = [
    'AccessKeyId',
    'SecretAccessKey',
    'SessionToken',
    'Expiration',
  ].map((name) => field(text, name));
  const expires = Date.parse(expiration ?? '');
  if (!accessKey || !secretKey || !sessionToken || Number.isNaN(expires)) {
    throw unexpected(request, 'the answer has no credential');
  }
  return { accessKey, secretKey, sessionToken, expires };
}

/** Of a small XML document whose values have nothing to decode. */
export function field(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([\\w/+=.:-]{1,5000})</${name}>`).exec(xml)?.[1];
}

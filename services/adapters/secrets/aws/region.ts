// Where a service of AWS is: by the secret's ARN, or by the variables that AWS's own tools know.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
import { PipewardenError } from '../../../core/errors.ts';
import type { Env } from '../manager.ts';

/** `place`: a name or an ARN. */
export function regionOf(env: Env, place = ''): string {
  const named = place.startsWith('arn:') ? place.split(':')[3] : undefined;
  const region = named || env.AWS_REGION || env.AWS_DEFAULT_REGION || '';
  if (/^[a-z0-9-]{1,40}$/.test(region)) return region;
  throw new PipewardenError('CONFIG_INVALID', { problems: 'set AWS_REGION, or name secrets by their ARN' });
}

/** `service`: `sts`, `secretsmanager`. Without a slash behind it. */
export function hostOf(env: Env, service: 'sts' | 'secretsmanager', region: string): string {
  const own = { sts: env.AWS_ENDPOINT_URL_STS, secretsmanager: env.AWS_ENDPOINT_URL_SECRETS_MANAGER };
  const ending = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const address = own[service] || env.AWS_ENDPOINT_URL || `https://${service}.${region}.${ending}`;
  return address.replace(/\/+$/, '');
}

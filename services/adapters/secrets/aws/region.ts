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

/** Without a slash behind it. */
export function hostOf(env: Env, service: 'iam' | 'sts' | 'secretsmanager', region: string): string {
  const own = {
    iam: env.AWS_ENDPOINT_URL_IAM,
    sts: env.AWS_ENDPOINT_URL_STS,
    secretsmanager: env.AWS_ENDPOINT_URL_SECRETS_MANAGER,
  };
  const ending = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const name = service === 'iam' ? iamOf(region).host : `${service}.${region}`;
  return (own[service] || env.AWS_ENDPOINT_URL || `https://${name}.${ending}`).replace(/\/+$/, '');
}

/**
 * IAM has one address for each of AWS, its regions for the government of the USA, and China; what is sent there is signed for
 * one region. https://docs.aws.amazon.com/general/latest/gr/iam-service.html
 */
export function iamOf(region: string): { readonly host: string; readonly region: string } {
  if (region.startsWith('cn-')) return { host: 'iam.cn-north-1', region: 'cn-north-1' };
  if (region.startsWith('us-gov-')) return { host: 'iam.us-gov', region: 'us-gov-west-1' };
  return { host: 'iam', region: 'us-east-1' };
}

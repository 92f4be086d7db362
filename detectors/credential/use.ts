// One use of a credential, as far as it can be compared with others: whence, with what, for what, by whom.
import type { Activity, ActivityKind } from '../../services/core/activity.ts';
import { actorId } from '../../services/core/identity/actor.ts';
import { contentId } from '../../services/core/json.ts';
import type { Sightings } from '../baselines/first-seen.ts';
import { networkOf, productOf, versionOf } from './client-context.ts';
import { operationOf } from './operations.ts';

/** Kinds that a credential is used in, and that tell whence. */
export const USES = [
  'request',
  'push',
  'change',
  'review',
  'access',
  'protection',
  'secret',
  'grant',
  'setting',
  'repository',
  'run',
  'runner',
  'integration',
  'definition',
  'deployment',
  'release',
  'package',
  'artifact',
  'session',
] as const satisfies readonly ActivityKind[];

export type UseKind = (typeof USES)[number];

export type Use = {
  readonly network: string;
  /** Product, and a hash of the whole user agent: two of them are two machines, or two versions. */
  readonly product?: string;
  readonly agent?: string;
  readonly values: Sightings;
};

/**
 * Made for an hour or a job, so that each use may be another's: tokens of an app's installation, of a job, of an assumed role
 * (AWS names their keys ASIA…, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html), and sessions.
 */
export function isShortLived(credential: Activity['credential']): boolean {
  if (!credential) return false;
  const { id, type = '' } = credential;
  return (
    /^(?:ASIA|session:|jti:)/.test(id) ||
    /server-to-server|installation|session|job.?token|oidc|temporary|batch/i.test(type)
  );
}

/** What an app's installation acts with: its own rights, in its own name. */
export function isAppsOwn(credential: Activity['credential']): boolean {
  return /server-to-server|installation/i.test(credential?.type ?? '');
}

/** Undefined where the record does not say whence, or somebody failed to sign in. */
export function useOf(activity: Activity): Use | undefined {
  const { client, detail, vcs } = activity;
  const network = client && networkOf(client);
  const operation = operationOf(activity);
  if (network === undefined || operation === undefined) return undefined;
  if (activity.kind === 'session' && activity.detail.action !== 'login' && activity.detail.action !== 'other') {
    return undefined;
  }
  const product = productOf(client?.user_agent);
  const version = versionOf(client?.user_agent);
  const method = methodOf(detail);
  const user = actorId(activity);
  const repository = vcs?.repository?.name;
  return {
    network,
    ...(product !== undefined && { product, agent: contentId(client?.user_agent ?? '').slice(0, 8) }),
    values: {
      network: [network],
      family: [operation.family],
      ...(client?.country_iso_code !== undefined && { country: [client.country_iso_code] }),
      ...(product !== undefined && { client: [product] }),
      ...(version !== undefined && { version: [version] }),
      ...(method !== undefined && { method: [method] }),
      ...(user !== undefined && activity.credential !== undefined && { user: [user] }),
      ...(repository !== undefined && { repository: [repository] }),
    },
  };
}

function methodOf(detail: Activity['detail']): string | undefined {
  if ('transport' in detail && detail.transport !== undefined) return `git over ${detail.transport}`;
  return 'method' in detail && 'mfa' in detail ? detail.method : undefined;
}

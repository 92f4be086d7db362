// Which kind of activity a call of Vault's API is, by its operation, its path and what is mounted there.
// https://developer.hashicorp.com/vault/api-docs
import type { ActivityKind } from '../../../../core/activity.ts';

export type VaultKind = Extract<
  ActivityKind,
  'access' | 'grant' | 'protection' | 'request' | 'secret' | 'session' | 'setting'
>;

const WRITE = '(?:create|update|patch|delete)';

/** Matched against `operation path`; the first line that fits decides. All run in linear time. */
const PATHS: readonly (readonly [RegExp, VaultKind])[] = [
  [/^(?:list|help|alias-lookahead|resolve-role|header) /, 'request'],
  [/^\w+ auth\/.*\/(?:login|oidc\/callback)(?:\/|$)/, 'session'],
  [/^update auth\/token\/revoke-self$/, 'session'],
  [/^\w+ auth\/token\/(?:create|revoke)/, 'grant'],
  [/^(?:update|create) auth\/.*\/(?:custom-)?secret-id$/, 'grant'],
  [new RegExp(`^${WRITE} auth/`), 'access'],
  [/^\w+ auth\//, 'request'],

  [new RegExp(`^${WRITE} sys/(?:audit|config/auditing)(?:/|$)`), 'protection'],
  [new RegExp(`^${WRITE} (?:identity/mfa|sys/mfa|sys/quotas|sys/policies/(?:egp|rgp))/`), 'protection'],
  [new RegExp(`^${WRITE} (?:sys/polic(?:y|ies)|identity)/`), 'access'],
  [/^\w+ sys\/(?:generate-root|leases\/revoke|revoke|leases\/tidy|wrapping\/unwrap)/, 'grant'],
  [/^read sys\/(?:storage\/raft\/snapshot|raw\/)/, 'secret'],
  [
    new RegExp(`^${WRITE} sys/(?!capabilities|audit-hash|tools|wrapping|leases/(?:lookup|renew)|renew|internal)`),
    'setting',
  ],
  [/^\w+ (?:sys|identity)\//, 'request'],
];

const STORES = new Set(['kv', 'generic', 'cubbyhole', 'ns_cubbyhole']);
/** Where engines hand out credentials that they make: `database/creds/app`, `pki/issue/web`. */
const MADE = /\/(?:creds|static-creds?|sts|token|key|issue|sign|sign-verbatim|sign-intermediate|sign-self-issued)\//;

/** `mount`: the engine's type, absent in entries of older versions: then the path has to tell. */
export function kindOf(operation: string, path: string, mount: string | undefined): VaultKind {
  const call = `${operation} ${path}`;
  const known = PATHS.find(([pattern]) => pattern.test(call))?.[1];
  if (known !== undefined) return known;
  if (mount === undefined ? /^secret\/|\/data\//.test(path) : STORES.has(mount)) return 'secret';
  if (mount === 'transit') return transit(operation, path);
  if (MADE.test(`/${path}/`)) return 'grant';
  return operation === 'read' ? 'request' : 'setting';
}

/** Encrypting and signing is use, not change. */
function transit(operation: string, path: string): VaultKind {
  if (/\/(?:export|backup)\//.test(path)) return 'secret';
  return operation !== 'read' && /\/(?:keys|restore|cache-config)(?:\/|$)/.test(path) ? 'setting' : 'request';
}

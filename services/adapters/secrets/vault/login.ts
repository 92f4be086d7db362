// Who we are to Vault: a token, an AppRole, or the service account of our pod; the first that the environment gives.
// https://developer.hashicorp.com/vault/api-docs/auth/approle#login-with-approle
// https://developer.hashicorp.com/vault/api-docs/auth/kubernetes#login
// https://developer.hashicorp.com/vault/api-docs/auth/token#lookup-a-token-self
import { PipewardenError } from '../../../core/errors.ts';
import { isObject } from '../../../core/json.ts';
import { secondsIn } from '../answer.ts';
import type { World } from '../manager.ts';
import { type Call, variable } from './call.ts';

export interface Lease {
  readonly token: string;
  /** Milliseconds that it lives; infinite for one that does not expire. */
  readonly life: number;
  readonly renewable: boolean;
}

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** Rejects with CONFIG_INVALID where the environment says nothing. */
export async function login(world: World, call: Call, signal: AbortSignal): Promise<Lease> {
  const of = (name: string) => variable(world.env, name);
  const given = (name: string) => orFile(world, name);
  const token = await given('TOKEN');
  if (token !== undefined) return await known(token, call, signal);
  const [roleId, role] = [await given('ROLE_ID'), of('KUBERNETES_ROLE')];
  if (roleId !== undefined) {
    const secretId = await given('SECRET_ID');
    const body = { role_id: roleId, ...(secretId !== undefined && { secret_id: secretId }) };
    return leaseIn(await call(`auth/${of('APPROLE_MOUNT') ?? 'approle'}/login`, { body }, signal));
  }
  if (role !== undefined) {
    const jwt = await world.readFile(of('KUBERNETES_TOKEN_FILE') ?? SERVICE_ACCOUNT);
    return leaseIn(await call(`auth/${of('KUBERNETES_MOUNT') ?? 'kubernetes'}/login`, { body: { role, jwt } }, signal));
  }
  const problems =
    'set VAULT_TOKEN, VAULT_ROLE_ID or VAULT_KUBERNETES_ROLE (docs/operations.md): Vault wants to know who asks';
  throw new PipewardenError('CONFIG_INVALID', { problems });
}

/** What an answer says of the token that it gives. */
export function leaseIn({ auth }: Record<string, unknown>): Lease {
  if (!isObject(auth) || typeof auth.client_token !== 'string') {
    throw new PipewardenError('API_UNEXPECTED', { method: 'POST', path: 'auth', problem: 'there is no token' });
  }
  return { token: auth.client_token, ...lifeOf(auth, 'lease_duration') };
}

/** Of a token whose policies do not let it look at itself, nothing is known: it is used until it is refused. */
async function known(token: string, call: Call, signal: AbortSignal): Promise<Lease> {
  try {
    const { data } = await call('auth/token/lookup-self', { token }, signal);
    return { token, ...lifeOf(isObject(data) ? data : {}, 'ttl') };
  } catch (error) {
    if (error instanceof PipewardenError && error.code === 'API_REFUSED') return { token, ...lifeOf({}, 'ttl') };
    throw error;
  }
}

/** None means that it does not expire, as a root token's. */
function lifeOf(fields: Record<string, unknown>, field: string) {
  return { life: secondsIn(fields, field) || Number.POSITIVE_INFINITY, renewable: fields.renewable === true };
}

/** `VAULT_TOKEN`, or what stands in the file `VAULT_TOKEN_FILE`. */
async function orFile({ env, readFile }: World, name: string): Promise<string | undefined> {
  const file = variable(env, `${name}_FILE`);
  return variable(env, name)?.trim() ?? (file === undefined ? undefined : await readFile(file));
}

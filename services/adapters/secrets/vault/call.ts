// One call of Vault's API. https://developer.hashicorp.com/vault/api-docs, https://openbao.org/api-docs/
import { PipewardenError } from '../../../core/errors.ts';
import { askJson } from '../answer.ts';
import type { Request } from '../ask.ts';
import type { Env, World } from '../manager.ts';

export interface Calling {
  readonly token?: string;
  /** Then it is a POST. */
  readonly body?: Readonly<Record<string, string>>;
}

/** Rejects as `askJson` does, and with CONFIG_INVALID where the environment does not say where Vault is. */
export type Call = (path: string, calling: Calling, signal: AbortSignal) => Promise<Record<string, unknown>>;

/** OpenBao's tools look for their own name first (https://openbao.org/docs/commands/#environment-variables). */
export function variable(env: Env, name: string): string | undefined {
  return env[`BAO_${name}`] || env[`VAULT_${name}`] || undefined;
}

export function createCall({ env, ask, readFile }: World): Call {
  return async (path, { token, body }, signal) => {
    const address = variable(env, 'ADDR');
    if (address === undefined) {
      throw new PipewardenError('CONFIG_INVALID', { problems: 'set VAULT_ADDR to the address of Vault or OpenBao' });
    }
    const namespace = variable(env, 'NAMESPACE');
    const ca = variable(env, 'CACERT');
    const request: Request = {
      method: body === undefined ? 'GET' : 'POST',
      url: `${address.replace(/\/+$/, '')}/v1/${path.split('/').map(encodeURIComponent).join('/')}`,
      headers: {
        // A proxy that takes this header is no browser's doing.
        'x-vault-request': 'true',
        ...(token !== undefined && { 'x-vault-token': token }),
        ...(namespace !== undefined && { 'x-vault-namespace': namespace }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(ca !== undefined && { ca: await readFile(ca) }),
    };
    return await askJson(ask, request, signal);
  };
}

// A secret of the engine KV, of which there are two versions: Vault's own tool asks which one, and so do we.
// https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2#read-secret-version
// https://developer.hashicorp.com/vault/api-docs/system/internal-ui-mounts#get-single-mount-details
import { PipewardenError } from '../../../core/errors.ts';
import { isObject } from '../../../core/json.ts';
import type { Call } from './call.ts';

/** All its fields, as the text of a JSON object. Rejects with NOT_FOUND for one that was deleted, too. */
export async function readKv(call: Call, place: string, token: string, signal: AbortSignal): Promise<string> {
  const path = await addressOf(call, place, token, signal);
  const { data } = await call(path.address, { token }, signal);
  const fields = path.version === 2 && isObject(data) ? data.data : data;
  if (isObject(fields)) return JSON.stringify(fields);
  throw new PipewardenError('API_UNEXPECTED', { method: 'GET', path: path.address, problem: 'there are no fields' });
}

async function addressOf(call: Call, place: string, token: string, signal: AbortSignal) {
  const { data } = await call(`sys/internal/ui/mounts/${place}`, { token }, signal);
  const mount = isObject(data) && typeof data.path === 'string' ? data.path : undefined;
  if (!isObject(data) || mount === undefined || !place.startsWith(mount)) {
    throw new PipewardenError('NOT_FOUND', { what: 'secrets engine for', id: place, where: 'Vault' });
  }
  // Another engine would make a new credential each time that it is read.
  if (data.type !== 'kv' && data.type !== 'generic') {
    throw new PipewardenError('CONFIG_INVALID', { problems: `${mount} is no KV secrets engine` });
  }
  const version = isObject(data.options) && data.options.version === '2' ? 2 : 1;
  const rest = place.slice(mount.length);
  return { version, address: version === 2 ? `${mount}data/${rest}` : place };
}

// A token by what the audit device writes of it: its accessor, or what the device makes of that, which is the default
// (`hmac_accessor`, https://openbao.org/docs/audit/#common-configuration-options). A hash leads back to nothing, so the
// accessors that there are are hashed by Vault itself and compared (https://openbao.org/api-docs/system/audit-hash/).
import type { Api, Target } from '../../../services/core/action.ts';
import { ask } from '../../../services/core/ask.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import { isObject } from '../../../services/core/json.ts';
import { entries, field } from '../answer.ts';
import { invalid } from '../target.ts';
import { dataOf, inNamespace, listing, namespacePath } from './paths.ts';

/** Of a namespace's token the accessor ends with the namespace's id. */
const ACCESSOR = /^[A-Za-z0-9-]{20,40}(?:\.[A-Za-z0-9]{1,16})?$/;
const HASH = /^hmac-sha256:[0-9a-f]{64}$/;
const DEVICE = /^[\w-]{1,100}(?:\/[\w-]{1,100}){0,9}\/$/;
/** Requests for one look, each of which the audit devices write down as well. */
const MOST_HASHES = 2_000;
const AT_ONCE = 16;
const ACCESSORS = '/v1/auth/token/accessors';

/** A token can only be asked for in its own namespace; null is where the credential is known. */
export interface Place {
  readonly accessor: string;
  readonly namespace: string | null;
}

/** Undefined for what has to be looked for. Throws TARGET_INVALID for what is no token that can be found. */
export function placeOf(action: string, target: Target): Place | undefined {
  const { id, credential_type, organization = null } = target;
  if (credential_type === 'batch') {
    throw invalid(action, target, 'a batch token has no accessor and cannot be revoked: disable its entity');
  }
  if (organization !== null) namespacePath(action, target, organization);
  if (HASH.test(id)) return undefined;
  if (!ACCESSOR.test(id)) throw invalid(action, target, 'it is no accessor of a token');
  return { accessor: id, namespace: id.includes('.') ? organization : null };
}

/** Undefined where no token has that hash any more. Throws API_UNEXPECTED where that cannot be said. */
export async function findToken(target: Target, api: Api, signal: AbortSignal): Promise<Place | undefined> {
  const tokens = await tokensIn(namespacesOf(target), api, signal);
  const devices = await devicesIn(api, signal);
  const pairs = devices.flatMap((device) => tokens.map((token) => ({ device, token })));
  if (pairs.length > MOST_HASHES) {
    const problem = `it lists more tokens than can be compared (${MOST_HASHES}): disable the entity, or let the audit device write accessors as they are (hmac_accessor=false)`;
    throw new PipewardenError('API_UNEXPECTED', { method: 'GET', path: ACCESSORS, problem });
  }
  for (let begin = 0; begin < pairs.length; begin += AT_ONCE) {
    const compared = pairs.slice(begin, begin + AT_ONCE).map(async ({ device, token }) => {
      const path = `/v1/sys/audit-hash/${device}`;
      const { body } = await ask(api, { method: 'POST', path, body: { input: token.accessor } }, [200], signal);
      return field(dataOf(body), 'hash') === target.id ? token : undefined;
    });
    const found = (await Promise.all(compared)).find((token) => token !== undefined);
    if (found) return found;
  }
  return undefined;
}

/** The one that the call was made in, and those around it: their tokens act in it too. */
function namespacesOf({ organization }: Target): readonly (string | null)[] {
  const parts = organization?.split('/') ?? [];
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), null];
}

async function tokensIn(
  namespaces: readonly (string | null)[],
  api: Api,
  signal: AbortSignal,
): Promise<readonly Place[]> {
  const found = new Map<string, Place>();
  for (const namespace of namespaces) {
    const { body } = await ask(api, inNamespace(listing(ACCESSORS), namespace), [200, 404], signal);
    for (const accessor of entries(field(dataOf(body), 'keys'))) {
      if (typeof accessor !== 'string' || !ACCESSOR.test(accessor) || found.has(accessor)) continue;
      found.set(accessor, { accessor, namespace });
    }
  }
  return [...found.values()];
}

/** Those that hash accessors. Each has a salt of its own, and which one the feed reads is not told. */
async function devicesIn(api: Api, signal: AbortSignal): Promise<readonly string[]> {
  const path = '/v1/sys/audit';
  const devices = dataOf((await ask(api, { method: 'GET', path }, [200], signal)).body);
  const hashing = Object.entries(isObject(devices) ? devices : {})
    .filter(([, device]) => field(field(device ?? null, 'options'), 'hmac_accessor') !== 'false')
    .map(([name]) => name);
  if (hashing.length > 0 && hashing.every((name) => DEVICE.test(name))) return hashing.map((name) => name.slice(0, -1));
  const problem = 'no audit device hashes accessors, or one has a name in other characters';
  throw new PipewardenError('API_UNEXPECTED', { method: 'GET', path, problem });
}

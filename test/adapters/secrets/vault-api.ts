// Vault's API as its documentation has it, with what a real one cannot be brought to do in a moment: tokens that end, a seal.
// test/servers/openbao.test.ts asks a real one.
import type { Call, Handler, Reply } from '../../collector/systems/recording-api.ts';

export interface VaultState {
  /** `MOUNT/` → version of its engine. */
  readonly mounts: Map<string, 1 | 2>;
  /** `MOUNT/PATH` → fields; null: deleted. */
  readonly secrets: Map<string, Readonly<Record<string, unknown>> | null>;
  /** Token → when it ends. */
  readonly tokens: Map<string, number>;
  /** Milliseconds. */
  life: number;
  /** How long a token may live with all its renewals. */
  longest: number;
  renewable: boolean;
  sealed: boolean;
  logins: number;
  now(): number;
}

const DENIED: Reply = { status: 403, body: { errors: ['permission denied'] } };

export function vaultApi(state: VaultState): Handler {
  const born = new Map<string, number>();

  function fresh(): Reply {
    const token = `token-${++state.logins}`;
    born.set(token, state.now());
    state.tokens.set(token, state.now() + state.life);
    return { body: { auth: { client_token: token, lease_duration: state.life / 1000, renewable: state.renewable } } };
  }

  return (call) => {
    if (state.sealed) return { status: 503, body: { errors: ['Vault is sealed'] } };
    const path = call.path.replace('/v1/', '');
    const body = call.body.length > 0 ? JSON.parse(call.body.toString()) : {};
    if (path === 'auth/approle/login') return body.secret_id === 'known' ? fresh() : { status: 400 };
    if (path === 'auth/kubernetes/login') return body.jwt === 'of the pod' ? fresh() : DENIED;
    const token = String(call.headers['x-vault-token']);
    const end = state.tokens.get(token);
    if (end === undefined || end <= state.now()) return DENIED;
    if (path === 'auth/token/lookup-self') {
      return { body: { data: { ttl: (end - state.now()) / 1000, renewable: state.renewable } } };
    }
    if (path === 'auth/token/renew-self') {
      const last = (born.get(token) ?? state.now()) + state.longest;
      const life = Math.max(0, Math.min(state.life, last - state.now()));
      state.tokens.set(token, state.now() + life);
      return { body: { auth: { client_token: token, lease_duration: life / 1000, renewable: true } } };
    }
    return secretAt(path, state, call);
  };
}

function secretAt(path: string, { mounts, secrets }: VaultState, { method }: Call): Reply {
  if (method !== 'GET') return { status: 405 };
  const asked = path.replace('sys/internal/ui/mounts/', '');
  const [mount = '', version] = [...mounts].find(([each]) => asked.startsWith(each)) ?? [];
  if (version === undefined) return DENIED;
  if (asked !== path) {
    return { body: { data: { path: mount, type: 'kv', options: version === 2 ? { version: '2' } : null } } };
  }
  const rest = asked.slice(mount.length);
  if (version === 2 && !rest.startsWith('data/')) return { status: 404, body: { errors: [] } };
  const fields = secrets.get(mount + (version === 2 ? rest.slice('data/'.length) : rest));
  if (fields === undefined) return DENIED;
  if (version === 1) return fields === null ? { status: 404, body: { errors: [] } } : { body: { data: fields } };
  return { status: fields === null ? 404 : 200, body: { data: { data: fields, metadata: {} } } };
}

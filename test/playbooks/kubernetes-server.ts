// A small API server of Kubernetes that keeps state: only the calls that our actions make, as the reference describes them.
// https://kubernetes.io/docs/reference/kubernetes-api/
import { isObject } from '../../services/core/json.ts';
import { kubernetes as system } from '../../services/responder/systems/kubernetes.ts';
import { type Answer, type ApiServer, type Call, type Rule, startApi, stored, TOKEN } from './api-server.ts';

type Fields = Readonly<Record<string, unknown>>;

const POLICIES = /^(\/apis\/networking\.k8s\.io\/v1\/namespaces\/[^/]+\/networkpolicies)$/;

const RULES: readonly Rule[] = [
  [
    'GET',
    POLICIES,
    ({ state }, { path }) => {
      const items = [...state].filter(([key]) => key.startsWith(`${path}/`)).map(([, policy]) => policy);
      return { status: 200, body: { kind: 'NetworkPolicyList', items } };
    },
  ],
  ['POST', POLICIES, create],
  ['PATCH', /./, patch],
  ['DELETE', /./, remove],
];

function create({ state, effects }: ApiServer, { path, body }: Call): Answer {
  const name = isObject(body.metadata) ? body.metadata.name : undefined;
  const at = `${path}/${name}`;
  if (state.has(at)) return { status: 409, body: { kind: 'Status', reason: 'AlreadyExists' } };
  state.set(at, body);
  effects.push(`made ${name}`);
  return { status: 201, body };
}

function patch(server: ApiServer, { path, body, headers }: Call): Answer {
  if (headers['content-type'] !== 'application/merge-patch+json') return { status: 415 };
  if (!server.state.has(path)) return { status: 404, body: { kind: 'Status', reason: 'NotFound' } };
  const before = stored(server, path);
  const after = merged(before, body);
  if (JSON.stringify(after) !== JSON.stringify(before)) server.effects.push(`patched ${path.split('/').at(-1)}`);
  server.state.set(path, after);
  return { status: 200, body: after };
}

/** https://www.rfc-editor.org/rfc/rfc7396 */
function merged(before: Fields, changes: Fields): Fields {
  const after: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(changes)) {
    const own = after[name];
    if (value === null || value === false) delete after[name];
    else after[name] = isObject(value) ? merged(isObject(own) ? own : {}, value) : value;
  }
  return after;
}

function remove(server: ApiServer, { path, body }: Call): Answer {
  if (!server.state.has(path)) return { status: 404, body: { kind: 'Status', reason: 'NotFound' } };
  const { metadata } = stored(server, path);
  const wanted = isObject(body.preconditions) ? body.preconditions.uid : undefined;
  const isOther = wanted !== undefined && isObject(metadata) && metadata.uid !== wanted;
  if (isOther) return { status: 409, body: { kind: 'Status', reason: 'Conflict' } };
  server.state.delete(path);
  server.effects.push(`deleted ${path.split('/').at(-1)}`);
  return { status: 200, body: { kind: 'Status', status: 'Success' } };
}

export async function startKubernetes(): Promise<ApiServer> {
  return await startApi({
    rules: RULES,
    base: '',
    isSignedIn: ({ authorization }) => authorization === `Bearer ${TOKEN}`,
    connect: (url, tools) => system.connect(system.settings.parse({ url, token: '${env:TOKEN}' }), tools),
  });
}

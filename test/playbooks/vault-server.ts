// A small Vault that keeps state: only the calls that our actions make, with the answers that OpenBao 2.7.2 gives them
// (test/servers/openbao-actions.test.ts has the real one).
import { createHash } from 'node:crypto';
import { isObject } from '../../services/core/json.ts';
import { vault as system } from '../../services/responder/systems/vault.ts';
import { type Answer, type ApiServer, type Call, listedAt, type Rule, startApi, stored, TOKEN } from './api-server.ts';

const DONE: Answer = { status: 204 };
const NOTHING: Answer = { status: 404, body: { errors: [] } };

/** Of the audit device `file`. */
export function hashed(accessor: string): string {
  return `hmac-sha256:${createHash('sha256').update(accessor).digest('hex')}`;
}

/** What a path answers: Vault wraps it. */
export function keep(server: ApiServer, path: string, data: object): void {
  server.state.set(path, { data });
}

function data(value: object): Answer {
  return { status: 200, body: { data: value } };
}

const RULES: readonly Rule[] = [
  ['GET', /^\/v1\/auth\/token\/accessors$/, (server) => data({ keys: listedAt(server, 'accessors') })],
  ['POST', /^\/v1\/sys\/audit-hash\/file$/, (_server, { body }) => data({ hash: hashed(`${body.input}`) })],
  ['POST', /^\/v1\/sys\/audit-hash\/(.*)$/, () => data({ hash: hashed('with another salt') })],
  [
    'POST',
    /^\/v1\/auth\/token\/lookup-accessor$/,
    (server, { body }) =>
      listedAt(server, 'accessors').includes(body.accessor)
        ? data({ accessor: body.accessor, path: 'auth/jwt/login', policies: ['default', '\u001b[2J'] })
        : { status: 400, body: { errors: ['1 error occurred:\n\t* invalid accessor\n\n'] } },
  ],
  ['POST', /^\/v1\/auth\/token\/revoke-accessor$/, revokeToken],
  ['POST', /^(\/v1\/identity\/entity\/id\/.*)$/, setEntity],
  ['DELETE', /^(\/v1\/auth\/.*\/role\/.*)$/, deleteRole],
  ['POST', /^(\/v1\/auth\/.*\/role\/.*)$/, makeRole],
  ['GET', /^\/v1\/sys\/leases\/lookup\/(.*)$/, listLeases],
  ['POST', /^\/v1\/sys\/leases\/revoke-prefix\/(.*)$/, revokeLeases],
  ['POST', /^\/v1\/(.*)\/rotate-role\/(.*)$/, rotate],
];

function revokeToken(server: ApiServer, { body }: Call): Answer {
  const left = listedAt(server, 'accessors').filter((one) => one !== body.accessor);
  if (left.length === listedAt(server, 'accessors').length)
    return { status: 200, body: { warnings: ['No token found'] } };
  server.state.set('accessors', left);
  server.effects.push(`revoked ${body.accessor}`);
  return DONE;
}

function setEntity(server: ApiServer, { parts: [path = ''], body }: Call): Answer {
  const { data: before } = stored(server, path);
  if (!isObject(before)) return NOTHING;
  if (before.disabled !== body.disabled) server.effects.push(body.disabled === true ? 'disabled' : 'enabled');
  keep(server, path, { ...before, disabled: body.disabled });
  return DONE;
}

function deleteRole(server: ApiServer, { parts: [path = ''] }: Call): Answer {
  if (server.state.delete(path)) server.effects.push(`deleted ${path}`);
  return DONE;
}

function makeRole(server: ApiServer, { parts: [path = ''], body }: Call): Answer {
  // What was empty it now writes otherwise.
  keep(server, path, { ...body, oidc_scopes: [] });
  server.effects.push(`made ${path}`);
  return DONE;
}

function listLeases(server: ApiServer, { parts: [prefix = ''] }: Call): Answer {
  const keys = listedAt(server, prefix);
  return keys.length === 0 ? NOTHING : data({ keys });
}

function revokeLeases(server: ApiServer, { parts: [prefix = ''] }: Call): Answer {
  if (listedAt(server, prefix).length > 0) server.effects.push(`revoked ${prefix}`);
  server.state.delete(prefix);
  return DONE;
}

function rotate(server: ApiServer, { parts: [mount = '', role = ''] }: Call): Answer {
  if (!server.state.has(`/v1/${mount}/static-roles/${role}`))
    return { status: 400, body: { errors: ['no static role'] } };
  server.effects.push(`rotated ${mount}/${role}`);
  return DONE;
}

export async function startVault(): Promise<ApiServer> {
  return await startApi({
    rules: RULES,
    base: '',
    isSignedIn: (headers) => headers['x-vault-token'] === TOKEN && headers['x-vault-request'] === 'true',
    connect: (url, tools) => system.connect(system.settings.parse({ url, token: '${env:TOKEN}' }), tools),
  });
}

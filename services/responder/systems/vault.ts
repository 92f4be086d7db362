// Vault and OpenBao, as they are acted on. https://openbao.org/api-docs/, https://developer.hashicorp.com/vault/api-docs
import { z } from 'zod';
import type { Ask } from '../../adapters/secrets/ask.ts';
import { createCall } from '../../adapters/secrets/vault/call.ts';
import { createSession, type Session } from '../../adapters/secrets/vault/session.ts';
import { systemClock } from '../../core/clock.ts';
import { secretReference } from '../../core/configuration/secret-reference.ts';
import { createHttpApi } from '../http-api.ts';
import { type ConnectTools, defineTargetSystem } from './system.ts';

const approle = z.strictObject({
  mount: z.string().min(1).default('approle').describe('Where the method is mounted, below `auth/`.'),
  role_id: z.string().min(1).describe('Of a role whose policies allow what `pipewarden actions show ID` lists.'),
  secret_id: secretReference.describe('Of that role; good for more than one sign-in.'),
});

const settings = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .describe('Its address, as in `VAULT_ADDR`. An authority of your own is trusted by `NODE_EXTRA_CA_CERTS`.'),
    namespace: z.string().min(1).optional().describe('In which the credential is known, if not in the root.'),
    token: secretReference.optional().describe('Needs what `pipewarden actions show ID` lists, and no more.'),
    approle: approle.optional().describe('In place of a token: signs in, and again when its token has ended.'),
  })
  .refine((given) => (given.token === undefined) !== (given.approle === undefined), 'give either `token` or `approle`');

type Settings = z.output<typeof settings>;

export const vault = defineTargetSystem({
  type: 'vault',
  title: 'Vault and OpenBao',
  settings,
  secrets: (given) => [
    ...(given.token === undefined ? [] : [['vault token', given.token] as const]),
    ...(given.approle === undefined ? [] : [['vault secret id', given.approle.secret_id] as const]),
  ],
  connect(given, tools) {
    const { secret, ...others } = tools;
    const { url, namespace, token = '' } = given;
    const apiWith = (ours: () => string) =>
      createHttpApi({
        ...others,
        baseUrl: url,
        token: ours,
        show: (value) => ({ 'x-vault-token': value }),
        headers: { 'x-vault-request': 'true', ...(namespace !== undefined && { 'x-vault-namespace': namespace }) },
      });
    if (given.approle === undefined) return apiWith(() => secret(token));
    const session = sessionOf(given, given.approle, tools);
    return (request, signal) => session.using(signal, (ours) => apiWith(() => ours)(request, signal));
  },
});

/** The one that secrets are read with, told of this place in the variables that it knows. */
function sessionOf(
  { url, namespace }: Settings,
  { mount, role_id, secret_id }: z.output<typeof approle>,
  { secret, fetch }: ConnectTools,
): Session {
  const ask: Ask = async (request, signal) => {
    const { method, headers, body } = request;
    const answer = await fetch(request.url, {
      method,
      redirect: 'manual',
      signal,
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
    });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
  };
  const world = {
    env: {
      VAULT_ADDR: url,
      VAULT_NAMESPACE: namespace,
      VAULT_APPROLE_MOUNT: mount,
      VAULT_ROLE_ID: role_id,
      get VAULT_SECRET_ID() {
        return secret(secret_id);
      },
    },
    clock: systemClock,
    ask,
    readFile: async () => '',
  };
  return createSession(world, createCall(world));
}

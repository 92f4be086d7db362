// Entries of an audit device, in the form of the schema's page and of HashiCorp's notes on it, shortened.
import type { SourceCase } from '../../source-case.ts';

const SCHEMA = 'https://developer.hashicorp.com/vault/docs/audit/schema';
const NOTES = 'https://support.hashicorp.com/hc/en-us/articles/360001722947-Audit-Log-Notes';
const OPENBAO = 'https://openbao.org/docs/audit/';

const hashed = (digit: string) => `hmac-sha256:${digit.repeat(64)}`;
const time = '2026-03-01T10:00:00.123456789Z';

const auth = {
  client_token: hashed('1'),
  accessor: hashed('2'),
  display_name: 'userpass-mara',
  policies: ['default', 'deploy'],
  token_policies: ['default', 'deploy'],
  metadata: { username: 'mara' },
  entity_id: 'e2853091-6c3c-2200-3ff7-0b664ed70c4d',
  token_type: 'service',
  token_ttl: 2764800,
};

function request(operation: string, path: string, more: object = {}): object {
  return {
    id: '0f0c2a9d-2f7e-4b7c-9df1-1c1d2e3f4a5b',
    operation,
    path,
    client_token: hashed('1'),
    client_token_accessor: hashed('2'),
    namespace: { id: 'root' },
    remote_address: '198.51.100.7',
    remote_port: 51422,
    ...more,
  };
}

export const cases: readonly SourceCase[] = [
  {
    name: 'somebody asks for a secret',
    reference: SCHEMA,
    record: {
      body: {
        time,
        type: 'request',
        auth,
        request: request('read', 'secret/data/prod/db', { mount_type: 'kv', mount_point: 'secret/' }),
      },
    },
    drafts: [
      {
        kind: 'request',
        native_type: 'read',
        natural_id: '0f0c2a9d-2f7e-4b7c-9df1-1c1d2e3f4a5b',
        observed_at: Date.parse('2026-03-01T10:00:00.123Z'),
        actor: { name: 'userpass-mara', id: 'e2853091-6c3c-2200-3ff7-0b664ed70c4d', type: 'unknown' },
        credential: { id: hashed('2'), type: 'service' },
        client: { address: '198.51.100.7' },
        detail: { operation: 'read', path: 'secret/data/prod/db' },
      },
    ],
  },
  {
    name: 'and is given it',
    reference: SCHEMA,
    record: {
      body: {
        time,
        type: 'response',
        auth,
        request: request('read', 'secret/data/prod/db', { mount_type: 'kv' }),
        response: { mount_type: 'kv', data: { data: { password: hashed('3') } } },
      },
    },
    drafts: [{ kind: 'secret', detail: { action: 'read', name: 'secret/data/prod/db' } }],
  },
  {
    name: 'or is refused it',
    reference: SCHEMA,
    record: {
      body: {
        time,
        type: 'response',
        auth,
        request: request('read', 'secret/data/prod/db', { mount_type: 'kv' }),
        error: '1 error occurred:\n\t* permission denied\n\n',
      },
    },
    drafts: [
      {
        kind: 'request',
        detail: {
          operation: 'read',
          path: 'secret/data/prod/db',
          error: '1 error occurred:\n\t* permission denied\n\n',
        },
      },
    ],
  },
  {
    name: 'a machine logs in with AppRole',
    reference: NOTES,
    record: {
      body: {
        time,
        type: 'response',
        auth: {
          client_token: hashed('1'),
          accessor: hashed('2'),
          display_name: 'approle',
          policies: ['default', 'jenkins'],
          metadata: { role_name: 'jenkins' },
          token_type: 'service',
        },
        request: {
          id: 'one',
          operation: 'update',
          mount_type: 'approle',
          mount_class: 'auth',
          path: 'auth/approle/login',
          data: { role_id: hashed('4'), secret_id: hashed('5') },
          remote_address: '203.0.113.9',
          headers: { 'user-agent': ['Go-http-client/1.1'] },
        },
        response: { auth: { client_token: hashed('1'), accessor: hashed('2') } },
      },
    },
    drafts: [
      {
        kind: 'session',
        actor: { name: 'approle', type: 'bot' },
        credential: { id: hashed('2'), type: 'service' },
        client: { address: '203.0.113.9', user_agent: 'Go-http-client/1.1' },
        detail: { action: 'login', method: 'approle', role: 'auth/approle/role/jenkins' },
      },
    ],
  },
  {
    name: 'a workflow logs in with its OpenID Connect token',
    reference:
      'https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-hashicorp-vault',
    record: {
      body: {
        time,
        type: 'response',
        auth: {
          accessor: hashed('2'),
          display_name: 'jwt-repo:octo-org/octo-repo:ref:refs/heads/main',
          metadata: { role: 'deploy' },
          token_type: 'batch',
        },
        request: { id: 'two', operation: 'update', mount_type: 'jwt', path: 'auth/jwt/login' },
      },
    },
    drafts: [
      {
        kind: 'session',
        actor: { type: 'bot' },
        vcs: { provider: { name: 'github' }, repository: { name: 'octo-org/octo-repo' } },
        detail: { action: 'login', method: 'jwt', role: 'auth/jwt/role/deploy' },
      },
    ],
  },
  {
    name: 'a wrong password',
    reference: 'https://developer.hashicorp.com/vault/docs/auth/userpass',
    record: {
      body: {
        time,
        type: 'response',
        request: { id: 'three', operation: 'update', mount_type: 'userpass', path: 'auth/userpass/login/mara' },
        error: 'invalid username or password',
      },
    },
    drafts: [
      {
        kind: 'session',
        detail: { action: 'failure', method: 'userpass', reason: 'invalid username or password' },
      },
    ],
  },
  {
    name: 'an audit device is disabled, in a namespace',
    reference: 'https://developer.hashicorp.com/vault/api-docs/system/audit',
    record: {
      body: {
        time,
        type: 'response',
        auth,
        request: request('delete', 'sys/audit/file', {
          mount_type: 'system',
          namespace: { id: 'Zfa2b', path: 'platform/' },
        }),
      },
    },
    drafts: [
      {
        kind: 'protection',
        organization: 'platform',
        detail: { change: 'removed', what: 'audit device', target: 'file' },
      },
    ],
  },
  {
    name: 'a value is hashed as an audit device does it, which changes nothing',
    reference: 'https://developer.hashicorp.com/vault/api-docs/system/audit-hash',
    record: {
      body: {
        time,
        type: 'response',
        auth,
        request: request('update', 'sys/audit-hash/file', { mount_type: 'system', data: { input: hashed('6') } }),
        response: { data: { hash: hashed('7') } },
      },
    },
    drafts: [{ kind: 'request', detail: { operation: 'update', path: 'sys/audit-hash/file' } }],
  },
  {
    name: 'credentials of a database are made',
    reference: 'https://developer.hashicorp.com/vault/docs/secrets/databases',
    record: {
      body: {
        time,
        type: 'response',
        auth,
        request: request('read', 'database/creds/app', { mount_type: 'database' }),
        response: { secret: { lease_id: 'database/creds/app/2f6a614c' } },
      },
    },
    drafts: [{ kind: 'grant', detail: { action: 'read', name: 'database/creds/app' } }],
  },
  {
    name: 'OpenBao: engines are listed; an address that is none',
    reference: OPENBAO,
    record: {
      body: {
        time,
        type: 'response',
        auth: { accessor: hashed('2'), display_name: 'root', policies: ['root'], token_type: 'service' },
        request: request('read', 'sys/mounts', { mount_type: 'system', remote_address: 7 }),
      },
    },
    drafts: [{ kind: 'request', actor: { name: 'root' }, detail: { operation: 'read', path: 'sys/mounts' } }],
    notes: ['request.remote_address: expected text, found a number'],
  },
];

// Audit device of HashiCorp Vault and OpenBao: one JSON entry a line, `request` before and `response` after each call.
import type { Actor, Client, Credential } from '../../../core/activity.ts';
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { anyKnown, at, instant, known, list, object, text } from '../../fields.ts';
import { listed } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { subjectOrigin } from '../../token-subject.ts';
import { said } from './audit/said.ts';

export const vaultAudit = defineSource({
  id: 'vault.audit',
  title: 'Vault and OpenBao audit device',
  reference: 'https://developer.hashicorp.com/vault/docs/audit/schema',
  push: { path: '/hooks/vault', proof: authorization, split: listed },
  body: 'json',
  // Tokens are none of these: with `log_raw` they stand in the entry as they are. Their accessors identify them.
  identifiers: [
    'id',
    'accessor',
    'client_token_accessor',
    'wrapped_accessor',
    'mount_accessor',
    'entity_id',
    'client_id',
    'lease_id',
    'namespace_id',
    'mount_running_sha256',
  ],
  normalize,
  time: (body) => instant(body, 'time'),
});

function normalize(record: RedactedRecord): readonly ActivityDraft[] {
  const entry = record.body;
  const type = isObject(entry) ? entry.type : undefined;
  if (!isObject(entry) || !isObject(entry.request) || (type !== 'request' && type !== 'response')) {
    throw new PipewardenError('RECORD_INVALID', { source: record.source, problem: 'the body is no audit entry' });
  }
  const auth = object(entry, 'auth') ?? object(entry, 'response', 'auth');
  const base = known({
    native_type: text(entry, 'request', 'operation') ?? 'unnamed',
    // The same in both entries of a call, so that a request which both tell counts once.
    natural_id: text(entry, 'request', 'id'),
    observed_at: instant(entry, 'time'),
    organization: text(entry, 'request', 'namespace', 'path')?.replace(/\/$/, ''),
    actor: actorOf(auth),
    credential: credentialOf(auth),
    client: clientOf(entry),
    ...subjectOrigin(subjectOf(auth)),
  });
  return [{ ...base, ...said(entry) }];
}

/** `display_name` is the auth method's mount and the name within it: `jwt-repo:octo-org/octo-repo:ref:…`. */
function subjectOf(auth: Json | undefined): string | undefined {
  const name = text(auth, 'display_name');
  return name?.slice(name.indexOf('-') + 1);
}

function actorOf(auth: Json | undefined): Actor | undefined {
  const name = text(auth, 'display_name');
  const id = text(auth, 'entity_id');
  if (name === undefined && id === undefined) return undefined;
  const pipeline = Object.keys(subjectOrigin(subjectOf(auth))).length > 0;
  return known({ name, id, type: pipeline ? 'bot' : typeOf(auth) });
}

/** Metadata that only methods for machines set: AppRole's and Kubernetes' role, and what a cloud says of a workload. */
const MACHINES = ['role_name', 'service_account_name', 'instance_id', 'vm_name'];

function typeOf(auth: Json | undefined): Actor['type'] {
  const metadata = at(auth, 'metadata');
  return isObject(metadata) && MACHINES.some((key) => Object.hasOwn(metadata, key)) ? 'bot' : 'unknown';
}

function credentialOf(auth: Json | undefined): Credential | undefined {
  const id = text(auth, 'accessor');
  return id === undefined ? undefined : known({ id, type: text(auth, 'token_type') });
}

/** Headers are in the entry where the installation asked for them. */
function clientOf(entry: JsonObject): Client | undefined {
  const headers = object(entry, 'request', 'headers');
  const agent = headers && list(headers, 'user-agent')[0];
  return anyKnown({
    address: text(entry, 'request', 'remote_address'),
    user_agent: typeof agent === 'string' && agent !== '' ? agent : undefined,
  });
}

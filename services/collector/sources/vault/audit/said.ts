// What an entry of the audit device says beyond who and whence.
import type { ActivityDetails } from '../../../../core/activity.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { known, text } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { kindOf } from './kinds.ts';

/**
 * The entry before a call only says that it was asked for. The one after it says what came of it: what failed changed
 * nothing and stays a request, but for signing in.
 */
export function said(entry: JsonObject): Piece {
  const operation = text(entry, 'request', 'operation') ?? 'unnamed';
  const path = text(entry, 'request', 'path');
  const error = text(entry, 'error');
  const mount = text(entry, 'request', 'mount_type');
  const done = entry.type === 'response' && path !== undefined ? kindOf(operation, path, mount) : 'request';
  const kind = error === undefined || done === 'session' ? done : 'request';
  switch (kind) {
    case 'request':
      return { kind, detail: known({ operation, path, error }) };
    case 'session':
      return { kind, detail: session(path ?? '', entry, error) };
    case 'access':
      return { kind, detail: known({ action: operation, subject: path }) };
    case 'protection':
      return { kind, detail: protection(operation, path ?? '') };
    case 'secret':
    case 'grant':
    case 'setting':
      return { kind, detail: known({ action: operation, name: path }) };
  }
}

function session(path: string, entry: JsonObject, error: string | undefined): ActivityDetails['session'] {
  const left = path.endsWith('/revoke-self');
  const action = error === undefined ? (left ? 'logout' : 'login') : 'failure';
  const method = text(entry, 'request', 'mount_type') ?? path.split('/')[1];
  return known({ action, method, reason: error, role: roleOf(path, entry) });
}

/** Where methods for machines keep the role that they name in a token's metadata: `auth/jwt/role/deploy`. */
function roleOf(path: string, entry: JsonObject): string | undefined {
  const mount = /^(auth\/.+?)\/(?:login|oidc\/callback)$/.exec(path)?.[1];
  const role = text(entry, 'auth', 'metadata', 'role') ?? text(entry, 'auth', 'metadata', 'role_name');
  return mount === undefined || role === undefined ? undefined : `${mount}/role/${role}`;
}

/** `sys/audit/file`: what is guarded, and which of it. */
function protection(operation: string, path: string): ActivityDetails['protection'] {
  const [root = '', area = '', ...rest] = path.split('/');
  const audit = root === 'sys' && area === 'audit';
  const change = operation === 'delete' ? 'removed' : audit ? 'added' : 'changed';
  return known({ change, what: audit ? 'audit device' : `${root}: ${area}`, target: rest.join('/') || undefined });
}

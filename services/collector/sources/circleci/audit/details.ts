// What each kind of activity says beyond the common fields, read from a row of the audit log.
import type { JsonObject } from '../../../../core/json.ts';
import { at, identifier, known, list, object, text, told } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { type AuditKind, dotted } from './kinds.ts';

/** `action` as the row has it; a row of something that was refused is only a request. */
export function said(kind: AuditKind, action: string, row: JsonObject): Piece {
  const target = text(row, 'target', 'name') ?? identifier(row, 'target', 'id');
  if (failed(row)) {
    if (kind === 'session') return { kind, detail: { action: 'failure' } };
    return { kind: 'request', detail: { operation: `${action} refused` } };
  }
  switch (kind) {
    case 'secret':
      return { kind, detail: known({ action, ...secretName(row, target) }) };
    case 'access':
      return { kind, detail: known({ action, subject: subject(row) ?? target, role: role(row) }) };
    case 'grant':
      return { kind, detail: known({ action, name: target, id: identifier(row, 'target', 'id') }) };
    case 'protection':
      return { kind, detail: known({ change: changeOf(action), what: what(action), target }) };
    case 'integration':
      return { kind, detail: known({ action, host: host(row) }) };
    case 'package':
      return { kind, detail: known({ action, name: target, version: version(row) }) };
    case 'deployment':
      return { kind, detail: known({ action, environment: text(row, 'payload', 'environment', 'name') }) };
    case 'setting':
      return { kind, detail: known({ action, name: target }) };
    case 'request':
      return { kind, detail: { operation: action } };
    case 'session':
      return { kind, detail: { action: /out$/.test(action) ? 'logout' : 'login' } };
    case 'run':
    case 'job':
    case 'repository':
    case 'runner':
      return { kind, detail: { action: dotted(action).replace(/^.*\.(?=\w+$)/, '') } };
    case 'other':
      return { kind, detail: { type: action } };
  }
}

/** In exports everything is text. */
function failed(row: JsonObject): boolean {
  return told(row, 'success') === 'false' || text(row, 'common_fields', 'outcome') === 'failure';
}

/** The contexts that a job was given, by name: an activity beside the job's own. */
export function handed(action: string, row: JsonObject): readonly Piece[] {
  const contexts = at(row, 'payload', 'contexts') === undefined ? [] : list(row, 'payload', 'contexts');
  const names = contexts.flatMap((context) => (typeof context === 'string' ? context : (text(context, 'name') ?? [])));
  return names.length === 0 || failed(row) ? [] : [{ kind: 'secret', detail: { action, names } }];
}

/** Of a variable, its own name and the context or project that it is in. */
function secretName(row: JsonObject, target: string | undefined) {
  const variable =
    text(row, 'payload', 'env_var', 'name') ??
    text(row, 'payload', 'env_var_name') ??
    text(row, 'payload', 'environment_variable', 'name');
  const titles = list(row, 'payload', 'environment_variable_titles').filter((title) => typeof title === 'string');
  const name = variable === undefined ? target : [target, variable].filter((part) => part !== undefined).join('/');
  return { name, names: titles.length === 0 ? undefined : titles };
}

function subject(row: JsonObject): string | undefined {
  const user = object(row, 'payload', 'user') ?? object(row, 'payload', 'member');
  return (
    text(user, 'login') ?? text(user, 'name') ?? text(row, 'payload', 'email') ?? text(row, 'payload', 'group', 'name')
  );
}

function role(row: JsonObject): string | undefined {
  return text(row, 'payload', 'new_role') ?? text(row, 'payload', 'role') ?? text(row, 'payload', 'role', 'name');
}

function changeOf(action: string): 'added' | 'changed' | 'removed' {
  if (/delete|remove|disable/.test(action)) return 'removed';
  return /create|add|enable/.test(action) ? 'added' : 'changed';
}

/** `context.restriction.create` → `context restriction`. */
function what(action: string): string {
  return dotted(action).split('.').slice(0, -1).join(' ').replaceAll('_', ' ') || action;
}

function host(row: JsonObject): string | undefined {
  const url =
    text(row, 'payload', 'url') ?? text(row, 'payload', 'webhook', 'url') ?? text(row, 'payload', 'webhook_url');
  return (url && URL.parse(url)?.hostname) || undefined;
}

function version(row: JsonObject): string | undefined {
  return text(row, 'payload', 'version') ?? text(row, 'payload', 'orb', 'version');
}

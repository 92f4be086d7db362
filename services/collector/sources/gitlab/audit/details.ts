// What each kind of activity says beyond the common fields, read from an audit event.
import type { ActivityDetails } from '../../../../core/activity.ts';
import { isObject } from '../../../../core/json.ts';
import { at, identifier, known, number, text, told } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { type Entry, targetOf, targetType } from './entry.ts';
import { protection, weakened } from './guard.ts';
import type { AuditKind } from './kinds.ts';

export function said(kind: AuditKind, entry: Entry): Piece {
  const { name, details, body } = entry;
  const target = targetOf(entry);
  switch (kind) {
    case 'session':
      return { kind, detail: session(entry) };
    case 'access':
      return { kind, detail: known({ action: name, subject: target, role: role(entry) }) };
    case 'grant':
      return { kind, detail: known({ action: name, name: target, id: tokenId(entry) }) };
    case 'protection':
      return { kind, detail: protection(entry) };
    case 'secret':
      return { kind, detail: known({ action: name, name: target }) };
    case 'setting':
      return { kind, detail: known({ action: name, name: entry.subject ?? target, from: entry.from, to: entry.to }) };
    case 'request':
      return {
        kind,
        detail: known({
          operation: (isObject(details.custom_message) && text(details, 'custom_message', 'action')) || name,
          method: text(body, 'method') ?? text(body, 'request_method'),
          path: text(body, 'path') ?? text(details, 'request'),
          status: number(body, 'status'),
        }),
      };
    case 'integration':
      return { kind, detail: known({ action: name, host: hostIn(target) ?? hostIn(entry.message) }) };
    case 'release':
      return { kind, detail: known({ action: name, tag: target }) };
    case 'deployment':
      return { kind, detail: known({ action: name, environment: environment(entry) }) };
    case 'package':
      return { kind, detail: known({ action: name, name: target }) };
    case 'artifact':
      return { kind, detail: known({ action: name, name: target }) };
    case 'alert':
      return { kind, detail: known({ action: name, tool: 'gitlab', title: target }) };
    case 'change':
      return { kind, detail: known({ action: name, merged: /_merged(?:_|$)/.test(name) ? true : undefined }) };
    case 'review':
      return { kind, detail: known({ action: name, verdict: /approv/.test(name) ? 'approved' : undefined }) };
    case 'discussion':
      return { kind, detail: { action: name, on: /comment/.test(name) ? place(entry) : 'issue' } };
    case 'run':
    case 'repository':
    case 'runner':
      return { kind, detail: { action: name } };
    case 'other':
      return { kind, detail: { type: name } };
  }
}

/** A variable that is no longer masked or protected is a guard rail gone: an activity beside its change. */
export function exposed(kind: AuditKind, entry: Entry): readonly Piece[] {
  const what = /mask|protect|hidden/i.exec(entry.subject ?? '');
  return kind === 'secret' && what && weakened(entry) ? [{ kind: 'protection', detail: protection(entry) }] : [];
}

function session({ name, details, message }: Entry): ActivityDetails['session'] {
  const method = /^login_failed_with_(.+)_authentication$|^authenticated_(?:with|using)_(.+)$/.exec(name);
  const words = (method?.[1] ?? method?.[2] ?? text(details, 'with'))?.replaceAll('_', ' ').toLowerCase();
  const second = words === 'two factor' || words === 'otp' || words === 'webauthn';
  return known({
    action: /fail/.test(name) ? 'failure' : /impersonat/.test(name) ? 'impersonation' : 'login',
    method: words ?? (/omniauth/.test(name) ? told(details, 'provider') : undefined),
    mfa: second ? true : undefined,
    reason: /fail|impersonat/.test(name) ? message : undefined,
  });
}

/** Of a member, the access level; of a user, what the change made of them. */
function role({ name, details, subject, to }: Entry): string | undefined {
  const as = text(details, 'as') ?? text(details, 'access_level');
  if (as !== undefined) return as;
  if (/admin_mode/.test(name)) return 'administrator';
  if (/user_(?:admin|auditor)_status/.test(name) && to !== undefined) {
    const given = /admin/.test(name) ? 'administrator' : 'auditor';
    return to === 'true' || to === given ? given : 'regular';
  }
  return subject === undefined || /access|role/.test(subject) ? to : undefined;
}

/** Where the message counts the token among its own, or the token is the target. */
function tokenId(entry: Entry): string | undefined {
  const { name, message } = entry;
  if (!/access_token/.test(name)) return undefined;
  const own = /^(?:Personal|Project|Group|Resource)?AccessToken$/.test(targetType(entry) ?? '');
  const id = own ? identifier(entry.body, 'target_id') : /\bid:? (\d+)/i.exec(message ?? '')?.[1];
  return id === undefined ? undefined : `PersonalAccessToken/${id}`;
}

const ADDRESS = /https?:\/\/[^\s"'<>)]+/;

function hostIn(words: string | undefined): string | undefined {
  const address = words === undefined ? undefined : ADDRESS.exec(words)?.[0];
  return (address && URL.parse(address)?.hostname) || undefined;
}

function environment(entry: Entry): string | undefined {
  const own = targetType(entry)?.endsWith('Environment');
  const spoken = /environment:? ([^\s,]+)/i.exec(entry.message ?? '')?.[1]?.replace(/\.$/, '');
  return own ? targetOf(entry) : (text(entry.details, 'environment') ?? spoken);
}

function place(entry: Entry): ActivityDetails['discussion']['on'] {
  const on = text(entry.details, 'noteable_type') ?? targetType(entry) ?? '';
  if (on === 'MergeRequest') return 'change';
  if (on === 'Commit') return 'commit';
  return at(entry.details, 'noteable_type') === undefined && on === 'Note' ? 'discussion' : 'issue';
}

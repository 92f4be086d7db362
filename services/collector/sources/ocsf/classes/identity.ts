// Identity & Access Management, category 3. https://schema.ocsf.io/categories/iam

import type { ActivityDetails } from '../../../../core/activity.ts';
import { flag, known, list, text } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { type Event, isFailure, type Mapper, namedActivity, namesOf } from './event.ts';
import { nameOf } from './parties.ts';

/** 3002. Tickets of Kerberos and the like are steps on the way. */
export function authentication(event: Event): Piece {
  const { body, activity } = event;
  const actions: Readonly<Record<number, ActivityDetails['session']['action']>> = {
    1: 'login',
    2: 'logout',
    7: 'impersonation',
  };
  return {
    kind: 'session',
    detail: known({
      action: isFailure(event) ? 'failure' : (actions[activity] ?? 'other'),
      method: text(body, 'auth_protocol') ?? text(body, 'logon_type'),
      mfa: flag(body, 'is_mfa'),
      reason: isFailure(event) ? (text(body, 'status_detail') ?? text(body, 'message')) : undefined,
    }),
  };
}

/** 3001: Account Change, and 3007: User Management, which replaces it. */
export function accountChange(event: Event): Piece {
  const { body, classUid } = event;
  const action = namedActivity(event);
  const who = nameOf(body.user) ?? text(body, 'user', 'uid');
  const deed = (classUid === 3001 ? ACCOUNT : USER)[event.activity] ?? 'access';
  if (deed === 'grant') return { kind: 'grant', detail: known({ action, name: who }) };
  if (deed === 'access') return { kind: 'access', detail: known({ action, subject: who, role: rolesOf(event) }) };
  const change = deed === 'mfa-off' ? 'removed' : 'added';
  return { kind: 'protection', detail: known({ change, what: 'second factor', target: who }) };
}

type AccountDeed = 'access' | 'grant' | 'mfa-on' | 'mfa-off';
const ACCOUNT: Readonly<Record<number, AccountDeed>> = { 3: 'grant', 4: 'grant', 10: 'mfa-on', 11: 'mfa-off' };
const USER: Readonly<Record<number, AccountDeed>> = {
  8: 'grant',
  9: 'grant',
  12: 'mfa-on',
  13: 'mfa-off',
  18: 'grant',
  19: 'grant',
};

/** 3003, 3005, 3006 and what else gives and takes rights. */
export function access(event: Event): Piece {
  const { body } = event;
  const subject =
    nameOf(body.user) ?? namesOf(list(body, 'users').map(nameOf)) ?? nameOf(body.group) ?? nameOf(body.iam_role);
  return { kind: 'access', detail: known({ action: namedActivity(event), subject, role: rolesOf(event) }) };
}

/** Privileges, roles, policies and groups, in the forms of the several classes. */
function rolesOf({ body }: Event): string | undefined {
  const privileges = list(body, 'privileges').filter((name) => typeof name === 'string');
  const lists = ['iam_roles', 'policies', 'groups'].flatMap((key) => list(body, key).map((one) => text(one, 'name')));
  const one = ['iam_role', 'policy', 'group'].map((key) => text(body, key, 'name'));
  return namesOf([...privileges, ...lists, ...one]);
}

/** 3004: something that is managed. Reading it is only a call; 11 and 9 are what switches off. */
export const entityManagement: Mapper = (event) => {
  const { body, activity } = event;
  const action = namedActivity(event);
  const name = text(body, 'entity', 'name') ?? text(body, 'entity', 'uid');
  if (activity === 2) return { kind: 'request', detail: known({ operation: action, path: name }) };
  const type = text(body, 'entity', 'type')?.toLowerCase();
  if (type === 'user' || type === 'group' || type === 'policy')
    return { kind: 'access', detail: known({ action, subject: name }) };
  return { kind: 'setting', detail: known({ action: type === undefined ? action : `${type}: ${action}`, name }) };
};

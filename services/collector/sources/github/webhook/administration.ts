// Who may do what: members, teams, webhooks, settings.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#member (and #team, #organization, #meta …)
import type { Json } from '../../../../core/json.ts';
import { at, flag, known, object, text, texts, yesNo } from '../../../fields.ts';
import { loginOf } from '../shared/actor.ts';
import { hostOf } from '../shared/address.ts';
import type { Delivery, Mapper, Piece } from '../shared/delivery.ts';

/** Members, teams and blocks. */
export function access({ action, event, body }: Delivery): readonly Piece[] {
  const people = ['member', 'blocked_user', 'user'].map((key) => loginOf(at(body, key)));
  const subject =
    people.find((name) => name !== undefined) ??
    loginOf(at(body, 'membership', 'user')) ??
    text(body, 'invitation', 'login') ??
    text(body, 'invitation', 'email');
  const team = text(body, 'team', 'slug') ?? text(body, 'team', 'name');
  const changes = at(body, 'changes');
  const detail = known({
    action: `${event}.${action ?? 'added'}`,
    subject: subject ?? team,
    role: roleOf(body),
    previous_role:
      text(changes, 'permission', 'from') ??
      text(changes, 'old_permission', 'from') ??
      strongest(at(changes, 'repository', 'permissions', 'from')),
    team,
  });
  return [{ kind: 'access', detail }];
}

function roleOf(body: Delivery['body']): string | undefined {
  return (
    text(body, 'changes', 'permission', 'to') ??
    text(body, 'changes', 'role_name', 'to') ??
    text(body, 'membership', 'role') ??
    text(body, 'invitation', 'role') ??
    text(body, 'repository', 'role_name') ??
    strongest(at(body, 'repository', 'permissions')) ??
    text(body, 'team', 'permission')
  );
}

const ROLES = ['admin', 'maintain', 'push', 'triage', 'pull'];

/** The most that a set of switches (`{ admin: false, push: true, pull: true }`) allows. */
function strongest(permissions: Json | undefined): string | undefined {
  return ROLES.find((role) => flag(permissions, role));
}

/** `organization` tells of members, and of the organization's own name. */
export function organization(delivery: Delivery): readonly Piece[] {
  const { action = 'changed', body } = delivery;
  if (action.startsWith('member_')) return access(delivery);
  const from = text(body, 'changes', 'login', 'from');
  const to = from === undefined ? undefined : text(body, 'organization', 'login');
  return [{ kind: 'setting', detail: known({ action: `organization.${action}`, from, to }) }];
}

/** A webhook's own life: `ping` when it is made, `meta` when it is deleted. */
export function hook({ action, event, body }: Delivery): readonly Piece[] {
  const config = at(body, 'hook', 'config');
  const detail = known({
    action: action ?? event,
    name: text(body, 'hook', 'name'),
    host: hostOf(text(config, 'url')),
    insecure_ssl: yesNo(config, 'insecure_ssl'),
    events: texts(body, 'hook', 'events'),
  });
  return [{ kind: 'integration', detail }];
}

/** Settings of a project board, label, property …: named by what carries a name. */
export function setting(key: string): Mapper {
  return ({ action, event, body }) => {
    const found = object(body, key);
    const name = text(found, 'name') ?? text(found, 'title') ?? text(found, 'property_name');
    return [{ kind: 'setting', detail: known({ action: `${event}.${action ?? 'changed'}`, name }) }];
  };
}

// Who may do what: members, teams, keys, apps, hooks, and what becomes of repositories.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#member (and #team, #installation, #deploy_key …)
import { at, known, object, text } from '../../../fields.ts';
import { type Delivery, type Mapper, type Piece, vcsOf } from './delivery.ts';

/** Members, teams and blocks. */
export function access({ action, event, body }: Delivery): readonly Piece[] {
  const subject =
    text(body, 'member', 'login') ??
    text(body, 'membership', 'user', 'login') ??
    text(body, 'invitation', 'login') ??
    text(body, 'blocked_user', 'login');
  const team = text(body, 'team', 'slug') ?? text(body, 'team', 'name');
  const role =
    text(body, 'changes', 'permission', 'to') ??
    text(body, 'changes', 'role_name', 'to') ??
    text(body, 'membership', 'role') ??
    text(body, 'invitation', 'role') ??
    text(body, 'repository', 'role_name') ??
    text(body, 'team', 'permission');
  return [
    {
      kind: 'access',
      detail: known({ action: `${event}.${action ?? 'added'}`, subject: subject ?? team, role }),
    },
  ];
}

/** `organization` tells of members, and of the organization's own name. */
export function organization(delivery: Delivery): readonly Piece[] {
  const action = delivery.action ?? 'changed';
  if (action.startsWith('member_')) return access(delivery);
  return [{ kind: 'setting', detail: { action: `organization.${action}` } }];
}

export function grant({ action, event, body }: Delivery): readonly Piece[] {
  const name =
    text(body, 'key', 'title') ??
    text(body, 'installation', 'app_slug') ??
    text(body, 'personal_access_token_request', 'token_name');
  return [{ kind: 'grant', detail: known({ action: `${event}.${action ?? 'changed'}`, name }) }];
}

/** A webhook's own life: `ping` when it is made, `meta` when it is deleted. */
export function hook({ action, event, body }: Delivery): readonly Piece[] {
  const url = text(body, 'hook', 'config', 'url');
  const host = url === undefined ? undefined : URL.parse(url)?.hostname;
  return [{ kind: 'integration', detail: known({ action: action ?? event, host: host === '' ? undefined : host }) }];
}

export function release({ action, body }: Delivery): readonly Piece[] {
  return [
    {
      kind: 'release',
      detail: known({ action: action ?? 'changed', tag: text(body, 'release', 'tag_name') }),
    },
  ];
}

export function packaged({ action, event, body }: Delivery): readonly Piece[] {
  const found = at(body, event) ?? at(body, 'package');
  const detail = known({
    action: action ?? 'changed',
    name: text(found, 'name'),
    version: text(found, 'package_version', 'version'),
  });
  return [{ kind: 'package', vcs: vcsOf(body), detail }];
}

/** Settings of a project board, label, property …: named by what carries a name. */
export function setting(key: string): Mapper {
  return ({ action, event, body }) => {
    const found = object(body, key);
    const name = text(found, 'name') ?? text(found, 'title') ?? text(found, 'property_name');
    return [{ kind: 'setting', detail: known({ action: `${event}.${action ?? 'changed'}`, name }) }];
  };
}

/** Findings of GitHub's own scanners. */
export function alert({ action, event, body }: Delivery): readonly Piece[] {
  const found = at(body, 'alert') ?? at(body, 'security_advisory') ?? at(body, 'repository_advisory');
  const detail = known({
    action: action ?? 'changed',
    tool: text(found, 'tool', 'name') ?? event,
    rule:
      text(found, 'rule', 'id') ??
      text(found, 'secret_type') ??
      text(found, 'security_advisory', 'ghsa_id') ??
      text(found, 'ghsa_id') ??
      text(found, 'external_identifier'),
  });
  return [{ kind: 'alert', detail }];
}

// Keys, apps and tokens that open doors.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation (and #deploy_key, #personal_access_token_request …)
import type { GrantDetail } from '../../../../core/details/trust.ts';
import type { Json } from '../../../../core/json.ts';
import { anyKnown, at, flag, identifier, instant, known, list, object, scalar, text } from '../../../fields.ts';
import { loginOf } from '../shared/actor.ts';
import type { Delivery, Piece } from '../shared/delivery.ts';

const MOST_NAMES = 100;

export function deployKey({ action, event, body }: Delivery): readonly Piece[] {
  const key = at(body, 'key');
  const readOnly = flag(key, 'read_only');
  const detail = known({
    action: `${event}.${action ?? 'changed'}`,
    name: text(key, 'title'),
    type: 'deploy key',
    write: readOnly === undefined ? undefined : !readOnly,
  });
  return [{ kind: 'grant', detail }];
}

/** A GitHub App was installed, got more permissions, or other repositories. */
export function installation({ action, event, body }: Delivery): readonly Piece[] {
  const found = at(body, 'installation');
  const detail = known({
    action: `${event}.${action ?? 'changed'}`,
    name: text(found, 'app_slug') ?? identifier(found, 'app_id'),
    type: 'app',
    subject: loginOf(at(found, 'account')) ?? loginOf(at(body, 'account')),
    permissions: permissionsOf(at(found, 'permissions')),
    reach: text(body, 'repository_selection') ?? text(found, 'repository_selection'),
    repositories:
      namesOf(body, 'repositories_added') ?? namesOf(body, 'repositories_removed') ?? namesOf(body, 'repositories'),
  });
  return [{ kind: 'grant', detail }];
}

/** A person took back what they had allowed an app. */
export function authorization({ action, event, body }: Delivery): readonly Piece[] {
  const detail = known({
    action: `${event}.${action ?? 'changed'}`,
    type: 'app authorization',
    subject: loginOf(body.sender),
  });
  return [{ kind: 'grant', detail }];
}

export function tokenRequest({ action, event, body }: Delivery): readonly Piece[] {
  const request = at(body, 'personal_access_token_request');
  const asked = at(request, 'permissions_result') ?? at(request, 'permissions_added');
  const detail = known({
    action: `${event}.${action ?? 'changed'}`,
    name: text(request, 'token_name'),
    type: 'personal access token',
    subject: loginOf(at(request, 'owner')),
    permissions: anyKnown({
      ...permissionsOf(at(asked, 'organization')),
      ...permissionsOf(at(asked, 'repository')),
      ...permissionsOf(at(asked, 'other')),
    }),
    reach: text(request, 'repository_selection'),
    repositories: namesOf(request, 'repositories'),
    expires_at: instant(request, 'token_expires_at'),
  });
  return [{ kind: 'grant', detail }];
}

function permissionsOf(permissions: Json | undefined): GrantDetail['permissions'] | undefined {
  const found = object(permissions) ?? {};
  const levels = Object.keys(found).flatMap((name) => {
    const level = scalar(found, name);
    return level === undefined ? [] : [[name, level] as const];
  });
  return levels.length > 0 ? Object.fromEntries(levels) : undefined;
}

function namesOf(body: Json | undefined, key: string): readonly string[] | undefined {
  const names = list(body, key)
    .slice(0, MOST_NAMES)
    .flatMap((repository) => text(repository, 'full_name') ?? []);
  return names.length > 0 ? names : undefined;
}

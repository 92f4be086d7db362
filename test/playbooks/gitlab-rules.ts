// What a small GitLab does with variables, tokens, keys, freeze periods and protected branches.
// https://docs.gitlab.com/api/
import { isObject } from '../../services/core/json.ts';
import { type Answer, type ApiServer, change, listedAt, type Rule, stored } from './api-server.ts';

/** Takes those that fit out of a list; 404 when there is none. */
function removed(gitlab: ApiServer, path: string, isMeant: (one: Record<string, unknown>) => boolean): Answer {
  const all = listedAt(gitlab, path);
  const kept = all.filter((one) => !isObject(one) || !isMeant(one));
  if (kept.length === all.length) return { status: 404 };
  gitlab.state.set(path, kept);
  gitlab.effects.push(`deleted from ${path}`);
  return { status: 204 };
}

function added(gitlab: ApiServer, path: string, one: Readonly<Record<string, unknown>>): Answer {
  gitlab.state.set(path, [...listedAt(gitlab, path), one]);
  gitlab.effects.push(`added to ${path}`);
  return { status: 201, body: one };
}

function scopeIn(query: string): string | null {
  return new URLSearchParams(query).get('filter[environment_scope]');
}

function variables(gitlab: ApiServer, path: string, key: string, query: string): readonly unknown[] {
  const scope = scopeIn(query);
  return listedAt(gitlab, path).filter(
    (one) => isObject(one) && one.key === key && (scope === null || one.environment_scope === scope),
  );
}

function levels(one: unknown, many: unknown): readonly unknown[] {
  if (Array.isArray(many)) return many.map((level) => ({ access_level: 40, ...(isObject(level) ? level : {}) }));
  return [{ id: 1, access_level: one ?? 40, user_id: null, group_id: null }];
}

let next = 100;

export const RULES: readonly Rule[] = [
  [
    'DELETE',
    /^(?:\/(?:projects|groups)\/\d+\/access_tokens|\/personal_access_tokens)\/\d+$/,
    (gitlab, { path }) => {
      if (!gitlab.state.has(path)) return { status: 404 };
      change(gitlab, path, { revoked: true }, `revoked ${path}`);
      return { status: 204 };
    },
  ],
  [
    'DELETE',
    /^(\/projects\/[^/]+\/(?:deploy_keys|deploy_tokens|freeze_periods|triggers))\/(\d+)$/,
    (gitlab, { parts: [path = '', id] }) => removed(gitlab, path, (one) => String(one.id) === id),
  ],
  [
    'GET',
    /^(\/projects\/[^/]+\/variables)\/(\w+)$/,
    (gitlab, { parts: [path = '', key = ''], query }) => {
      const [one, ...more] = variables(gitlab, path, key, query);
      if (one === undefined) return { status: 404 };
      return more.length > 0
        ? { status: 409, body: { message: 'There are multiple variables' } }
        : { status: 200, body: one };
    },
  ],
  [
    'DELETE',
    /^(\/projects\/[^/]+\/variables)\/(\w+)$/,
    (gitlab, { parts: [path = '', key = ''], query }) => {
      const meant = variables(gitlab, path, key, query);
      if (meant.length > 1) return { status: 409 };
      return removed(gitlab, path, (one) => meant.includes(one));
    },
  ],
  [
    'POST',
    /^\/projects\/[^/]+\/freeze_periods$/,
    (gitlab, { path, body }) => added(gitlab, path, { cron_timezone: 'UTC', ...body, id: next++ }),
  ],
  [
    'POST',
    /^\/projects\/[^/]+\/protected_branches$/,
    (gitlab, { path, body }) => {
      if (listedAt(gitlab, path).some((one) => isObject(one) && one.name === body.name)) return { status: 409 };
      return added(gitlab, path, {
        id: next++,
        name: body.name,
        push_access_levels: levels(body.push_access_level, body.allowed_to_push),
        merge_access_levels: levels(body.merge_access_level, body.allowed_to_merge),
        ...(body.unprotect_access_level === undefined
          ? {}
          : { unprotect_access_levels: levels(body.unprotect_access_level, undefined) }),
        allow_force_push: body.allow_force_push,
        code_owner_approval_required: body.code_owner_approval_required === true,
      });
    },
  ],
  [
    'DELETE',
    /^(\/projects\/[^/]+\/protected_branches)\/([^/]+)$/,
    (gitlab, { parts: [path = '', name = ''] }) =>
      removed(gitlab, path, (one) => one.name === decodeURIComponent(name)),
  ],
  [
    'PATCH',
    /^\/projects\/[^/]+\/job_token_scope$/,
    (gitlab, { path, body }) => {
      change(gitlab, path, { inbound_enabled: body.enabled === true }, `${path} ${body.enabled}`);
      return { status: 204 };
    },
  ],
  [
    'POST',
    /^(\/projects\/[^/]+)\/(archive|unarchive)$/,
    (gitlab, { parts: [path = '', verb] }) => {
      change(gitlab, path, { archived: verb === 'archive' }, `${verb} ${path}`);
      return { status: 201, body: stored(gitlab, path) };
    },
  ],
  [
    'DELETE',
    /^\/runners\/\d+$/,
    (gitlab, { path }) => {
      if (!gitlab.state.delete(path)) return { status: 404 };
      gitlab.effects.push(`deleted ${path}`);
      return { status: 204 };
    },
  ],
];

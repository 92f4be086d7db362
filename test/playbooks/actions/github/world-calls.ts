// The calls that GitHub's state is read and changed by, with the answers that GitHub documents for them.
import type { Json, JsonObject } from '../../../../services/core/json.ts';
import { REVISION, type World } from './world.ts';

export type Call = (parts: readonly string[], body: JsonObject, query: URLSearchParams) => readonly [number, Json?];

const REPO = '/repos/acme/shop';
const ORG = '/orgs/acme';

/** By `METHOD path`, `*` standing for one part. */
export function callsOf(now: World['now']): ReadonlyMap<string, Call> {
  const gone = (is: boolean) => [is ? 204 : 404] as const;
  return new Map<string, Call>([
    [`GET ${REPO}`, () => [200, { id: 1296, default_branch: 'main', forks_count: 2, ...now.home }]],
    [
      `PATCH ${REPO}`,
      (_, body) => {
        Object.assign(now.home, body);
        return [200, {}];
      },
    ],
    [
      `GET ${REPO}/interaction-limits`,
      () => [200, [...now.limits].map((limit) => ({ limit, origin: 'repository' }))[0] ?? {}],
    ],
    [
      `PUT ${REPO}/interaction-limits`,
      (_, { limit }) => {
        now.limits.clear();
        now.limits.add(String(limit));
        return [200, {}];
      },
    ],
    [
      `DELETE ${REPO}/interaction-limits`,
      () => {
        now.limits.clear();
        return [204];
      },
    ],
    [
      `GET ${ORG}/actions/runner-groups`,
      () => [
        200,
        {
          runner_groups: [
            { id: 1, name: 'Default', visibility: 'all' },
            { id: 21, name: 'deploy', visibility: 'selected' },
          ],
        },
      ],
    ],
    [
      `GET ${ORG}/actions/runner-groups/21/repositories`,
      () => [200, { repositories: [...now.groupOf].map((id) => ({ id })) }],
    ],
    [
      `DELETE ${ORG}/actions/runner-groups/21/repositories/*`,
      ([id]) => {
        now.groupOf.delete(Number(id));
        return [204];
      },
    ],
    [
      `PUT ${ORG}/actions/runner-groups/21/repositories/*`,
      ([id]) => {
        now.groupOf.add(Number(id));
        return [204];
      },
    ],
    [
      `GET ${ORG}/actions/permissions`,
      () => [200, { enabled_repositories: now.everywhere.on, allowed_actions: now.everywhere.allowed }],
    ],
    [
      `PUT ${ORG}/actions/permissions`,
      (_, { enabled_repositories, allowed_actions }) => {
        now.everywhere.on = String(enabled_repositories);
        // What it makes of what is left out is not documented: here it forgets.
        now.everywhere.allowed = typeof allowed_actions === 'string' ? allowed_actions : 'all';
        now.everywhere.ids = [];
        now.everywhere.patterns = [];
        return [204];
      },
    ],
    [
      `GET ${ORG}/actions/permissions/repositories`,
      () => [200, { repositories: now.everywhere.ids.map((id) => ({ id })) }],
    ],
    [
      `PUT ${ORG}/actions/permissions/repositories`,
      (_, { selected_repository_ids: ids }) => {
        now.everywhere.ids = Array.isArray(ids) ? ids.map(Number) : [];
        return [204];
      },
    ],
    [
      `GET ${ORG}/actions/permissions/selected-actions`,
      () => [200, { github_owned_allowed: true, verified_allowed: false, patterns_allowed: now.everywhere.patterns }],
    ],
    [
      `PUT ${ORG}/actions/permissions/selected-actions`,
      (_, { patterns_allowed }) => {
        now.everywhere.patterns = Array.isArray(patterns_allowed) ? patterns_allowed.map(String) : [];
        return [204];
      },
    ],
    [
      `GET ${REPO}/actions/runs/42`,
      () => [200, { status: now.run, conclusion: now.run === 'completed' ? 'cancelled' : null }],
    ],
    [
      `POST ${REPO}/actions/runs/42/force-cancel`,
      () => {
        if (now.run === 'completed') return [409];
        now.run = 'completed';
        return [202, {}];
      },
    ],
    [
      `GET ${REPO}/actions/runs/42/pending_deployments`,
      () => [200, now.waiting.map((id) => ({ environment: { id }, current_user_can_approve: id === 11 }))],
    ],
    [
      `POST ${REPO}/actions/runs/42/pending_deployments`,
      (_, { environment_ids }) => {
        now.waiting = now.waiting.filter((id) => !Array.isArray(environment_ids) || !environment_ids.includes(id));
        return [200, []];
      },
    ],
    [
      `GET ${REPO}/actions/permissions`,
      () => [200, { enabled: now.enabled, allowed_actions: now.allowed, sha_pinning_required: now.pinned }],
    ],
    [
      `PUT ${REPO}/actions/permissions`,
      (_, { enabled, allowed_actions, sha_pinning_required }) => {
        now.enabled = enabled === true;
        if (typeof allowed_actions === 'string') now.allowed = allowed_actions;
        if (now.enabled) now.pinned = sha_pinning_required === true;
        return [204];
      },
    ],
    [
      `GET ${REPO}/actions/permissions/selected-actions`,
      () => [200, { github_owned_allowed: true, verified_allowed: false, patterns_allowed: now.patterns }],
    ],
    [
      `PUT ${REPO}/actions/permissions/selected-actions`,
      (_, { patterns_allowed }) => {
        if (now.allowed !== 'selected') return [409];
        now.patterns = Array.isArray(patterns_allowed) ? patterns_allowed.map(String) : [];
        return [204];
      },
    ],
    [`GET ${REPO}/actions/permissions/workflow`, () => [200, now.rights]],
    [
      `PUT ${REPO}/actions/permissions/workflow`,
      (_, { default_workflow_permissions, can_approve_pull_request_reviews }) => {
        now.rights = {
          default_workflow_permissions: String(default_workflow_permissions),
          can_approve_pull_request_reviews: can_approve_pull_request_reviews === true,
        };
        return [204];
      },
    ],
    [
      `GET ${ORG}/actions/runners`,
      (_parts, _body, query) => [200, { runners: query.get('name') === 'build-1' ? runners(now) : [] }],
    ],
    [`GET ${REPO}/actions/runners`, () => [200, { runners: [] }]],
    [
      `PUT ${ORG}/actions/runners/*/labels`,
      ([id = ''], { labels }) => {
        if (!now.runners.has(id)) return [404];
        now.runners.set(id, Array.isArray(labels) ? labels.map(String) : []);
        return [200, {}];
      },
    ],
    [`DELETE ${ORG}/actions/runners/*`, ([id = '']) => gone(now.runners.delete(id))],
    [
      `GET ${ORG}/personal-access-tokens`,
      (_parts, _body, query) => [
        200,
        now.grants.filter(({ token_id }) => query.getAll('token_id[]').includes(String(token_id))),
      ],
    ],
    [
      `POST ${ORG}/personal-access-tokens/*`,
      ([id], { action }) => {
        if (action !== 'revoke') return [422];
        const before = now.grants.length;
        now.grants = now.grants.filter((grant) => String(grant.id) !== id);
        return gone(now.grants.length < before);
      },
    ],
    [`GET ${REPO}/keys`, () => [200, [...now.keys].map(([id, key]) => ({ id, key, read_only: false }))]],
    [`DELETE ${REPO}/keys/*`, ([id]) => gone(now.keys.delete(Number(id)))],
    [
      `GET ${REPO}/hooks`,
      () => [
        200,
        [...now.hooks].map(([id, { host, active }]) => ({ id, active, config: { url: `https://${host}/in` } })),
      ],
    ],
    [
      `PATCH ${REPO}/hooks/*`,
      ([id], { active }) => {
        const hook = now.hooks.get(Number(id));
        if (!hook) return [404];
        hook.active = active === true;
        return [200, {}];
      },
    ],
    [`GET ${ORG}/blocks/*`, ([name = '']) => gone(now.blocked.has(name))],
    [
      `PUT ${ORG}/blocks/*`,
      ([name = '']) => {
        now.blocked.add(name);
        return [204];
      },
    ],
    [
      `DELETE ${ORG}/blocks/*`,
      ([name = '']) => {
        now.blocked.delete(name);
        return [204];
      },
    ],
    [
      `GET ${ORG}/memberships/*`,
      ([name = '']) => (now.members.has(name) ? [200, { role: now.members.get(name) ?? null }] : [404]),
    ],
    [`GET ${ORG}/members`, () => [200, [{ login: 'mara' }, { login: 'olga' }]]],
    [`DELETE ${ORG}/memberships/*`, ([name = '']) => gone(now.members.delete(name))],
    [`GET ${REPO}/actions/secrets/*`, ([name = '']) => (now.secrets.has(name) ? [200, { name }] : [404])],
    [`DELETE ${REPO}/actions/secrets/*`, ([name = '']) => gone(now.secrets.delete(name))],
    [`GET ${ORG}/actions/secrets/*`, ([name = '']) => [200, { visibility: name === 'WIDE' ? 'all' : 'selected' }]],
    [`GET ${ORG}/actions/secrets/*/repositories`, () => [200, { repositories: now.reach.map((id) => ({ id })) }]],
    [
      `PUT ${ORG}/actions/secrets/*/repositories`,
      (_, { selected_repository_ids: ids }) => {
        now.reach = Array.isArray(ids) ? ids.map(Number) : [];
        return [204];
      },
    ],
    [`GET ${ORG}/rulesets`, () => [200, [...now.rulesets].map(([id, { name = null }]) => ({ id, name }))]],
    [`GET ${ORG}/rulesets/*`, ([id]) => [200, now.rulesets.get(Number(id)) ?? null]],
    [
      `POST ${ORG}/rulesets`,
      (_, body) => {
        if ([...now.rulesets.values()].some(({ name }) => name === body.name)) return [422];
        now.rulesets.set(101, body);
        return [201, body];
      },
    ],
    [`DELETE ${ORG}/rulesets/*`, ([id]) => gone(now.rulesets.delete(Number(id)))],
    [
      `GET ${REPO}/commits/*/status`,
      () => [200, { statuses: [...now.statuses].map(([context, state]) => ({ context, state })) }],
    ],
    [
      `POST ${REPO}/statuses/${REVISION}`,
      (_, { context, state = null }) => {
        now.statuses.set(String(context), state);
        return [201, {}];
      },
    ],
    [
      `GET ${REPO}/git/ref/heads%2Ffix%2Fone`,
      () => (now.refs.has('heads/fix/one') ? [200, { object: { sha: now.refs.get('heads/fix/one') ?? null } }] : [404]),
    ],
    [`DELETE ${REPO}/git/refs/heads%2Ffix%2Fone`, () => [now.refs.delete('heads/fix/one') ? 204 : 422]],
    [
      `PATCH ${REPO}/git/refs/heads%2Ffix%2Fone`,
      (_, { sha, force }) => {
        if (force !== true) return [422];
        now.refs.set('heads/fix/one', String(sha));
        return [200, {}];
      },
    ],
    [
      `POST ${REPO}/git/refs`,
      (_, { ref, sha }) => {
        now.refs.set(String(ref).replace('refs/', ''), String(sha));
        return [201, {}];
      },
    ],
    [`GET ${REPO}/actions/runs/42/artifacts`, () => [200, { artifacts: [...now.artifacts].map((id) => ({ id })) }]],
    [`DELETE ${REPO}/actions/artifacts/*`, ([id]) => gone(now.artifacts.delete(Number(id)))],
    [
      `GET ${REPO}/actions/caches`,
      (_parts, _body, query) => [
        200,
        { actions_caches: query.get('ref') === 'refs/heads/fix/one' ? [...now.caches].map((id) => ({ id })) : [] },
      ],
    ],
    [`DELETE ${REPO}/actions/caches/*`, ([id]) => gone(now.caches.delete(Number(id)))],
    [`GET ${REPO}/actions/runs/42/logs`, () => [now.logs ? 302 : 404]],
    [
      `DELETE ${REPO}/actions/runs/42/logs`,
      () => {
        now.logs = false;
        return [204];
      },
    ],
    [`GET ${ORG}`, () => [200, now.creation]],
    [
      `PATCH ${ORG}`,
      (_, body) => {
        Object.assign(now.creation, body);
        return [200, now.creation];
      },
    ],
    [
      `GET ${ORG}/credential-authorizations`,
      (_parts, _body, query) => [
        200,
        query.get('login') === 'mara'
          ? [...now.sso].map(([credential_id, credential_type]) => ({ credential_id, credential_type }))
          : [],
      ],
    ],
    [`DELETE ${ORG}/credential-authorizations/*`, ([id]) => gone(now.sso.delete(Number(id)))],
  ]);
}

function runners(now: World['now']): readonly Json[] {
  return [...now.runners].map(([id, labels]) => ({
    id: Number(id),
    name: 'build-1',
    status: 'online',
    busy: true,
    labels: [{ name: 'self-hosted', type: 'read-only' }, ...labels.map((name) => ({ name, type: 'custom' }))],
  }));
}

// What of a GitHub our actions change.
// In memory and without a network: how requests travel is tested with `github-server.ts`.
import type { Api, ApiRequest, ApiResponse } from '../../../../services/core/action.ts';
import { PipewardenError } from '../../../../services/core/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../../services/core/json.ts';
import { publicKey } from './public-key.ts';
import { callsOf } from './world-calls.ts';

export const REVISION = 'ab'.repeat(20);

export interface World {
  readonly api: Api;
  /** Everything that a call can change; tests compare it whole. */
  readonly now: ReturnType<typeof beginning>;
  /** What is answered in place of the next requests that change something. */
  answer: number | undefined;
  readonly requests: string[];
}

function beginning() {
  return {
    run: 'in_progress',
    waiting: [11, 12],
    enabled: true,
    allowed: 'all',
    pinned: true,
    patterns: ['acme/*', '!evil/one@*'],
    rights: { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true },
    runners: new Map([['5', ['linux-big', 'deploy']]]),
    grants: [{ id: 91, token_id: 7001, repository_selection: 'all' }],
    keys: new Map([[31, publicKey()]]),
    hooks: new Map([
      [51, { host: 'sink.example', active: true }],
      [52, { host: 'sink.example', active: false }],
      [53, { host: 'ours.example', active: true }],
    ]),
    blocked: new Set<string>(),
    members: new Map([['mara', 'admin']]),
    secrets: new Set(['NPM_TOKEN']),
    reach: [1, 2, 3],
    rulesets: new Map<number, JsonObject>(),
    statuses: new Map<string, Json>(),
    refs: new Map([['heads/fix/one', REVISION]]),
    artifacts: new Set([61, 62]),
    caches: new Set([71]),
    logs: true,
    sso: new Map([
      [81, 'personal access token'],
      [82, 'SSH key'],
    ]),
    home: { visibility: 'public', archived: false },
    limits: new Set<string>(),
    groupOf: new Set([1296, 1297]),
    everywhere: { on: 'selected', allowed: 'selected', ids: [1296, 1297], patterns: ['acme/*'] },
    creation: {
      members_can_create_repositories: true,
      members_can_create_public_repositories: false,
      members_can_create_private_repositories: true,
    },
  };
}

export function createWorld(): World {
  const now = beginning();
  const calls = callsOf(now);
  const world: World = {
    now,
    answer: undefined,
    requests: [],
    async api(request) {
      const { method, path } = request;
      world.requests.push(`${method} ${path}`);
      if (world.answer !== undefined && method !== 'GET') return refused(request, world.answer);
      const [route = '', query] = path.split('?');
      for (const [pattern, call] of calls) {
        const [verb = '', where = ''] = pattern.split(' ');
        const found = verb === method && new RegExp(`^${where.replaceAll('*', '([^/]+)')}$`).exec(route);
        if (!found) continue;
        const parts = found.slice(1).map(decodeURIComponent);
        const [status, body = null] = call(
          parts,
          isObject(request.body) ? request.body : {},
          new URLSearchParams(query),
        );
        return { status, body };
      }
      return { status: 404, body: { message: 'Not Found' } };
    },
  };
  return world;
}

/** As `http-api.ts` has it. */
function refused({ method, path }: ApiRequest, status: number): ApiResponse {
  if (status === 429 || status >= 500) throw new PipewardenError('API_BUSY', { method, path, status });
  if (status === 401 || status === 403)
    throw new PipewardenError('API_REFUSED', { method, path, status, problem: 'no' });
  return { status, body: null };
}

// A small GitLab, with the answers that https://docs.gitlab.com/api/ has for the calls that our actions make.
import { gitlab as system } from '../../services/responder/systems/gitlab.ts';
import { type ApiServer, change, type Rule, startApi, stored, TOKEN } from './api-server.ts';
import { RULES } from './gitlab-rules.ts';

export const PROJECT = '/projects/acme%2Fweb%2Fshop';
/** What a runner can be registered with next: in nothing that is kept. */
export const NEW_TOKEN = ['registration', 'canary'].join('-');

const STOPPING: readonly Rule[] = [
  [
    'POST',
    /^(\/projects\/[^/]+\/(pipelines|jobs)\/\d+)\/cancel$/,
    (gitlab, { parts: [path = '', kind] }) => {
      if (!gitlab.state.has(path)) return { status: 404 };
      const running = stored(gitlab, path).status === 'running';
      if (running) change(gitlab, path, { status: 'canceled' }, `canceled ${path}`);
      return { status: kind === 'jobs' ? 201 : 200, body: stored(gitlab, path) };
    },
  ],
  [
    'PUT',
    /^\/runners\/\d+$/,
    (gitlab, { path, body }) => {
      if (!gitlab.state.has(path)) return { status: 404 };
      change(gitlab, path, { paused: body.paused === true }, `${path} paused: ${body.paused}`);
      return { status: 200, body: stored(gitlab, path) };
    },
  ],
  [
    'POST',
    /^(\/users\/\d+)\/(block|unblock)$/,
    (gitlab, { parts: [path = '', verb] }) => {
      if (!gitlab.state.has(path)) return { status: 404 };
      change(gitlab, path, { state: verb === 'block' ? 'blocked' : 'active' }, `${verb} ${path}`);
      return { status: 201, body: true };
    },
  ],
];

const ERASING: readonly Rule[] = [
  [
    'POST',
    /^(\/projects\/[^/]+\/jobs\/\d+)\/erase$/,
    (gitlab, { parts: [path = ''] }) => {
      if (!gitlab.state.has(path)) return { status: 404 };
      if (stored(gitlab, path).erased_at)
        return { status: 403, body: { message: '403 Forbidden - Job is not erasable!' } };
      change(gitlab, path, { erased_at: '2026-03-01T10:00:00.000Z' }, `erased ${path}`);
      return { status: 201, body: stored(gitlab, path) };
    },
  ],
  [
    'POST',
    /^((?:\/(?:projects|groups)\/[^/]+)?\/runners)\/reset_registration_token$/,
    (gitlab, { parts: [path = ''] }) => {
      change(gitlab, `${path}/old_token`, { refused: true }, `reset ${path}`);
      return { status: 201, body: { token: NEW_TOKEN, token_expires_at: null } };
    },
  ],
];

export async function startGitlab(): Promise<ApiServer> {
  const gitlab = await startApi({
    rules: [...STOPPING, ...ERASING, ...RULES],
    base: '/api/v4',
    isSignedIn: (headers) => headers['private-token'] === TOKEN,
    connect: (url, tools) => system.connect({ url, token: '' }, tools),
  });
  gitlab.state.set(`${PROJECT}/pipelines/42`, { id: 42, status: 'running' });
  gitlab.state.set(`${PROJECT}/pipelines/42/jobs`, [{ name: 'build' }, { name: 'deploy <b>' }]);
  gitlab.state.set(`${PROJECT}/jobs/99`, { id: 99, status: 'running' });
  gitlab.state.set('/runners/5', { id: 5, paused: false, runner_type: 'project_type', projects: [{ id: 1 }] });
  gitlab.state.set('/runners/5/jobs', [{ name: 'build' }]);
  gitlab.state.set(PROJECT, { id: 12, default_branch: 'main', archived: false });
  gitlab.state.set(`${PROJECT}/job_token_scope`, { inbound_enabled: false });
  gitlab.state.set(`${PROJECT}/job_token_scope/allowlist`, [{ id: 12 }, { id: 13 }]);
  gitlab.state.set('/personal_access_tokens/31', { id: 31, revoked: false });
  gitlab.state.set('/projects/12/access_tokens/32', { id: 32, revoked: false });
  gitlab.state.set(`${PROJECT}/deploy_keys`, [
    { id: 1, title: 'mirror' },
    { id: 2, title: 'release / prod' },
  ]);
  gitlab.state.set(`${PROJECT}/deploy_tokens`, [
    { id: 3, name: 'pull', revoked: true },
    { id: 4, name: 'pull', revoked: false },
  ]);
  gitlab.state.set(`${PROJECT}/variables`, [
    { key: 'DEPLOY_KEY', value: TOKEN, environment_scope: '*' },
    { key: 'DEPLOY_KEY', value: TOKEN, environment_scope: 'review/*' },
    { key: 'REGION', value: 'eu', environment_scope: '*' },
  ]);
  gitlab.state.set(`${PROJECT}/freeze_periods`, [{ id: 9, freeze_start: '0 23 * * 5', freeze_end: '0 8 * * 1' }]);
  gitlab.state.set(`${PROJECT}/protected_branches`, [
    {
      id: 1,
      name: 'main',
      push_access_levels: [{ id: 11, access_level: 40, user_id: null, group_id: null }],
      merge_access_levels: [{ id: 21, access_level: 30 }],
      allow_force_push: false,
      code_owner_approval_required: false,
    },
    { id: 2, name: 'stable-*', push_access_levels: [{ access_level: 40 }], merge_access_levels: [] },
  ]);
  gitlab.state.set(`${PROJECT}/jobs/98`, { id: 98, status: 'success', erased_at: null });
  gitlab.state.set('/groups/acme', { id: 8, full_path: 'acme', runners_token: TOKEN });
  gitlab.state.set('/runners/6', { id: 6, runner_type: 'group_type', groups: [{ id: 81, name: 'web' }] });
  gitlab.state.set('/runners/7', { id: 7, runner_type: 'instance_type', groups: [] });
  gitlab.state.set(`${PROJECT}/triggers`, [
    { id: 42, token: TOKEN },
    { id: 41, token: 'cana' },
  ]);
  gitlab.state.set('/users/7', { id: 7, state: 'active', is_admin: true });
  return gitlab;
}

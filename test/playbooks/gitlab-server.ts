// A small GitLab, with the answers that https://docs.gitlab.com/api/ has for the calls that our actions make.
import { gitlab as system } from '../../services/responder/systems/gitlab.ts';
import { type ApiServer, change, type Rule, startApi, stored, TOKEN } from './api-server.ts';

export const PROJECT = '/projects/acme%2Fweb%2Fshop';

const RULES: readonly Rule[] = [
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

export async function startGitlab(): Promise<ApiServer> {
  const gitlab = await startApi({
    rules: RULES,
    base: '/api/v4',
    isSignedIn: (headers) => headers['private-token'] === TOKEN,
    connect: (url, tools) => system.connect({ url, token: '' }, tools),
  });
  gitlab.state.set(`${PROJECT}/pipelines/42`, { id: 42, status: 'running' });
  gitlab.state.set(`${PROJECT}/pipelines/42/jobs`, [{ name: 'build' }, { name: 'deploy <b>' }]);
  gitlab.state.set(`${PROJECT}/jobs/99`, { id: 99, status: 'running' });
  gitlab.state.set('/runners/5', { id: 5, paused: false, runner_type: 'project_type', projects: [{ id: 1 }] });
  gitlab.state.set('/runners/5/jobs', [{ name: 'build' }]);
  gitlab.state.set('/users/7', { id: 7, state: 'active', is_admin: true });
  return gitlab;
}

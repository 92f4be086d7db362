// A small CircleCI, with the answers that https://circleci.com/docs/api/v2/ has for the calls that our actions make.
import { circleci as system } from '../../services/responder/systems/circleci.ts';
import { type ApiServer, change, type Rule, startApi, stored, TOKEN } from './api-server.ts';

export const WORKFLOW = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
export const PROJECT = '/v2/project/gh/acme/shop';
export const FINGERPRINT = `SHA256:${'ab+/'.repeat(10)}abc`;

const RULES: readonly Rule[] = [
  [
    'POST',
    /^(\/v2\/(?:workflow\/[0-9a-f-]+|project\/[^/]+\/[^/]+\/[^/]+\/job\/\d+))\/cancel$/,
    (circleci, { parts: [path = ''] }) => {
      if (!circleci.state.has(path)) return { status: 404 };
      const running = stored(circleci, path).status === 'running';
      if (running) change(circleci, path, { status: 'canceled' }, `canceled ${path}`);
      return { status: path.includes('/job/') ? 200 : 202, body: { message: 'Accepted.' } };
    },
  ],
  [
    'DELETE',
    /^\/v2\/project\/[^/]+\/[^/]+\/[^/]+\/(?:envvar|checkout-key)\/[^/]+$/,
    (circleci, { path }) => {
      if (!circleci.state.delete(path)) return { status: 404 };
      circleci.effects.push(`deleted ${path}`);
      return { status: 200, body: { message: 'Deleted.' } };
    },
  ],
];

export async function startCircleci(): Promise<ApiServer> {
  const circleci = await startApi({
    rules: RULES,
    base: '/api',
    isSignedIn: (headers) => headers['circle-token'] === TOKEN,
    connect: (url, tools) => system.connect({ url, token: '' }, tools),
  });
  circleci.state.set(`/v2/workflow/${WORKFLOW}`, { status: 'running' });
  circleci.state.set(`/v2/workflow/${WORKFLOW}/job`, {
    items: [
      { name: 'build', status: 'success' },
      { name: 'deploy', status: 'running' },
    ],
  });
  circleci.state.set(PROJECT, { slug: 'gh/acme/shop' });
  circleci.state.set(`${PROJECT}/job/99`, { number: 99, status: 'running' });
  circleci.state.set(`${PROJECT}/envvar/DEPLOY_KEY`, { name: 'DEPLOY_KEY', value: 'xxxx1234' });
  circleci.state.set(`${PROJECT}/checkout-key/${encodeURIComponent(FINGERPRINT)}`, { type: 'deploy-key' });
  return circleci;
}

// A small CircleCI, with the answers that https://circleci.com/docs/api/v2/ has for the calls that our actions make.

import { isObject } from '../../services/core/json.ts';
import { circleci as system } from '../../services/responder/systems/circleci.ts';
import { type Answer, type ApiServer, change, type Rule, startApi, stored, TOKEN } from './api-server.ts';

export const WORKFLOW = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
export const PROJECT = '/v2/project/gh/acme/shop';
export const FINGERPRINT = `SHA256:${'ab+/'.repeat(10)}abc`;

export const CONTEXT = '11111111-4b5a-6978-8796-a5b4c3d2e1f0';
export const SCHEDULES = ['22222222-4b5a-6978-8796-a5b4c3d2e1f0', '33333333-4b5a-6978-8796-a5b4c3d2e1f0'] as const;
const ORGANIZATION = '44444444-4b5a-6978-8796-a5b4c3d2e1f0';

const RULES: readonly Rule[] = [
  [
    'GET',
    /^\/v2\/context$/,
    (_circleci, { query }) => {
      const asked = new URLSearchParams(query);
      if (asked.get('owner-id') !== ORGANIZATION) return { status: 404 };
      return asked.get('page-token') === 'next'
        ? { status: 200, body: { items: [{ id: CONTEXT, name: 'release' }], next_page_token: null } }
        : { status: 200, body: { items: [{ id: WORKFLOW, name: 'other' }], next_page_token: 'next' } };
    },
  ],
  [
    'DELETE',
    /^(\/v2\/context\/[0-9a-f-]+\/environment-variable)\/(\w+)$/,
    (circleci, { parts: [path = '', name] }) => without(circleci, path, 'variable', name),
  ],
  [
    'DELETE',
    /^\/v2\/schedule\/([0-9a-f-]+)$/,
    (circleci, { parts: [id] }) => without(circleci, `${PROJECT}/schedule`, 'id', id),
  ],
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

/** Takes one out of a list. */
function without(circleci: ApiServer, path: string, field: string, value: string | undefined): Answer {
  const { items } = stored(circleci, path);
  const all: readonly unknown[] = Array.isArray(items) ? items : [];
  const kept = all.filter((one) => !isObject(one) || one[field] !== value);
  if (kept.length === all.length) return { status: 404 };
  change(circleci, path, { items: kept }, `deleted ${value}`);
  return { status: 200, body: { message: 'Deleted.' } };
}

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
  circleci.state.set('/v2/me/collaborations', [
    { id: ORGANIZATION, name: 'acme', slug: 'gh/acme' },
    { id: WORKFLOW, name: 'mara', slug: 'gh/mara' },
    { id: WORKFLOW, name: 'mara', slug: 'bb/mara' },
  ]);
  circleci.state.set(`/v2/context/${CONTEXT}/environment-variable`, {
    items: [{ variable: 'DEPLOY_KEY' }, { variable: 'REGION' }],
    next_page_token: null,
  });
  circleci.state.set(`${PROJECT}/schedule`, {
    items: SCHEDULES.map((id) => ({ id, name: 'nightly' })),
    next_page_token: null,
  });
  return circleci;
}

// Every request that an action makes of GitHub, reading, changing and undoing, checked by GitHub's own description.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import type { Api, ApiRequest } from '../../services/core/action.ts';
import { github } from '../../services/responder/systems/github.ts';
import { connectTools } from '../helpers/connect-tools.ts';
import { acting } from '../playbooks/actions/acting.ts';
import { AIMS } from '../playbooks/actions/github/aims.ts';
import { createWorld } from '../playbooks/actions/github/world.ts';
import { type PrismServer, startPrism } from './prism-server.ts';

let prism: PrismServer;
let api: Api;

beforeAll(async () => {
  prism = await startPrism();
  const surroundings = connectTools('canary');
  api = github.connect({ url: prism.url, token: '' }, surroundings);
}, 300_000);
afterAll(async () => {
  await prism?.stop();
});

const { signal } = new AbortController();
const common = { system: 'github', organization: 'acme', repository: 'acme/shop' } as const;
const definition = '.github/workflows/ci.yml';
/** Those whose state the world of `github-server.ts` keeps: nothing in their requests is known from it alone. */
const BLIND = [
  { id: 'github.cancel-run', target: { ...common, type: 'run', id: 'acme/shop/42' } },
  { id: 'github.disable-workflow', target: { ...common, type: 'pipeline', id: `acme/shop:${definition}`, definition } },
  { id: 'github.freeze-branch', target: { ...common, type: 'repository', id: 'acme/shop' } },
] as const;

/** It sends nothing; these are its reads. */
const KEEP = {
  id: 'github.keep-run',
  target: { ...common, type: 'run', id: 'acme/shop/42' },
} as const;

/** What it sends on its way there and back. */
async function requestsOf({ id, target }: (typeof AIMS)[number]): Promise<readonly ApiRequest[]> {
  const made: ApiRequest[] = [];
  const world = createWorld();
  const act = acting(id, async (request, until) => {
    made.push(request);
    return await world.api(request, until);
  });
  const plan = await act.plan(target);
  await act.send(plan);
  await act.undo(target, plan);
  return made;
}

test('no action asks for what GitHub does not describe', async () => {
  expect([...AIMS, ...BLIND, KEEP].map(({ id }) => id).sort()).toEqual(
    [...ACTIONS.keys()].filter((id) => id.startsWith('github.')).sort(),
  );
  for (const aim of AIMS) {
    for (const request of await requestsOf(aim)) await api(request, signal).catch(() => undefined);
  }
  for (const { id, target } of BLIND) {
    for (const { accepts: _, ...request } of acting(id, api).blind(target).requests) await api(request, signal);
  }
  for (const { request } of ACTIONS.get(KEEP.id)?.evidence?.(KEEP.target) ?? []) {
    await api(request, signal).catch(() => undefined);
  }
  const wrong = prism.judged.filter(
    ({ status, violations }) => violations.length > 0 || [404, 405, 415, 422].includes(status) || status >= 500,
  );
  expect(wrong).toEqual([]);
  expect(prism.judged.length).toBeGreaterThan(2 * AIMS.length);
}, 120_000);

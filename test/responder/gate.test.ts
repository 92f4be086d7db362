// The question before a deployment.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Incident } from '../../services/core/incident.ts';
import { gateApp } from '../../services/responder/gate-app.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';
import { attack, openSite, type Site } from './support.ts';

const TOKEN = ['gate', 'token', 'of', 'a', 'test'].join('-');
const SHA = 'a'.repeat(40);
const POLICY = { hold_at: 'high', hold_repository_at: 'critical', when_unknown: 'allow' } as const;
let site: Site;

beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

async function know(...incidents: readonly Incident[]): Promise<void> {
  for (const incident of incidents) await site.store.put('incident', incident.id, incident, 'any');
}

async function ask(
  query: Record<string, string>,
  policy: Partial<Parameters<typeof gateApp>[0]['policy']> = {},
  store = site.store,
) {
  const app = gateApp({
    store,
    policy: { ...POLICY, ...policy },
    tokens: () => [TOKEN],
    telemetry: createTelemetry('silent'),
  });
  const response = await app.request(`/v1/gate?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  return { status: response.status, ...Object(await response.json()) };
}

const named = (own: Partial<Incident>, ...ids: readonly string[]) =>
  attack({ targets: ids.map((id) => ({ type: 'commit' as const, id })), ...own });

test('an incident of the commit, the run or the environment holds it; one of the repository only when it is critical', async () => {
  await know(
    named({ id: 'one' }, SHA, 'acme/shop'),
    named({ id: 'two' }, 'acme/shop/42'),
    named({ id: 'three' }, 'acme/shop:production'),
  );
  const repository = 'acme/shop';
  expect(await ask({ repository })).toMatchObject({ status: 200, allowed: true, incidents: [] });
  expect(await ask({ repository, sha: SHA })).toMatchObject({ allowed: false, incidents: ['one'] });
  expect(await ask({ repository, sha: SHA.toUpperCase() })).toMatchObject({ allowed: false });
  expect(await ask({ repository, run: '42' })).toMatchObject({ allowed: false, incidents: ['two'] });
  expect(await ask({ repository, environment: 'production' })).toMatchObject({ allowed: false, incidents: ['three'] });
  expect(await ask({ repository, environment: 'staging', sha: 'b'.repeat(40) })).toMatchObject({ allowed: true });
  await know(named({ id: 'four', severity: 'critical' }, 'acme/shop'));
  expect(await ask({ repository, sha: SHA })).toMatchObject({ allowed: false, incidents: ['four', 'one'] });
});

test('what is closed, lower, made up or of another repository holds nothing', async () => {
  await know(
    named({ id: 'one', status: 'closed' }, SHA),
    named({ id: 'two', severity: 'medium' }, SHA),
    named({ id: 'three', sample: true }, SHA),
    named({ id: 'four', severity: 'critical' }, 'acme/other'),
  );
  expect(await ask({ repository: 'acme/shop', sha: SHA })).toMatchObject({ allowed: true });
});

test('when it cannot know, it does as it was told, and says so', async () => {
  const broken = { ...site.store, search: () => Promise.reject(new Error('down')) };
  const question = { repository: 'acme/shop' };
  expect(await ask(question, {}, broken)).toMatchObject({ allowed: true, unknown: true });
  expect(await ask(question, { when_unknown: 'hold' }, broken)).toMatchObject({ allowed: false, unknown: true });
});

test('asked without the token or wrongly, it answers nothing', async () => {
  const app = gateApp({
    store: site.store,
    policy: POLICY,
    tokens: () => [TOKEN],
    telemetry: createTelemetry('silent'),
  });
  expect((await app.request('/v1/gate?repository=acme/shop')).status).toBe(401);
  const headers = { authorization: `Bearer ${TOKEN}x` };
  expect((await app.request('/v1/gate?repository=acme/shop', { headers })).status).toBe(401);
  expect(await ask({})).toMatchObject({ status: 400 });
  expect(await ask({ repository: 'acme/shop', sha: 'main' })).toMatchObject({ status: 400 });
  expect(await ask({ repository: 'acme/shop', other: 'x' })).toMatchObject({ status: 400 });
});

// The responder as its users meet it: incidents go in, and the run documents, the system and the audit trail show what
// was or would be done.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../playbooks/actions/index.ts';
import { readChain, verifyChain } from '../../services/responder/audit-verify.ts';
import { type GithubServer, startGithub, TOKEN } from '../playbooks/github-server.ts';
import { attack, attackOnDefinition, FREEZE, openSite, type Site, statuses, trail } from './support.ts';

let site: Site;
let github: GithubServer;

beforeEach(async () => {
  site = await openSite();
  github = await startGithub();
  github.runs.set('acme/shop/42', { status: 'in_progress', conclusion: null });
  github.workflows.set('acme/shop/ci.yml', 'active');
});
afterEach(async () => {
  await site.close();
  await github.close();
});

async function chainLength(): Promise<number> {
  const check = await verifyChain(readChain(site.log));
  expect(check).toMatchObject({ ok: true });
  return check.entries;
}

describe('dry, as it is after installing', () => {
  test('an incident shows the exact requests, and nothing is sent', async () => {
    const responder = await site.start('dry');
    await site.say(attackOnDefinition());
    await responder.idle();

    const { 'incident-1': run } = await site.runs();
    expect(run).toMatchObject({
      playbooks: ['contain-run', 'freeze-branch'],
      mode: 'dry',
      status: 'done',
      unexported: 0,
    });
    expect(run?.steps.map(({ playbook, status, plan }) => [playbook, status, plan?.requests])).toMatchObject([
      ['contain-run', 'planned', [{ method: 'POST', path: '/repos/acme/shop/actions/runs/42/cancel' }]],
      ['contain-run', 'planned', [{ method: 'PUT', path: '/repos/acme/shop/actions/workflows/ci.yml/disable' }]],
      ['freeze-branch', 'planned', [{ method: 'POST', path: '/repos/acme/shop/rulesets' }]],
    ]);
    expect(trail(run)).toEqual([
      'playbook-run.created',
      'action.planned',
      'action.planned',
      'action.planned',
      'playbook-run.finished',
    ]);
    expect(await chainLength()).toBe(5);
    expect(github.requests).toEqual([]);
  });

  test('with a credential it reads the state, and only reads', async () => {
    github.workflows.set('acme/shop/ci.yml', 'disabled_manually');
    const responder = await site.start('dry', github.api);
    await site.say(attack());
    await responder.idle();
    const { 'incident-1': contain } = await site.runs();
    expect(statuses(contain)).toEqual(['github.cancel-run planned', 'github.disable-workflow skipped']);
    expect(github.requests.every((line) => line.startsWith('GET '))).toBe(true);
  });

  test('the same incident told twice is answered once', async () => {
    const responder = await site.start('dry');
    await site.say(attack(), attack());
    await responder.idle();
    await site.say(attack({ revision: 2 }));
    await responder.idle();
    const { 'incident-1': contain } = await site.runs();
    expect(contain?.steps).toHaveLength(2);
    expect(await chainLength()).toBe(4);
  });

  test('an incident that grows adds its new targets, also to a run that was done', async () => {
    const responder = await site.start('dry');
    await site.say(attack());
    await responder.idle();
    await site.say(attack({ revision: 2, entities: [...attack().entities, { type: 'run', id: 'acme/shop/43' }] }));
    await responder.idle();
    const { 'incident-1': contain } = await site.runs();
    expect(contain?.steps.map(({ target, status }) => `${target.id} ${status}`)).toEqual([
      'acme/shop/42 planned',
      'acme/shop:.github/workflows/ci.yml planned',
      'acme/shop/43 planned',
    ]);
    expect(trail(contain)).toContain('playbook-run.extended');
  });

  test('an id that was made to mislead is refused, and the rest is shown', async () => {
    const responder = await site.start('dry');
    await site.say(attack({ entities: [...attack().entities, { type: 'run', id: 'acme/shop/42%2f..' }] }));
    await responder.idle();
    const { 'incident-1': contain } = await site.runs();
    expect(contain).toMatchObject({ status: 'failed' });
    expect(contain?.steps[1]?.problem).toBe(
      'github.cancel-run cannot be aimed at run acme/shop/42%2f..: a run of GitHub Actions has a number',
    );
    expect(statuses(contain)?.[2]).toBe('github.disable-workflow planned');
  });
});

describe('in mode act', () => {
  test('a run is cancelled, its workflow disabled, both are read back, and every deed is in the chain', async () => {
    const responder = await site.start('act', github.api);
    await site.say(attack());
    await responder.idle();

    const { 'incident-1': contain } = await site.runs();
    expect(contain).toMatchObject({ mode: 'act', status: 'done' });
    expect(statuses(contain)).toEqual(['github.cancel-run verified', 'github.disable-workflow verified']);
    expect(github.effects).toEqual(['cancelled acme/shop/42', 'disabled acme/shop/ci.yml']);
    expect(trail(contain)?.slice(1, 5)).toEqual([
      'action.planned',
      'action.attempted',
      'action.executed',
      'action.verified',
    ]);
    expect(await chainLength()).toBe(contain?.audit.length);
    expect(JSON.stringify(contain)).not.toContain(TOKEN);
  });

  test('a step that somebody has to agree to waits, its blast radius shown', async () => {
    const responder = await site.start('act', github.api);
    await site.say(attackOnDefinition());
    await responder.idle();
    const { 'incident-1': run } = await site.runs();
    expect(run).toMatchObject({ status: 'waiting', steps: [{}, {}, { status: 'waiting', approval: { people: 1 } }] });
    expect(run?.steps[2]?.plan?.blast_radius[0]).toMatch(/^Nobody, administrators and apps included, can push/);
    expect(github.effects).not.toContain('froze acme/shop');
  });

  test('a step that waits is done when the incident has become what lets it be done unasked', async () => {
    const steps = [
      ...FREEZE.steps.map((step) => ({ ...step, when: { severity: 'critical' as const }, approval: null })),
      ...FREEZE.steps,
    ];
    const responder = await site.start('act', github.api, ACTIONS, [{ ...FREEZE, steps }]);
    await site.say(attackOnDefinition());
    await responder.idle();
    expect(statuses((await site.runs())['incident-1'])).toEqual(['github.freeze-branch waiting']);
    await site.say(attackOnDefinition({ severity: 'critical', revision: 3 }));
    await responder.idle();
    expect(statuses((await site.runs())['incident-1'])).toEqual(['github.freeze-branch verified']);
    expect(trail((await site.runs())['incident-1'])).toContain('action.released');
  });

  test('an incident that is closed cancels what has not begun', async () => {
    const responder = await site.start('act', github.api);
    await site.say(attackOnDefinition());
    await responder.idle();
    await site.say(attackOnDefinition({ status: 'closed', revision: 3 }));
    await responder.idle();
    const { 'incident-1': run } = await site.runs();
    expect(run).toMatchObject({ status: 'done', unexported: 0 });
    expect(statuses(run)).toEqual([
      'github.cancel-run verified',
      'github.disable-workflow verified',
      'github.freeze-branch skipped',
    ]);
    expect(run?.steps[2]?.problem).toBe('the incident was closed');
  });

  test('an incident that is opened and closed before it is looked at is left alone', async () => {
    await site.say(attack(), attack({ status: 'merged', merged_into: 'incident-0', revision: 2 }));
    const responder = await site.start('act', github.api);
    await responder.idle();
    expect(await site.runs()).toEqual({});
    expect(github.requests).toEqual([]);
  });

  test('a sample is never acted on, nor is anything without a credential', async () => {
    const responder = await site.start('act', github.api);
    await site.say(attack({ sample: true }));
    await responder.idle();
    expect((await site.runs())['incident-1']).toMatchObject({ mode: 'dry', sample: true });

    await responder.close();
    const without = await site.start('act');
    await site.say(attack({ id: 'incident-2' }));
    await without.idle();
    const { documents } = await site.store.search('run', { where: [{ field: 'incident', is: 'incident-2' }] });
    expect(documents[0]?.body).toMatchObject({ status: 'done', steps: [{ status: 'planned' }, { status: 'planned' }] });
    expect(github.effects).toEqual([]);
  });

  test('a step that is refused fails and says why; the next one is done all the same', async () => {
    github.before = (line) =>
      line.endsWith('/cancel') ? { status: 403, body: { message: `no right, ${TOKEN}` } } : undefined;
    const responder = await site.start('act', github.api);
    await site.say(attack());
    await responder.idle();
    const { 'incident-1': contain } = await site.runs();
    expect(contain).toMatchObject({ status: 'failed' });
    expect(contain?.steps[0]?.problem).toBe(
      'POST /repos/acme/shop/actions/runs/42/cancel answered 403: no right, [token]',
    );
    expect(statuses(contain)).toEqual(['github.cancel-run failed', 'github.disable-workflow verified']);
  });

  test('a system that is busy is asked again', async () => {
    let busy = 1;
    github.before = (line) => (line.endsWith('/cancel') && busy-- > 0 ? { status: 503 } : undefined);
    const responder = await site.start('act', github.api);
    await site.say(attack());
    await responder.idle();
    const { 'incident-1': contain } = await site.runs();
    expect(contain).toMatchObject({ status: 'done' });
    expect(trail(contain)).toContain('action.delayed');
    expect(github.effects).toEqual(['disabled acme/shop/ci.yml', 'cancelled acme/shop/42']);
  });
});

test('two responders share the work without doing it twice', async () => {
  const first = await site.start('act', github.api);
  const second = await site.start('act', github.api);
  const incidents = Array.from({ length: 6 }, (_, index) => {
    const entities = [
      { type: 'run', id: `acme/shop/${index + 100}` } as const,
      { type: 'pipeline', id: `acme/shop:.github/workflows/w${index}.yml` } as const,
    ];
    github.runs.set(`acme/shop/${index + 100}`, { status: 'queued', conclusion: null });
    github.workflows.set(`acme/shop/w${index}.yml`, 'active');
    return attack({ id: `incident-${index}`, entities });
  });
  await site.say(...incidents, ...incidents);
  await Promise.all([first.idle(), second.idle()]);
  expect(github.effects.toSorted()).toEqual([
    ...incidents.map((_, index) => `cancelled acme/shop/${index + 100}`),
    ...incidents.map((_, index) => `disabled acme/shop/w${index}.yml`),
  ]);
  expect(await chainLength()).toBe(6 * 10);
});

// The GitHub actions against a GitHub that keeps state: planned, sent twice, undone, refused.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Target } from '../../../../services/core/action.ts';
import { canonicalJson } from '../../../../services/core/json.ts';
import { acting, codeOf } from '../acting.ts';
import { AIMS } from './aims.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(() => {
  world = createWorld();
});

const act = (id: string) => acting(id, world.api);
const snapshot = () => structuredClone(world.now);
function targetOf(id: string): Target {
  const found = AIMS.find((aim) => aim.id === id);
  if (!found) throw new Error(`no aim for ${id}`);
  return found.target;
}

describe.each(AIMS)('$id', ({ id, target, sends }) => {
  test('leads to a state that holds, sent twice to the same, and back where it can be undone', async () => {
    const before = snapshot();
    const { action, plan: planned, send, holds, undo, state } = act(id);
    const plan = await planned(target);
    expect(plan.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(sends);
    expect(world.now).toEqual(before);

    await send(plan);
    const after = snapshot();
    expect(after).not.toEqual(before);
    expect(await holds(target)).toBe(true);
    expect(await planned(target)).toMatchObject({ requests: [] });
    // A system that refuses what is there already leaves it as it is: the engine looks, and finds that it holds.
    await send(plan).catch(() => undefined);
    expect(world.now).toEqual(after);

    expect(action.undo !== undefined).toBe(action.reversible);
    if (!action.reversible) return;
    expect(await undo(target, plan)).toBeGreaterThan(0);
    expect(canonicalJson(await state(target))).toBe(canonicalJson(plan.before));
  });

  test('is shown without a credential, and asks nothing for that', () => {
    const plan = act(id).blind(target);
    expect(plan.requests.length).toBeGreaterThan(0);
    expect(plan.requests.every(({ path }) => path.startsWith('/'))).toBe(true);
    expect(world.requests).toEqual([]);
  });

  test('says what became of a call that is not taken', async () => {
    const plan = await act(id).plan(target);
    const before = snapshot();
    for (const [status, code] of [
      [401, 'API_REFUSED operator'],
      [403, 'API_REFUSED operator'],
      [422, 'API_REFUSED operator'],
      [429, 'API_BUSY retry'],
      [500, 'API_BUSY retry'],
    ] as const) {
      world.answer = status;
      expect(await codeOf(act(id).send(plan))).toBe(code);
    }
    expect(world.now).toEqual(before);
  });

  test('refuses names that were made to mislead', async () => {
    const bad: readonly Partial<Target>[] = [
      { repository: 'acme/..', organization: '..', id: '../x' },
      { repository: 'acme/shop/../../orgs', organization: 'a/b', id: 'x?y=1' },
      { repository: 'acme/sh%2Fop', organization: 'a%2Fb', id: 'a\nb' },
    ];
    for (const part of bad) expect(await codeOf(act(id).plan({ ...target, ...part }))).toBe('TARGET_INVALID give-up');
    expect(world.requests).toEqual([]);
  });
});

test.each([
  ['github.block-user', { account: 'dependabot[bot]' }],
  ['github.remove-member', { account: 'mara/../../x' }],
  ['github.revoke-token-access', { credential_number: '7001]' }],
  ['github.revoke-token-access', { credential_type: 'OAuth access token' }],
  ['github.revoke-sso-token', { credential_type: 'OAuth access token' }],
  ['github.revoke-sso-token', { credential_type: 'Fine-grained personal access token' }],
  ['github.revoke-sso-token', { account: 'reed[bot]' }],
  ['github.cut-runner-group', { runner_group: 'a\nb' }],
  ['github.cut-runner-group', { runner_group: 'GitHub Actions' }],
  ['github.remove-deploy-key', { id: 'github:token:7' }],
  ['github.delete-secret', { secret: '../keys/1' }],
  ['github.narrow-secret', { secret: 'A B' }],
  ['github.delete-branch', { branch: '../../actions' }],
  ['github.delete-branch', { revision: 'abc' }],
  ['github.restore-ref', { previous: '' }],
  ['github.restore-ref', { tag: '../heads/main' }],
  ['github.disable-webhooks', { webhook_host: 'a/b' }],
  ['github.fail-check', { revision: 'HEAD' }],
  ['github.delete-caches', { branch: 'a..b' }],
  ['github.quarantine-runner', { id: 'github#5' }],
  ['github.quarantine-runner', { runner_level: 'enterprise' }],
  ['github.quarantine-runner', { id: 'GitHub Actions 1000021166', runner_group: 'GitHub Actions' }],
  ['github.remove-runner', { id: 'GitHub Actions 1000021166' }],
  ['github.remove-runner', { runner_id: '5/labels' }],
  ['github.block-action', { id: 'package:left-pad' }],
  ['github.block-action', { id: 'action:evil/*' }],
] as const)('%s is nothing for %o', async (id, part) => {
  expect(await codeOf(act(id).plan({ ...targetOf(id), ...part }))).toBe('TARGET_INVALID give-up');
  expect(world.requests).toEqual([]);
});

describe('what is somebody else’s stays', () => {
  test('a list of allowed actions is kept, and only our entries are taken off it', async () => {
    const id = 'github.block-action';
    world.now.allowed = 'selected';
    const plan = await act(id).plan(targetOf(id));
    await act(id).send(plan);
    expect(world.now.patterns).toEqual(['acme/*', '!evil/one@*', '!evil/thing@*', '!evil/thing/*']);
    world.now.patterns.push('later/*');
    await act(id).undo(targetOf(id), plan);
    expect(world.now.patterns).toEqual(['acme/*', '!evil/one@*', 'later/*']);
  });

  test('a list of allowed actions is there again when GitHub Actions is', async () => {
    const id = 'github.disable-actions';
    world.now.allowed = 'selected';
    const before = snapshot();
    const plan = await act(id).plan(targetOf(id));
    await act(id).send(plan);
    expect(await act(id).undo(targetOf(id), plan)).toBe(2);
    expect(world.now).toEqual(before);
  });

  test('who may create repositories is not changed by who is not told it', async () => {
    const id = 'github.block-repo-creation';
    const blind = acting(id, async () => ({ status: 200, body: { login: 'acme' } }));
    expect(await codeOf(blind.plan(targetOf(id)))).toBe('API_REFUSED operator');
  });

  test('labels that somebody gave it meanwhile are not taken away by undoing', async () => {
    const id = 'github.quarantine-runner';
    const plan = await act(id).plan(targetOf(id));
    await act(id).send(plan);
    world.now.runners.set('5', ['theirs']);
    expect(await act(id).undo(targetOf(id), plan)).toBe(0);
  });

  test('a runner of another name is not touched, whatever its number', async () => {
    for (const id of ['github.quarantine-runner', 'github.remove-runner']) {
      const plan = await act(id).plan({ ...targetOf(id), id: 'build-2' });
      expect(plan).toMatchObject({ requests: [], already_done: expect.stringContaining('No self-hosted runner') });
    }
  });

  test('a runner of one’s own is not spared because it is called as GitHub calls its own', () => {
    const disguised = { ...targetOf('github.remove-runner'), id: 'GitHub Actions 7', runner_group: 'Default' };
    expect(act('github.remove-runner').blind(disguised).requests).toHaveLength(1);
  });

  test('a group that all repositories may use is not cut from one; one that is gone needs no cut', async () => {
    const id = 'github.cut-runner-group';
    expect(await codeOf(act(id).plan({ ...targetOf(id), runner_group: 'Default' }))).toBe('TARGET_INVALID give-up');
    const gone = await act(id).plan({ ...targetOf(id), runner_group: 'none' });
    expect(gone).toMatchObject({ requests: [], already_done: expect.stringContaining('none of that name') });
  });

  test('where single sign-on is not used, what a person has to do is said', async () => {
    const none = acting('github.revoke-sso-token', async () => ({ status: 404, body: { message: 'Not Found' } }));
    await expect(none.plan(targetOf('github.revoke-sso-token'))).rejects.toThrow(
      /no single sign-on.*ask the account to delete the token/,
    );
  });

  test('SSH keys stay when tokens are revoked, and the plan says that it is all tokens', async () => {
    const id = 'github.revoke-sso-token';
    const plan = await act(id).plan(targetOf(id));
    expect(plan.blast_radius).toEqual(expect.arrayContaining([expect.stringMatching(/^All of them/)]));
    await act(id).send(plan);
    expect([...world.now.sso.values()]).toEqual(['SSH key']);
  });

  test('a narrower limit on interactions that was there is set again', async () => {
    const id = 'github.limit-interactions';
    world.now.limits.add('existing_users');
    const plan = await act(id).plan(targetOf(id));
    await act(id).send(plan);
    await act(id).undo(targetOf(id), plan);
    expect([...world.now.limits]).toEqual(['existing_users']);
  });

  test('an organization that has GitHub Actions everywhere gets it back everywhere', async () => {
    const id = 'github.disable-organization-actions';
    world.now.everywhere = { on: 'all', allowed: 'local_only', ids: [], patterns: [] };
    const before = snapshot();
    const plan = await act(id).plan(targetOf(id));
    await act(id).send(plan);
    expect(await act(id).undo(targetOf(id), plan)).toBe(1);
    expect(world.now).toEqual(before);
  });

  test('a branch that has moved on, or is the default one, is not deleted', async () => {
    const id = 'github.delete-branch';
    const target = targetOf(id);
    expect(await codeOf(act(id).plan({ ...target, revision: 'cd'.repeat(20) }))).toBe('TARGET_INVALID give-up');
    const home = acting(id, async (request, signal) =>
      request.path === '/repos/acme/shop'
        ? { status: 200, body: { default_branch: 'fix/one' } }
        : await world.api(request, signal),
    );
    expect(await codeOf(home.plan(target))).toBe('TARGET_INVALID give-up');
  });

  test('a branch that was moved on is not moved back; a tag is named as one', async () => {
    const id = 'github.restore-ref';
    world.now.refs.set('heads/fix/one', 'ef'.repeat(20));
    expect(await codeOf(act(id).plan(targetOf(id)))).toBe('TARGET_INVALID give-up');
    const { branch: _, ...commit } = targetOf(id);
    expect(act(id).blind({ ...commit, tag: 'v1' }).requests[0]?.path).toBe('/repos/acme/shop/git/refs/tags%2Fv1');
  });

  test('a secret that all repositories have cannot be narrowed', async () => {
    const id = 'github.narrow-secret';
    expect(await codeOf(act(id).plan({ ...targetOf(id), secret: 'WIDE' }))).toBe('TARGET_INVALID give-up');
  });
});

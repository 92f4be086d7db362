// GitLab: tokens, keys and variables are taken away; deployments and branches are held, and let go.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Target } from '../../../../services/core/action.ts';
import { systemClock } from '../../../../services/core/clock.ts';
import { openSite, statuses } from '../../../responder/support.ts';
import { readRun, workerOf } from '../../../responder/workers.ts';
import { type ApiServer, TOKEN } from '../../api-server.ts';
import { NEW_TOKEN, PROJECT, startGitlab } from '../../gitlab-server.ts';
import { acting, codeOf } from '../acting.ts';
import { everyAction, refusesEvery, sentOf } from '../every.ts';
import { newRun } from '../new-run.ts';

const repository = 'acme/web/shop';
const PROJECT_TARGET: Target = { type: 'repository', id: repository, repository };
const VARIABLE: Target = { ...PROJECT_TARGET, secret: 'DEPLOY_KEY' };
const PERSONAL: Target = { type: 'credential', id: 'PersonalAccessToken/31', account: 'mara' };
const OF_PROJECT: Target = { type: 'credential', id: 'PersonalAccessToken/32', account: 'project_12_bot_0a1b2c' };
const KEY: Target = { type: 'credential', id: `DeployKey/${repository}/release / prod`, repository };
const REGISTRATION: Target = { type: 'credential', id: 'RunnerRegistrationToken/a7e1d168…', organization: 'acme' };
const DEPLOY_TOKEN: Target = { type: 'credential', id: `DeployToken/${repository}/pull`, repository };

let gitlab: ApiServer;

beforeEach(async () => {
  gitlab = await startGitlab();
});
afterEach(async () => {
  await gitlab.close();
});

const act = (id: string) => acting(id, gitlab.api);

describe('every action', () => {
  everyAction(
    [
      { id: 'gitlab.revoke-token', target: PERSONAL },
      { id: 'gitlab.revoke-token', target: OF_PROJECT },
      { id: 'gitlab.delete-deploy-key', target: KEY },
      { id: 'gitlab.delete-deploy-token', target: DEPLOY_TOKEN },
      { id: 'gitlab.reset-registration-token', target: REGISTRATION },
      { id: 'gitlab.reset-registration-token', target: { ...REGISTRATION, runner_id: '6' } },
      { id: 'gitlab.reset-registration-token', target: { ...REGISTRATION, repository } },
      { id: 'gitlab.delete-triggers', target: PROJECT_TARGET },
      { id: 'gitlab.delete-variable', target: VARIABLE },
      { id: 'gitlab.archive-project', target: PROJECT_TARGET },
      { id: 'gitlab.close-job-token-scope', target: PROJECT_TARGET },
      { id: 'gitlab.freeze-deployments', target: PROJECT_TARGET, makes: 'one more' },
      { id: 'gitlab.protect-branch', target: PROJECT_TARGET },
      { id: 'gitlab.protect-branch', target: { ...PROJECT_TARGET, branch: 'release/7' } },
    ],
    () => gitlab,
  );

  refusesEvery(
    [
      { id: 'gitlab.revoke-token', target: { ...PERSONAL, id: 'PersonalAccessToken/self' } },
      { id: 'gitlab.revoke-token', target: { ...PERSONAL, id: 'PersonalAccessToken/31/../32' } },
      { id: 'gitlab.revoke-token', target: KEY },
      { id: 'gitlab.delete-deploy-key', target: { ...KEY, id: 'DeployKey/acme/other/release / prod' } },
      { id: 'gitlab.delete-deploy-key', target: DEPLOY_TOKEN },
      { id: 'gitlab.delete-deploy-token', target: { ...DEPLOY_TOKEN, id: `DeployToken/${repository}/` } },
      { id: 'gitlab.reset-registration-token', target: PERSONAL },
      { id: 'gitlab.reset-registration-token', target: { type: 'credential', id: REGISTRATION.id } },
      { id: 'gitlab.reset-registration-token', target: { ...REGISTRATION, organization: '..' } },
      { id: 'gitlab.reset-registration-token', target: { ...REGISTRATION, repository: 'acme' } },
      { id: 'gitlab.reset-registration-token', target: { ...REGISTRATION, runner_id: '6/managers' } },
      { id: 'gitlab.delete-triggers', target: { ...PROJECT_TARGET, repository: 'acme/..' } },
      { id: 'gitlab.delete-variable', target: PROJECT_TARGET },
      { id: 'gitlab.delete-variable', target: { ...VARIABLE, secret: 'A/../../B' } },
      { id: 'gitlab.archive-project', target: { ...PROJECT_TARGET, repository: 'acme/./shop' } },
      { id: 'gitlab.close-job-token-scope', target: { ...PROJECT_TARGET, repository: 'acme/shop?' } },
      { id: 'gitlab.freeze-deployments', target: { ...PROJECT_TARGET, repository: 'acme' } },
      { id: 'gitlab.protect-branch', target: { ...PROJECT_TARGET, branch: '*' } },
      { id: 'gitlab.protect-branch', target: { ...PROJECT_TARGET, branch: 'a..b' } },
    ],
    () => gitlab,
  );
});

test('a token is revoked by its number; one of a project in that project', async () => {
  expect(sentOf(await act('gitlab.revoke-token').plan(PERSONAL))).toEqual([
    { method: 'DELETE', path: '/personal_access_tokens/31' },
  ]);
  expect(sentOf(await act('gitlab.revoke-token').plan(OF_PROJECT))).toEqual([
    { method: 'DELETE', path: '/projects/12/access_tokens/32' },
  ]);
});

test('a person who calls themselves like a project’s bot is not spared', async () => {
  const plan = await act('gitlab.revoke-token').plan({ ...PERSONAL, account: 'project_12_bot_me' });
  expect(sentOf(plan)).toEqual([{ method: 'DELETE', path: '/personal_access_tokens/31' }]);
});

test('a token that is gone is as good as revoked', async () => {
  gitlab.state.delete('/projects/12/access_tokens/32');
  expect((await act('gitlab.revoke-token').plan(OF_PROJECT)).already_done).toBe('The token is revoked.');
});

test('a deploy key is found by its title, and two of one title by nobody', async () => {
  expect(sentOf(await act('gitlab.delete-deploy-key').plan(KEY))).toEqual([
    { method: 'DELETE', path: `${PROJECT}/deploy_keys/2` },
  ]);
  gitlab.state.set(`${PROJECT}/deploy_keys`, [
    { id: 2, title: 'release / prod' },
    { id: 5, title: 'release / prod' },
  ]);
  expect(await codeOf(act('gitlab.delete-deploy-key').plan(KEY))).toMatch(/^API_UNEXPECTED/);
});

test('a deploy token that was revoked is not the one that acts', async () => {
  expect(sentOf(await act('gitlab.delete-deploy-token').plan(DEPLOY_TOKEN))).toEqual([
    { method: 'DELETE', path: `${PROJECT}/deploy_tokens/4` },
  ]);
});

test('a variable is deleted in every environment, and its value goes nowhere', async () => {
  const plan = await act('gitlab.delete-variable').plan(VARIABLE);
  const path = `${PROJECT}/variables/DEPLOY_KEY?filter[environment_scope]=`;
  expect(sentOf(plan)).toEqual([
    { method: 'DELETE', path: `${path}*` },
    { method: 'DELETE', path: `${path}review%2F*` },
  ]);
  expect(JSON.stringify(plan)).not.toContain(TOKEN);
  await act('gitlab.delete-variable').send(plan);
  expect(gitlab.state.get(`${PROJECT}/variables`)).toHaveLength(1);
});

test('a variable of a project that cannot be seen is not taken for deleted', async () => {
  const unseen: Target = { ...VARIABLE, repository: 'acme/unseen' };
  expect(await codeOf(act('gitlab.delete-variable').plan(unseen))).toBe('API_REFUSED operator');
});

describe('gitlab.reset-registration-token', () => {
  const ID = 'gitlab.reset-registration-token';
  const sends = async (target: Target) => sentOf(await act(ID).plan(target));
  const below = 'If it was the token of a group below this one, that stays: reset it there.';

  test.each([
    ['its project', { ...REGISTRATION, repository, runner_id: '6' }, PROJECT],
    ['the group that its runner is of', { ...REGISTRATION, runner_id: '6' }, '/groups/81'],
    ['the group at the top, when its runner is gone', { ...REGISTRATION, runner_id: '9' }, '/groups/acme'],
    ['the instance', { type: 'credential', id: REGISTRATION.id, runner_id: '7' } as const, ''],
  ])('resets that of %s', async (_of, target, owner) => {
    expect(await sends(target)).toEqual([{ method: 'POST', path: `${owner}/runners/reset_registration_token` }]);
  });

  test('says which is left, where only the group at the top is known', async () => {
    expect((await act(ID).plan(REGISTRATION)).blast_radius).toContain(below);
    expect((await act(ID).plan({ ...REGISTRATION, runner_id: '6' })).blast_radius).not.toContain(below);
  });

  test('is nothing where a runner without a group is all that is known, or the group is not to be seen', async () => {
    expect(await codeOf(sends({ ...REGISTRATION, runner_id: '5' }))).toBe('API_UNEXPECTED operator');
    expect(await codeOf(sends({ ...REGISTRATION, organization: 'unseen' }))).toBe('API_REFUSED operator');
  });

  test('keeps neither the old nor the new token, and never says to have seen it', async () => {
    const site = await openSite();
    const run = await newRun(site, ID, { ...REGISTRATION, runner_id: '6' });
    await workerOf(site, gitlab.api, systemClock, 'gitlab')('responder')(run);
    const after = await readRun(site, run);
    expect(statuses(after)).toEqual([`${ID} verified`]);
    expect(after.audit.find(({ action }) => action === 'action.verified')?.detail).toMatchObject({ seen: false });
    expect(gitlab.effects).toEqual(['reset /groups/81/runners']);
    expect(JSON.stringify(after)).not.toMatch(new RegExp(`${NEW_TOKEN}|${TOKEN}`));
    await site.close();
  });
});

test('trigger tokens are deleted by their numbers, and none of them is kept', async () => {
  const plan = await act('gitlab.delete-triggers').plan(PROJECT_TARGET);
  expect(sentOf(plan)).toEqual([
    { method: 'DELETE', path: `${PROJECT}/triggers/41` },
    { method: 'DELETE', path: `${PROJECT}/triggers/42` },
  ]);
  expect(JSON.stringify(plan)).not.toContain(TOKEN);
});

test('whom the list of a project still lets in is said', async () => {
  const plan = await act('gitlab.close-job-token-scope').plan(PROJECT_TARGET);
  expect(sentOf(plan)).toEqual([{ method: 'PATCH', path: `${PROJECT}/job_token_scope`, body: { enabled: true } }]);
  expect(plan.blast_radius.at(-1)).toBe('2 project(s) stay on its list, and are let in.');
});

test.each([
  { id: 'gitlab.close-job-token-scope', path: `${PROJECT}/job_token_scope`, now: { inbound_enabled: true } },
  { id: 'gitlab.archive-project', path: PROJECT, now: { archived: true } },
])('$id leaves alone, and does not undo, what was so before', async ({ id, path, now }) => {
  gitlab.state.set(path, now);
  const plan = await act(id).plan(PROJECT_TARGET);
  expect(plan.requests).toEqual([]);
  expect(await act(id).undo(PROJECT_TARGET, plan)).toBe(0);
});

test('a freeze has one period of its own, and those that were there stay', async () => {
  const plan = await act('gitlab.freeze-deployments').plan(PROJECT_TARGET);
  expect(sentOf(plan)).toEqual([
    {
      method: 'POST',
      path: `${PROJECT}/freeze_periods`,
      body: { freeze_start: '0 0 1 1 *', freeze_end: '59 23 31 12 *', cron_timezone: 'UTC' },
    },
  ]);
  await act('gitlab.freeze-deployments').send(plan);
  expect(await act('gitlab.freeze-deployments').undo(PROJECT_TARGET, plan)).toBe(1);
  expect(gitlab.state.get(`${PROJECT}/freeze_periods`)).toHaveLength(1);
});

describe('gitlab.protect-branch', () => {
  const ID = 'gitlab.protect-branch';
  const path = `${PROJECT}/protected_branches`;

  test('the branch is never open on the way, and its rule comes back as it was', async () => {
    const plan = await act(ID).plan(PROJECT_TARGET);
    const hold = { name: 'main**', push_access_level: 0, merge_access_level: 0, allow_force_push: false };
    expect(sentOf(plan)).toEqual([
      { method: 'POST', path, body: hold },
      { method: 'DELETE', path: `${path}/main` },
    ]);
    await act(ID).send(plan);
    gitlab.requests.length = 0;
    await act(ID).undo(PROJECT_TARGET, plan);
    expect(gitlab.requests.filter((line) => !line.startsWith('GET'))).toEqual([
      `POST ${path}`,
      `DELETE ${path}/main**`,
    ]);
    expect(await act(ID).state(PROJECT_TARGET)).toEqual({
      branch: 'main',
      rule: { push: [{ access_level: 40 }], merge: [{ access_level: 30 }], unprotect: [], force: false, owners: false },
      hold: null,
      others: 0,
    });
  });

  test('people and groups of a rule are let in again too', async () => {
    const push = [{ user_id: 5 }, { access_level: 40 }];
    gitlab.state.set(path, [
      {
        name: 'main',
        push_access_levels: [
          { id: 1, access_level: 40, user_id: 5 },
          { id: 2, access_level: 40 },
        ],
        merge_access_levels: [{ access_level: null, group_id: 8 }],
        unprotect_access_levels: [{ access_level: 40 }],
        allow_force_push: true,
        code_owner_approval_required: true,
      },
    ]);
    const plan = await act(ID).plan(PROJECT_TARGET);
    await act(ID).send(plan);
    await act(ID).undo(PROJECT_TARGET, plan);
    const state = await act(ID).state(PROJECT_TARGET);
    expect(state).toEqual(plan.before);
    expect(state).toMatchObject({
      rule: { push: push.toReversed(), merge: [{ group_id: 8 }], force: true, owners: true },
    });
  });

  test('a crash between its two requests is gone on from', async () => {
    const plan = await act(ID).plan(PROJECT_TARGET);
    await act(ID).send({ ...plan, requests: plan.requests.slice(0, 1) });
    expect(await act(ID).holds(PROJECT_TARGET)).toBe(false);
    await act(ID).send(plan);
    expect(await act(ID).holds(PROJECT_TARGET)).toBe(true);
  });

  test.each(['*', 'm*n', 'main**'])(
    'with a rule %s that lets people in, it says so and touches nothing',
    async (name) => {
      gitlab.state.set(path, [{ name, push_access_levels: [{ access_level: 40 }], merge_access_levels: [] }]);
      expect(await codeOf(act(ID).plan(PROJECT_TARGET))).toBe('TARGET_INVALID give-up');
      expect(gitlab.effects).toEqual([]);
    },
  );

  test.each(['mai', 'main*x', '*-main', 'm*a*n*n'])('a rule %s is none of main', async (name) => {
    gitlab.state.set(path, [{ name, push_access_levels: [{ access_level: 40 }], merge_access_levels: [] }]);
    expect((await act(ID).plan(PROJECT_TARGET)).requests).toHaveLength(1);
  });
});

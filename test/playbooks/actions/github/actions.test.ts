// The three GitHub actions against a GitHub that keeps state: plan, execute, verify, undo, and what may go wrong.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../../playbooks/actions/index.ts';
import type { Action, ActionPlan, Target } from '../../../../services/core/action.ts';
import { PipewardenError } from '../../../../services/core/errors.ts';
import { type GithubServer, startGithub, WORKFLOW_ID } from '../../github-server.ts';

const RUN: Target = { type: 'run', id: 'acme/shop/42', repository: 'acme/shop' };
const PIPELINE: Target = {
  type: 'pipeline',
  id: 'acme/shop:.github/workflows/ci.yml',
  repository: 'acme/shop',
  definition: '.github/workflows/ci.yml',
};
const REPOSITORY: Target = { type: 'repository', id: 'acme/shop', repository: 'acme/shop' };

const signal = new AbortController().signal;
let github: GithubServer;

beforeEach(async () => {
  github = await startGithub();
  github.runs.set('acme/shop/42', { status: 'in_progress', conclusion: null });
  github.workflows.set('acme/shop/ci.yml', 'active');
});
afterEach(async () => {
  await github.close();
});

function action(id: string): Action {
  const found = ACTIONS.get(id);
  if (!found) throw new Error(`no action ${id}`);
  return found;
}

async function undo(what: Action, target: Target, plan: ActionPlan, result: Parameters<Action['verify']>[2]) {
  for (const request of what.undo?.(target, plan, result) ?? []) await github.api(request, signal);
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.catch((reason: unknown) => reason);
  return error instanceof PipewardenError ? `${error.code} ${error.fate}` : `no error: ${JSON.stringify(error)}`;
}

describe('github.cancel-run', () => {
  const cancel = action('github.cancel-run');

  test('a running run is cancelled once, however often it is asked for', async () => {
    const plan = await cancel.plan(RUN, github.api, signal);
    expect(plan.requests).toEqual([{ method: 'POST', path: '/repos/acme/shop/actions/runs/42/cancel' }]);
    expect(plan.before).toEqual({ status: 'in_progress' });
    expect(github.effects).toEqual([]);

    expect(await cancel.execute(plan, github.api, signal)).toEqual({ statuses: [202] });
    expect(await cancel.execute(plan, github.api, signal)).toEqual({ statuses: [409] });
    expect(await cancel.verify(RUN, plan, null, github.api, signal)).toBe(true);
    expect(github.effects).toEqual(['cancelled acme/shop/42']);
    expect(cancel.undo).toBeUndefined();
  });

  test('a run that has finished is left alone', async () => {
    github.runs.set('acme/shop/42', { status: 'completed', conclusion: 'success' });
    const plan = await cancel.plan(RUN, github.api, signal);
    expect(plan).toMatchObject({ requests: [], already_done: 'The run has already finished (success).' });
    await cancel.execute(plan, github.api, signal);
    expect(github.effects).toEqual([]);
  });

  test('a run that is still stopping does not hold yet', async () => {
    const plan = await cancel.plan(RUN, github.api, signal);
    expect(await cancel.verify(RUN, plan, null, github.api, signal)).toBe(false);
  });
});

describe('github.disable-workflow', () => {
  const disable = action('github.disable-workflow');

  test('the workflow of a run is found by asking for the run; a dry run without a credential says so', async () => {
    const target: Target = {
      type: 'pipeline',
      id: 'workflow of run acme/shop/42',
      repository: 'acme/shop',
      run: 'acme/shop/42',
    };
    const plan = await disable.plan(target, github.api, signal);
    expect(plan.requests).toEqual([
      { method: 'PUT', path: `/repos/acme/shop/actions/workflows/${WORKFLOW_ID}/disable` },
    ]);
    const result = await disable.execute(plan, github.api, signal);
    expect(await disable.verify(target, plan, result, github.api, signal)).toBe(true);
    await undo(disable, target, plan, result);
    expect(github.effects).toEqual(['disabled acme/shop/ci.yml', 'enabled acme/shop/ci.yml']);

    const dry = await disable.plan(target, undefined, signal);
    expect(dry.summary).toBe('Disable the workflow of run 42 of acme/shop.');
    expect(dry.requests[0]?.path).toBe('/repos/acme/shop/actions/workflows/{workflow_id}/disable');
  });

  test('an active workflow is disabled and enabled again', async () => {
    const plan = await disable.plan(PIPELINE, github.api, signal);
    expect(plan.requests).toEqual([{ method: 'PUT', path: '/repos/acme/shop/actions/workflows/ci.yml/disable' }]);
    await disable.execute(plan, github.api, signal);
    const result = await disable.execute(plan, github.api, signal);
    expect(await disable.verify(PIPELINE, plan, result, github.api, signal)).toBe(true);

    await undo(disable, PIPELINE, plan, result);
    expect(github.workflows.get('acme/shop/ci.yml')).toBe('active');
    expect(await disable.verify(PIPELINE, plan, result, github.api, signal)).toBe(false);
    expect(github.effects).toEqual(['disabled acme/shop/ci.yml', 'enabled acme/shop/ci.yml']);
  });

  test('what somebody else had disabled stays disabled after undo', async () => {
    github.workflows.set('acme/shop/ci.yml', 'disabled_inactivity');
    const plan = await disable.plan(PIPELINE, github.api, signal);
    expect(plan.already_done).toBe('The workflow is disabled_inactivity.');
    await undo(disable, PIPELINE, plan, null);
    expect(github.workflows.get('acme/shop/ci.yml')).toBe('disabled_inactivity');
  });

  test('a file name is encoded, so it stays one part of the path', async () => {
    const odd = { ...PIPELINE, definition: '.github/workflows/a?b #c.yaml' };
    const plan = await disable.plan(odd, undefined, signal);
    expect(plan.requests[0]?.path).toBe('/repos/acme/shop/actions/workflows/a%3Fb%20%23c.yaml/disable');
  });
});

describe('github.freeze-branch', () => {
  const freeze = action('github.freeze-branch');

  test('the default branch is held by one ruleset, and released again', async () => {
    const plan = await freeze.plan(REPOSITORY, github.api, signal);
    expect(plan.requests).toEqual([
      {
        method: 'POST',
        path: '/repos/acme/shop/rulesets',
        body: {
          name: 'Pipewarden holds the default branch',
          target: 'branch',
          enforcement: 'active',
          conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
          rules: [{ type: 'update' }, { type: 'deletion' }, { type: 'non_fast_forward' }],
        },
      },
    ]);
    const first = await freeze.execute(plan, github.api, signal);
    const second = await freeze.execute(plan, github.api, signal);
    expect([first, second]).toEqual([{ ruleset: 101 }, { ruleset: 101 }]);
    expect(await freeze.verify(REPOSITORY, plan, second, github.api, signal)).toBe(true);
    expect((await freeze.plan(REPOSITORY, github.api, signal)).already_done).toContain('is there and active');

    await undo(freeze, REPOSITORY, plan, second);
    expect(await freeze.verify(REPOSITORY, plan, second, github.api, signal)).toBe(false);
    expect(github.effects).toEqual(['froze acme/shop', 'released acme/shop']);
  });

  test('a ruleset of its name that forbids nothing does not count as held', async () => {
    const plan = await freeze.plan(REPOSITORY, github.api, signal);
    const result = await freeze.execute(plan, github.api, signal);
    github.rulesets = github.rulesets.map((ruleset) => ({ ...ruleset, rules: [] }));
    expect(await freeze.verify(REPOSITORY, plan, result, github.api, signal)).toBe(false);
  });

  test('a branch that is known is held by its ref', async () => {
    const plan = await freeze.plan({ ...REPOSITORY, branch: 'release/7.2' }, undefined, signal);
    expect(plan.requests[0]?.body).toMatchObject({ conditions: { ref_name: { include: ['refs/heads/release/7.2'] } } });
  });
});

describe('every action', () => {
  const aimed = [
    { id: 'github.cancel-run', target: RUN },
    { id: 'github.disable-workflow', target: PIPELINE },
    { id: 'github.freeze-branch', target: REPOSITORY },
  ];

  test.each(aimed)('$id plans without a credential, sends nothing, and says so', async ({ id, target }) => {
    const plan = await action(id).plan(target, undefined, signal);
    expect(plan.requests).toHaveLength(1);
    expect(plan.before).toBeNull();
    expect(plan.blast_radius).toContain('The state was not read: no credential for GitHub is configured.');
    expect(github.requests).toEqual([]);
  });

  test.each(aimed)('$id says what became of a call that GitHub does not take', async ({ id, target }) => {
    const plan = await action(id).plan(target, github.api, signal);
    const answers = [
      { status: 401, code: 'API_REFUSED operator' },
      { status: 403, code: 'API_REFUSED operator' },
      { status: 403, headers: { 'x-ratelimit-remaining': '0' }, code: 'API_BUSY retry' },
      { status: 404, code: 'API_REFUSED operator' },
      { status: 422, code: 'API_REFUSED operator' },
      { status: 429, headers: { 'retry-after': '60' }, code: 'API_BUSY retry' },
      { status: 502, code: 'API_BUSY retry' },
      { status: 301, headers: { location: 'https://elsewhere.example/' }, code: 'API_REFUSED operator' },
    ];
    for (const { code, ...answer } of answers) {
      github.before = (line) => (line.startsWith('GET') ? undefined : answer);
      expect(await codeOf(action(id).execute(plan, github.api, signal))).toBe(code);
    }
    expect(github.effects).toEqual([]);
  });

  test.each(aimed)('$id whose answer was lost can be sent again: one effect', async ({ id, target }) => {
    const plan = await action(id).plan(target, github.api, signal);
    github.after = (line) => (line.startsWith('GET') ? undefined : 'cut');
    expect(await codeOf(action(id).execute(plan, github.api, signal))).toBe('API_UNREACHABLE retry');
    github.after = () => undefined;
    const result = await action(id).execute(plan, github.api, signal);
    expect(await action(id).verify(target, plan, result, github.api, signal)).toBe(true);
    expect(github.effects).toHaveLength(1);
  });

  test.each([
    { id: 'github.cancel-run', target: { ...RUN, id: 'acme/shop/42?x' } },
    { id: 'github.cancel-run', target: { ...RUN, id: 'acme/shop/0x2a' } },
    { id: 'github.cancel-run', target: { ...RUN, repository: 'acme/..' } },
    { id: 'github.cancel-run', target: { ...RUN, repository: 'acme/shop/../../orgs' } },
    { id: 'github.cancel-run', target: { type: 'run', id: '42' } as const },
    { id: 'github.disable-workflow', target: { ...PIPELINE, definition: '.github/workflows/../../x.yml' } },
    { id: 'github.disable-workflow', target: { ...PIPELINE, definition: 'CI' } },
    { id: 'github.disable-workflow', target: { ...PIPELINE, definition: '.github/workflows/a\n.yml' } },
    { id: 'github.freeze-branch', target: { ...REPOSITORY, repository: 'acme/sh%2Fop' } },
    { id: 'github.freeze-branch', target: { ...REPOSITORY, branch: '*' } },
    { id: 'github.freeze-branch', target: { ...REPOSITORY, branch: 'a..b' } },
    { id: 'github.freeze-branch', target: { ...REPOSITORY, branch: '' } },
  ])('$id refuses a name that was made to mislead: $target', async ({ id, target }) => {
    expect(await codeOf(action(id).plan(target, github.api, signal))).toBe('TARGET_INVALID give-up');
    expect(github.requests).toEqual([]);
  });

  test('the list holds one action for each file, named after it', async () => {
    const { readdir } = await import('node:fs/promises');
    const files = await readdir(new URL('../../../../playbooks/actions/github', import.meta.url));
    expect([...ACTIONS.keys()].sort()).toEqual(files.map((file) => `github.${file.replace(/\.ts$/, '')}`).sort());
  });
});

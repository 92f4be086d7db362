// The three GitHub actions against a GitHub that keeps state: plan, execute, verify, undo, and what may go wrong.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActionPlan, Target } from '../../../../services/core/action.ts';
import { PipewardenError } from '../../../../services/core/errors.ts';
import { type GithubServer, startGithub, WORKFLOW_ID } from '../../github-server.ts';
import { acting, codeOf } from '../acting.ts';

const RUN: Target = { type: 'run', id: 'acme/shop/42', repository: 'acme/shop' };
const PIPELINE: Target = {
  type: 'pipeline',
  id: 'acme/shop:.github/workflows/ci.yml',
  repository: 'acme/shop',
  definition: '.github/workflows/ci.yml',
};
const REPOSITORY: Target = { type: 'repository', id: 'acme/shop', repository: 'acme/shop' };

let github: GithubServer;

beforeEach(async () => {
  github = await startGithub();
  github.runs.set('acme/shop/42', { status: 'in_progress', conclusion: null });
  github.workflows.set('acme/shop/ci.yml', 'active');
});
afterEach(async () => {
  await github.close();
});

const act = (id: string) => acting(id, github.api);
const requests = ({ requests: all }: ActionPlan) => all.map(({ accepts: _, ...request }) => request);

describe('github.cancel-run', () => {
  const ID = 'github.cancel-run';

  test('a running run is cancelled once, however often it is asked for', async () => {
    const plan = await act(ID).plan(RUN);
    expect(requests(plan)).toEqual([{ method: 'POST', path: '/repos/acme/shop/actions/runs/42/cancel' }]);
    expect(plan.before).toMatchObject({ status: 'in_progress' });
    expect(github.effects).toEqual([]);

    expect(await act(ID).send(plan)).toEqual([202]);
    expect(await act(ID).send(plan)).toEqual([409]);
    expect(await act(ID).holds(RUN)).toBe(true);
    expect(github.effects).toEqual(['cancelled acme/shop/42']);
    expect(act(ID).action.undo).toBeUndefined();
  });

  test('a run that has finished is left alone', async () => {
    github.runs.set('acme/shop/42', { status: 'completed', conclusion: 'success' });
    const plan = await act(ID).plan(RUN);
    expect(plan).toMatchObject({ requests: [], already_done: 'The run has already finished (success).' });
  });

  test('a run that is still stopping does not hold yet', async () => {
    expect(await act(ID).holds(RUN)).toBe(false);
  });
});

describe('github.disable-workflow', () => {
  const ID = 'github.disable-workflow';

  test('the workflow of a run is found by asking for the run; a dry run without a credential says so', async () => {
    const target: Target = {
      type: 'pipeline',
      id: 'workflow of run acme/shop/42',
      repository: 'acme/shop',
      run: 'acme/shop/42',
    };
    const plan = await act(ID).plan(target);
    expect(requests(plan)).toEqual([
      { method: 'PUT', path: `/repos/acme/shop/actions/workflows/${WORKFLOW_ID}/disable` },
    ]);
    await act(ID).send(plan);
    expect(await act(ID).holds(target)).toBe(true);
    expect(await act(ID).undo(target, plan)).toBe(1);
    expect(await act(ID).state(target)).toEqual(plan.before);
    expect(github.effects).toEqual(['disabled acme/shop/ci.yml', 'enabled acme/shop/ci.yml']);

    const dry = act(ID).blind(target);
    expect(dry.summary).toBe('Disable the workflow of run 42 of acme/shop.');
    expect(dry.requests[0]?.path).toBe('/repos/acme/shop/actions/workflows/{workflow_id}/disable');
  });

  test('an active workflow is disabled and enabled again', async () => {
    const plan = await act(ID).plan(PIPELINE);
    expect(requests(plan)).toEqual([{ method: 'PUT', path: '/repos/acme/shop/actions/workflows/ci.yml/disable' }]);
    await act(ID).send(plan);
    await act(ID).send(plan);
    expect(await act(ID).holds(PIPELINE)).toBe(true);

    await act(ID).undo(PIPELINE, plan);
    expect(await act(ID).state(PIPELINE)).toEqual(plan.before);
    expect(github.effects).toEqual(['disabled acme/shop/ci.yml', 'enabled acme/shop/ci.yml']);
  });

  test('what somebody else had disabled stays disabled after undo', async () => {
    github.workflows.set('acme/shop/ci.yml', 'disabled_inactivity');
    const plan = await act(ID).plan(PIPELINE);
    expect(plan.already_done).toBe('The workflow is disabled_inactivity.');
    expect(await act(ID).undo(PIPELINE, plan)).toBe(0);
  });

  test('a file name is encoded, so it stays one part of the path', () => {
    const plan = act(ID).blind({ ...PIPELINE, definition: '.github/workflows/a?b #c.yaml' });
    expect(plan.requests[0]?.path).toBe('/repos/acme/shop/actions/workflows/a%3Fb%20%23c.yaml/disable');
  });
});

describe('github.freeze-branch', () => {
  const ID = 'github.freeze-branch';

  test('the default branch is held by one ruleset, and released again', async () => {
    const plan = await act(ID).plan(REPOSITORY);
    expect(requests(plan)).toEqual([
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
    await act(ID).send(plan);
    expect(await act(ID).holds(REPOSITORY)).toBe(true);
    expect((await act(ID).plan(REPOSITORY)).already_done).toContain('is there and active');

    await act(ID).undo(REPOSITORY, plan);
    expect(await act(ID).state(REPOSITORY)).toEqual(plan.before);
    expect(github.effects).toEqual(['froze acme/shop', 'released acme/shop']);
  });

  test('a ruleset of its name that forbids nothing does not count as held', async () => {
    await act(ID).send(await act(ID).plan(REPOSITORY));
    github.rulesets = github.rulesets.map((ruleset) => ({ ...ruleset, rules: [] }));
    expect(await act(ID).holds(REPOSITORY)).toBe(false);
  });

  test('a branch that is known is held by its ref', () => {
    const plan = act(ID).blind({ ...REPOSITORY, branch: 'release/7.2' });
    expect(plan.requests[0]?.body).toMatchObject({ conditions: { ref_name: { include: ['refs/heads/release/7.2'] } } });
  });
});

describe('every action', () => {
  const aimed = [
    { id: 'github.cancel-run', target: RUN },
    { id: 'github.disable-workflow', target: PIPELINE },
    { id: 'github.freeze-branch', target: REPOSITORY },
  ];

  test.each(aimed)('$id plans without a credential, sends nothing, and says so', ({ id, target }) => {
    const plan = act(id).blind(target);
    expect(plan.requests).toHaveLength(1);
    expect(plan.before).toBeNull();
    expect(plan.blast_radius).toContain('The state was not read: there is no credential for github.');
    expect(github.requests).toEqual([]);
  });

  test.each(aimed)('$id says what became of a call that GitHub does not take', async ({ id, target }) => {
    const plan = await act(id).plan(target);
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
      expect(await codeOf(act(id).send(plan))).toBe(code);
    }
    expect(github.effects).toEqual([]);
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
    expect(await codeOf(act(id).plan(target))).toBe('TARGET_INVALID give-up');
    expect(() => act(id).blind(target)).toThrow(PipewardenError);
    expect(github.requests).toEqual([]);
  });
});

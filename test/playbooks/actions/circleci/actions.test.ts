// CircleCI: workflows and jobs are stopped, variables and checkout keys taken away.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Target } from '../../../../services/core/action.ts';
import type { ApiServer } from '../../api-server.ts';
import { CONTEXT, FINGERPRINT, PROJECT, SCHEDULES, startCircleci, WORKFLOW } from '../../circleci-server.ts';
import { acting, codeOf } from '../acting.ts';
import { everyAction, refusesEvery, sentOf } from '../every.ts';

const around = { repository: 'acme/shop', provider: 'github' } as const;
const RUN: Target = { type: 'run', id: `acme/shop/${WORKFLOW}`, ...around };
const JOB: Target = { type: 'job-run', id: `acme/shop/${WORKFLOW}#deploy`, job: '99', ...around };
const VARIABLE: Target = { type: 'repository', id: 'acme/shop', secret: 'acme/shop/DEPLOY_KEY', ...around };
const CONTEXT_VARIABLE: Target = { type: 'organization', id: 'acme', secret: 'release/DEPLOY_KEY' };
const REPOSITORY: Target = { type: 'repository', id: 'acme/shop', ...around };
const KEY: Target = { type: 'credential', id: FINGERPRINT, ...around };

let circleci: ApiServer;

beforeEach(async () => {
  circleci = await startCircleci();
});
afterEach(async () => {
  await circleci.close();
});

const act = (id: string) => acting(id, circleci.api);

describe('every action', () => {
  everyAction(
    [
      { id: 'circleci.cancel-workflow', target: RUN },
      { id: 'circleci.cancel-job', target: JOB },
      { id: 'circleci.delete-variable', target: VARIABLE },
      { id: 'circleci.delete-checkout-key', target: KEY },
      { id: 'circleci.delete-context-variable', target: CONTEXT_VARIABLE },
      { id: 'circleci.delete-schedules', target: REPOSITORY },
    ],
    () => circleci,
  );

  refusesEvery(
    [
      { id: 'circleci.cancel-workflow', target: { ...RUN, id: 'acme/shop/42' } },
      { id: 'circleci.cancel-workflow', target: { ...RUN, id: `acme/shop/${WORKFLOW}?x` } },
      { id: 'circleci.cancel-job', target: { ...JOB, job: WORKFLOW } },
      { id: 'circleci.cancel-job', target: { ...JOB, provider: 'gitlab' } },
      { id: 'circleci.cancel-job', target: { ...JOB, repository: 'acme/..' } },
      { id: 'circleci.cancel-job', target: { ...JOB, repository: 'acme/shop/more' } },
      { id: 'circleci.delete-variable', target: { ...VARIABLE, secret: 'deploy-context/DEPLOY_KEY' } },
      { id: 'circleci.delete-variable', target: { ...VARIABLE, secret: 'A B' } },
      { id: 'circleci.delete-variable', target: REPOSITORY },
      { id: 'circleci.delete-context-variable', target: { ...CONTEXT_VARIABLE, secret: 'release' } },
      { id: 'circleci.delete-context-variable', target: { ...CONTEXT_VARIABLE, secret: 'release/A B' } },
      { id: 'circleci.delete-context-variable', target: { type: 'organization', id: 'acme' } },
      { id: 'circleci.delete-schedules', target: { ...REPOSITORY, provider: 'gitlab' } },
      { id: 'circleci.delete-checkout-key', target: { ...KEY, id: 'SHA256:../../..' } },
    ],
    () => circleci,
  );
});

test('a workflow is cancelled by its id, and the plan says what runs', async () => {
  const plan = await act('circleci.cancel-workflow').plan(RUN);
  expect(sentOf(plan)).toEqual([{ method: 'POST', path: `/v2/workflow/${WORKFLOW}/cancel` }]);
  expect(plan.blast_radius.at(-1)).toBe('Run or wait at this moment: deploy.');
});

test.each(['success', 'failed', 'canceled', 'error'])('a workflow that is %s is left alone', async (status) => {
  circleci.state.set(`/v2/workflow/${WORKFLOW}`, { status });
  expect((await act('circleci.cancel-workflow').plan(RUN)).requests).toEqual([]);
});

test.each(['failing', 'on_hold'])('a workflow that is %s goes on', async (status) => {
  circleci.state.set(`/v2/workflow/${WORKFLOW}`, { status });
  expect((await act('circleci.cancel-workflow').plan(RUN)).requests).toHaveLength(1);
});

test('a variable of a context is found by the organization and the context’s name', async () => {
  const plan = await act('circleci.delete-context-variable').plan(CONTEXT_VARIABLE);
  expect(sentOf(plan)).toEqual([{ method: 'DELETE', path: `/v2/context/${CONTEXT}/environment-variable/DEPLOY_KEY` }]);
  const other = { ...CONTEXT_VARIABLE, secret: 'none/DEPLOY_KEY' };
  expect((await act('circleci.delete-context-variable').plan(other)).already_done).toBe(
    'The context has no such variable.',
  );
});

test.each([
  ['of a name that two have', 'mara', 'TARGET_INVALID give-up'],
  ['that the credential is not in', 'stranger', 'API_REFUSED operator'],
])('an organization %s is left alone', async (_which, id, code) => {
  expect(await codeOf(act('circleci.delete-context-variable').plan({ ...CONTEXT_VARIABLE, id }))).toBe(code);
});

test('all schedules of a project are deleted', async () => {
  const plan = await act('circleci.delete-schedules').plan(REPOSITORY);
  expect(sentOf(plan)).toEqual(SCHEDULES.map((id) => ({ method: 'DELETE', path: `/v2/schedule/${id}` })));
});

test('jobs, variables and keys are named within their project', async () => {
  expect(sentOf(await act('circleci.cancel-job').plan(JOB))).toEqual([
    { method: 'POST', path: `${PROJECT}/job/99/cancel` },
  ]);
  expect(sentOf(await act('circleci.delete-variable').plan(VARIABLE))).toEqual([
    { method: 'DELETE', path: `${PROJECT}/envvar/DEPLOY_KEY` },
  ]);
  expect(sentOf(await act('circleci.delete-checkout-key').plan(KEY))).toEqual([
    { method: 'DELETE', path: `${PROJECT}/checkout-key/${encodeURIComponent(FINGERPRINT)}` },
  ]);
  const bitbucket: Target = { ...JOB, provider: 'bitbucket' };
  expect(sentOf(act('circleci.cancel-job').blind(bitbucket))).toEqual([
    { method: 'POST', path: '/v2/project/bb/acme/shop/job/99/cancel' },
  ]);
});

test('a variable of a project that cannot be seen is not taken for deleted', async () => {
  const unseen: Target = { ...VARIABLE, repository: 'acme/unseen', secret: 'DEPLOY_KEY' };
  expect(await codeOf(act('circleci.delete-variable').plan(unseen))).toBe('API_REFUSED operator');
});

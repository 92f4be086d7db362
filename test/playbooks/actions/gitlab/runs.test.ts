// GitLab: pipelines, jobs, runners and accounts are stopped, once, and let go again.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Target } from '../../../../services/core/action.ts';
import type { ApiServer } from '../../api-server.ts';
import { PROJECT, startGitlab } from '../../gitlab-server.ts';
import { acting } from '../acting.ts';
import { everyAction, refusesEvery, sentOf } from '../every.ts';

const repository = 'acme/web/shop';
const RUN: Target = { type: 'run', id: `${repository}/42`, repository };
const JOB: Target = { type: 'job-run', id: `${repository}/42#build`, repository, job: '99', job_name: 'build' };
const ENDED: Target = { ...JOB, job: '98' };
const RUNNER: Target = { type: 'runner', id: 'builder', runner_id: '5' };
const USER: Target = { type: 'actor', id: 'gitlab#7' };

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
      { id: 'gitlab.cancel-pipeline', target: RUN },
      { id: 'gitlab.cancel-job', target: JOB },
      { id: 'gitlab.erase-job', target: ENDED, makes: 'an error' },
      { id: 'gitlab.pause-runner', target: RUNNER },
      { id: 'gitlab.remove-runner', target: RUNNER },
      { id: 'gitlab.block-user', target: USER },
    ],
    () => gitlab,
  );

  refusesEvery(
    [
      { id: 'gitlab.cancel-pipeline', target: { ...RUN, id: `${repository}/42?x` } },
      { id: 'gitlab.cancel-pipeline', target: { ...RUN, id: `${repository}/0x2a` } },
      { id: 'gitlab.cancel-pipeline', target: { ...RUN, repository: 'acme/../shop' } },
      { id: 'gitlab.cancel-pipeline', target: { ...RUN, repository: 'acme/web%2Fshop' } },
      { id: 'gitlab.cancel-pipeline', target: { ...RUN, repository: 'shop' } },
      { id: 'gitlab.cancel-pipeline', target: { type: 'run', id: '42' } },
      { id: 'gitlab.cancel-job', target: { ...JOB, job: '99/../../../users/1' } },
      { id: 'gitlab.cancel-job', target: { type: 'job-run', id: JOB.id, repository } },
      { id: 'gitlab.erase-job', target: { ...ENDED, job: 'deploy' } },
      { id: 'gitlab.pause-runner', target: { type: 'runner', id: 'builder' } },
      { id: 'gitlab.pause-runner', target: { ...RUNNER, runner_id: '-5' } },
      { id: 'gitlab.remove-runner', target: { ...RUNNER, runner_id: '5/managers' } },
      { id: 'gitlab.block-user', target: { type: 'actor', id: 'github#7' } },
      { id: 'gitlab.block-user', target: { type: 'actor', id: 'gitlab#7/unblock' } },
      { id: 'gitlab.block-user', target: { ...USER, account_id: '7 or 8' } },
    ],
    () => gitlab,
  );
});

test('a pipeline is cancelled by its number in its project, and the plan says what runs', async () => {
  const plan = await act('gitlab.cancel-pipeline').plan(RUN);
  expect(sentOf(plan)).toEqual([{ method: 'POST', path: `${PROJECT}/pipelines/42/cancel` }]);
  // The name of the second job could be anything.
  expect(plan.blast_radius.at(-1)).toBe('Run or wait at this moment: build and 1 more.');
});

test.each(['success', 'failed', 'canceled', 'skipped'])('a pipeline that is %s is left alone', async (status) => {
  gitlab.state.set(`${PROJECT}/pipelines/42`, { status });
  const plan = await act('gitlab.cancel-pipeline').plan(RUN);
  expect(plan).toMatchObject({ requests: [], already_done: `The pipeline has already finished (${status}).` });
});

test.each(['canceling', 'manual', 'Odd <words>'])('a pipeline that is %s does not count as stopped', async (status) => {
  gitlab.state.set(`${PROJECT}/pipelines/42`, { status });
  expect(await act('gitlab.cancel-pipeline').holds(RUN)).toBe(false);
});

test('a job is cancelled by its own number', async () => {
  const plan = await act('gitlab.cancel-job').plan(JOB);
  expect(sentOf(plan)).toEqual([{ method: 'POST', path: `${PROJECT}/jobs/99/cancel` }]);
});

test('a job that goes on is not erased by GitLab, and the plan says so', async () => {
  expect((await act('gitlab.erase-job').plan(JOB)).blast_radius).toContain(
    'It has not ended: GitLab refuses until it has.',
  );
});

test('a runner is paused; the plan says whom it serves and what runs there', async () => {
  const plan = await act('gitlab.pause-runner').plan(RUNNER);
  expect(sentOf(plan)).toEqual([{ method: 'PUT', path: '/runners/5', body: { paused: true } }]);
  expect(plan.blast_radius.slice(-2)).toEqual([
    'It is a runner of single projects, for 1 project(s).',
    'Runs on it at this moment: build.',
  ]);
});

test('a runner that somebody else had paused stays paused', async () => {
  gitlab.state.set('/runners/5', { paused: true });
  const plan = await act('gitlab.pause-runner').plan(RUNNER);
  expect(plan.already_done).toBe('The runner is paused.');
  expect(await act('gitlab.pause-runner').undo(RUNNER, plan)).toBe(0);
});

test('a runner is removed by its number', async () => {
  const plan = await act('gitlab.remove-runner').plan(RUNNER);
  expect(sentOf(plan)).toEqual([{ method: 'DELETE', path: '/runners/5' }]);
});

test('an account is blocked by its number; that it is an administrator is said', async () => {
  const plan = await act('gitlab.block-user').plan(USER);
  expect(sentOf(plan)).toEqual([{ method: 'POST', path: '/users/7/block' }]);
  expect(plan.blast_radius).toContain('The account is an administrator of the instance.');
});

test.each(['blocked', 'banned', 'ldap_blocked'])('an account that is %s is left so', async (state) => {
  gitlab.state.set('/users/7', { state });
  const plan = await act('gitlab.block-user').plan(USER);
  expect(plan.already_done).toBe(`The account is ${state}.`);
  expect(await act('gitlab.block-user').undo(USER, plan)).toBe(0);
});

test('one that was deactivated is blocked, and is not made active by undoing', async () => {
  gitlab.state.set('/users/7', { state: 'deactivated' });
  const plan = await act('gitlab.block-user').plan(USER);
  await act('gitlab.block-user').send(plan);
  expect(await act('gitlab.block-user').undo(USER, plan)).toBe(0);
});

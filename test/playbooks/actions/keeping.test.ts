// The actions that keep evidence, each against its system: what is asked, in which order, and that it is only asked.
import { afterEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../playbooks/actions/index.ts';
import type { Api, Target } from '../../../services/core/action.ts';
import { PipewardenError } from '../../../services/core/errors.ts';
import type { Json } from '../../../services/core/json.ts';
import { type Gathered, gather, MOST_REQUESTS } from '../../../services/responder/evidence.ts';
import { readOnly } from '../../../services/responder/read-only.ts';
import { startBuildbot } from '../buildbot-server.ts';
import { PROJECT as CIRCLECI_PROJECT, startCircleci, WORKFLOW } from '../circleci-server.ts';
import { startGithub } from '../github-server.ts';
import { PROJECT as GITLAB_PROJECT, startGitlab } from '../gitlab-server.ts';
import { startJenkins } from '../jenkins-server.ts';
import { acting, codeOf } from './acting.ts';

const GITHUB: Target = { type: 'run', id: 'acme/shop/42', repository: 'acme/shop' };
const GITLAB: Target = { type: 'run', id: 'acme/web/shop/77', repository: 'acme/web/shop' };
const CIRCLECI: Target = { type: 'run', id: `acme/shop/${WORKFLOW}`, repository: 'acme/shop' };
const JENKINS: Target = { type: 'run', id: 'shop/deploy#12' };
const BUILDBOT: Target = { type: 'run', id: 'ci#41' };
const AIMS = [
  { id: 'github.keep-run', target: GITHUB },
  { id: 'gitlab.keep-pipeline', target: GITLAB },
  { id: 'circleci.keep-workflow', target: CIRCLECI },
  { id: 'jenkins.keep-build', target: JENKINS },
  { id: 'buildbot.keep-build', target: BUILDBOT },
];

const never = new AbortController().signal;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

function opening<Server extends { close(): Promise<void> }>(server: Server): Server {
  opened.push(server);
  return server;
}

async function kept(id: string, target: Target, api: Api): Promise<Gathered> {
  const wanted = ACTIONS.get(id)?.evidence?.(target) ?? [];
  return await gather(wanted, readOnly(api), (json) => json, never);
}

const names = ({ pieces }: Gathered) => pieces.map(({ name }) => name);
const piece = ({ pieces }: Gathered, name: string): unknown =>
  JSON.parse(pieces.find((one) => one.name === name)?.text ?? 'null');

test.each(AIMS)('$id plans that it only reads, and asks nothing for that', ({ id, target }) => {
  const plan = acting(id, async () => expect.fail('asked')).blind(target);
  expect(plan).toMatchObject({ requests: [], blast_radius: ['It only reads.', expect.any(String)] });
  expect(ACTIONS.get(id)).toMatchObject({ kind: 'capture-evidence', target: 'run', reversible: false });
});

test.each(
  AIMS.flatMap(({ id }) => ['', '../..', 'acme/shop', 'acme/shop/../1', 'a?b#1/..'].map((name) => ({ id, name }))),
)('$id refuses a target that is none: $name', async ({ id, name }) => {
  const act = acting(id, async () => expect.fail('asked'));
  const target: Target = { type: 'run', id: name, repository: name };
  expect(await codeOf(act.plan(target))).toBe('TARGET_INVALID give-up');
  expect(() => ACTIONS.get(id)?.evidence?.(target)).toThrow(PipewardenError);
});

test('github.keep-run keeps all pages of jobs, and says what it was not given', async () => {
  const github = opening(await startGithub());
  github.runs.set('acme/shop/42', { status: 'in_progress', conclusion: null });
  github.before = (line) => {
    if (line.endsWith('/pending_deployments')) return { status: 403, body: { message: 'Must have rights' } };
    if (line.endsWith('/approvals')) return { status: 200, body: [{ state: 'approved', user: { login: 'mara' } }] };
    if (line.includes('/artifacts?')) return { status: 200, body: { artifacts: [{ name: 'dist' }] } };
    const page = /\/jobs\?filter=all&per_page=100&page=(\d)$/.exec(line)?.[1];
    return page === undefined
      ? undefined
      : { status: 200, body: { jobs: Array.from({ length: page === '1' ? 100 : 3 }, (_, id) => ({ id })) } };
  };
  const all = await kept('github.keep-run', GITHUB, github.api);
  expect(names(all)).toEqual(['run', 'jobs', 'artifacts', 'approvals', 'jobs-2']);
  expect(piece(all, 'run')).toMatchObject({ status: 'in_progress' });
  expect(all.left_out).toEqual([expect.stringMatching(/^pending-deployments: .*403.*Must have rights/)]);
  expect(github.requests.every((line) => line.startsWith('GET /repos/acme/shop/actions/runs/42'))).toBe(true);
  expect(github.effects).toEqual([]);
});

test('gitlab.keep-pipeline keeps the pipeline, its jobs and what it started', async () => {
  const gitlab = opening(await startGitlab());
  const path = `${GITLAB_PROJECT}/pipelines/77`;
  gitlab.state.set(path, { id: 77, status: 'running' });
  gitlab.state.set(`${path}/jobs`, [{ id: 5, status: 'running' }]);
  gitlab.state.set(`${path}/bridges`, []);
  const all = await kept('gitlab.keep-pipeline', GITLAB, gitlab.api);
  expect(names(all)).toEqual(['pipeline', 'jobs', 'bridges']);
  expect(gitlab.requests).toContain(`GET ${path}/jobs?include_retried=true&per_page=100&page=1`);
  expect(all.left_out).toEqual([]);
  expect(gitlab.effects).toEqual([]);
});

test('circleci.keep-workflow follows to the pipeline, and to artifacts of jobs with an address that is one', async () => {
  const circleci = opening(await startCircleci());
  const pipeline = `/v2/pipeline/${WORKFLOW}`;
  circleci.state.set(`/v2/workflow/${WORKFLOW}`, { status: 'running', pipeline_id: WORKFLOW });
  circleci.state.set(pipeline, { id: WORKFLOW, trigger: { type: 'webhook' } });
  circleci.state.set(`${pipeline}/config`, { compiled: 'version: 2.1' });
  circleci.state.set(`/v2/workflow/${WORKFLOW}/job`, {
    items: [
      { job_number: 99, project_slug: 'gh/acme/shop' },
      { job_number: 98, project_slug: 'gh/../../me' },
      { type: 'approval', approved_by: WORKFLOW },
    ],
  });
  circleci.state.set(`${CIRCLECI_PROJECT}/99/artifacts`, { items: [{ path: 'dist.tgz' }] });
  const all = await kept('circleci.keep-workflow', CIRCLECI, circleci.api);
  expect(names(all)).toEqual(['workflow', 'jobs', 'pipeline', 'configuration', 'artifacts-99']);
  expect(all.left_out).toEqual([]);
  expect(circleci.requests).toHaveLength(5);
  expect(circleci.effects).toEqual([]);
});

test('jenkins.keep-build keeps the build, and its stages where there is a plugin for them', async () => {
  const jenkins = await startJenkins();
  opening(jenkins.web);
  jenkins.builds.set('job/shop/job/deploy/12', { building: true, result: null });
  const all = await kept('jenkins.keep-build', JENKINS, jenkins.api);
  expect(piece(all, 'build')).toMatchObject({ building: true });
  expect(jenkins.web.requests).toEqual([
    'GET /job/shop/job/deploy/12/api/json',
    'GET /job/shop/job/deploy/12/wfapi/describe',
    'GET /job/shop/job/deploy/12/wfapi/pendingInputActions',
  ]);
  expect(all.left_out).toHaveLength(2);
  expect(jenkins.effects).toEqual([]);
});

test('buildbot.keep-build follows to who asked for the build', async () => {
  const buildbot = await startBuildbot();
  opening(buildbot.web);
  const answers: Record<string, Json> = {
    '/builds/41': { builds: [{ buildid: 41, buildrequestid: 7 }] },
    '/builds/41/steps': { steps: [] },
    '/builds/41/properties': { properties: [{}] },
    '/builds/41/changes': { changes: [] },
    '/buildrequests/7': { buildrequests: [{ buildsetid: 3 }] },
    '/buildsets/3': { buildsets: [{ reason: 'forced' }] },
  };
  buildbot.web.before = (line) => {
    const body = answers[line.replace('GET /api/v2', '')];
    return body === undefined ? undefined : { status: 200, body };
  };
  const all = await kept('buildbot.keep-build', BUILDBOT, buildbot.api);
  expect(names(all)).toEqual(['build', 'steps', 'properties', 'changes', 'request', 'buildset']);
  expect(buildbot.effects).toEqual([]);
});

test.each(AIMS)('$id: a credential that may not, a run that is not there', async ({ id, target }) => {
  const refusing: Api = async ({ method, path }) => {
    throw new PipewardenError('API_REFUSED', { method, path, status: 403, problem: 'no' });
  };
  expect(await codeOf(kept(id, target, refusing))).toBe('API_REFUSED operator');
  expect(await codeOf(kept(id, target, async () => ({ status: 404, body: null })))).toBe('API_REFUSED operator');
});

test('pages without end are left out after the last request that is allowed', async () => {
  let asked = 0;
  const endless: Api = async () => {
    asked += 1;
    return { status: 200, body: { jobs: Array.from({ length: 100 }, () => ({})) } };
  };
  const all = await kept('github.keep-run', GITHUB, endless);
  expect(asked).toBe(MOST_REQUESTS);
  expect(all.pieces).toHaveLength(MOST_REQUESTS);
  expect(all.left_out).toEqual([expect.stringMatching(/^jobs-\d+: more than 20 requests$/)]);
});

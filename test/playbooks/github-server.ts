// A small GitHub that keeps state: only the calls that our actions make, with the answers that GitHub documents for them.
// It is a fake because no real one can run here.
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Api } from '../../services/core/action.ts';
import { isObject } from '../../services/core/json.ts';
import { github as system } from '../../services/responder/systems/github.ts';
import { connectTools } from '../helpers/connect-tools.ts';

/** Looks like no token of anybody: the tests only need to find it again. */
export const TOKEN = ['canary', 'for', 'tests'].join('-');

interface Ruleset {
  readonly id: number;
  readonly name: unknown;
  readonly enforcement: unknown;
  readonly [field: string]: unknown;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface GithubServer {
  readonly api: Api;
  readonly url: string;
  /** By `owner/name/run id`. */
  readonly runs: Map<string, { status: string; conclusion: string | null }>;
  /** By `owner/name/file name`: `active`, `disabled_manually` … */
  readonly workflows: Map<string, string>;
  /** Of organizations, by `organization/name`: the labels that people gave them. */
  readonly runners: Map<string, readonly string[]>;
  rulesets: Ruleset[];
  /** Changes of state, in order: what a call really did. */
  readonly effects: string[];
  /** `METHOD path` of every request. */
  readonly requests: string[];
  /** Called before a request is handled; what it gives is answered instead. */
  before: (line: string) => Answer | undefined | Promise<Answer | undefined>;
  /** Called after a request was handled and before it is answered; `cut` breaks the connection. */
  after: (line: string) => 'cut' | undefined;
  close(): Promise<void>;
}

export async function startGithub(): Promise<GithubServer> {
  const server = createServer(async (request, response) => {
    const line = `${request.method} ${request.url}`;
    github.requests.push(line);
    const answer = (await github.before(line)) ?? (await handle(github, request));
    if (github.after(line) === 'cut') return response.destroy();
    const body = answer.body === undefined ? '' : JSON.stringify(answer.body);
    return response.writeHead(answer.status, answer.headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const github: GithubServer = {
    url,
    api: system.connect({ url, token: '' }, connectTools(TOKEN)),
    runs: new Map(),
    workflows: new Map(),
    runners: new Map(),
    rulesets: [],
    effects: [],
    requests: [],
    before: () => undefined,
    after: () => undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return github;
}

/** Every run here is of this workflow. */
export const WORKFLOW_ID = 7;
const WORKFLOW_FILE = 'ci.yml';

async function handle(github: GithubServer, request: IncomingMessage): Promise<Answer> {
  if (request.headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { message: 'Bad credentials' } };
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const [, repos, owner, name, area, kind, id, verb] = path.split('/').map(decodeURIComponent);
  if (path.startsWith(`/orgs/${owner}/actions/runners`)) {
    return await runnerCall(github, owner ?? '', request, kind, new URLSearchParams(query));
  }
  if (repos !== 'repos') return { status: 404 };
  const repository = `${owner}/${name}`;
  if (area === 'actions' && kind === 'runs') return runCall(github, `${repository}/${id}`, verb);
  if (area === 'actions' && kind === 'workflows') {
    return workflowCall(github, `${repository}/${id === String(WORKFLOW_ID) ? WORKFLOW_FILE : id}`, verb);
  }
  if (area === 'rulesets') return await rulesetCall(github, repository, request, kind, query);
  return { status: 404, body: { message: 'Not Found' } };
}

function runCall(github: GithubServer, key: string, verb: string | undefined): Answer {
  const run = github.runs.get(key);
  if (!run) return { status: 404, body: { message: 'Not Found' } };
  if (verb !== 'cancel') return { status: 200, body: { ...run, workflow_id: WORKFLOW_ID } };
  if (run.status === 'completed') return { status: 409, body: { message: 'Cannot cancel a completed run' } };
  github.runs.set(key, { status: 'completed', conclusion: 'cancelled' });
  github.effects.push(`cancelled ${key}`);
  return { status: 202, body: {} };
}

/** A runner's number is its place in the list. */
async function runnerCall(
  github: GithubServer,
  organization: string,
  request: IncomingMessage,
  number: string | undefined,
  query: URLSearchParams,
): Promise<Answer> {
  const all = [...github.runners].map(([key, labels], index) => ({ id: index + 1, key, labels }));
  if (request.method === 'GET') {
    const found = all.filter(({ key }) => key === `${organization}/${query.get('name')}`);
    const runners = found.map(({ id, labels }) => ({
      id,
      name: query.get('name'),
      status: 'online',
      busy: true,
      labels: labels.map((label) => ({ name: label, type: 'custom' })),
    }));
    return { status: 200, body: { total_count: runners.length, runners } };
  }
  const runner = all.find(({ id }) => String(id) === number);
  const body: unknown = await json(request);
  if (!runner || !isObject(body) || !Array.isArray(body.labels)) return { status: 404, body: { message: 'Not Found' } };
  const labels = body.labels.filter((label) => typeof label === 'string');
  if (labels.join() !== runner.labels.join()) github.effects.push(`labelled ${runner.key} ${labels.join()}`);
  github.runners.set(runner.key, labels);
  return { status: 200, body: { labels: [] } };
}

function workflowCall(github: GithubServer, key: string, verb: string | undefined): Answer {
  const state = github.workflows.get(key);
  if (state === undefined) return { status: 404, body: { message: 'Not Found' } };
  if (verb === undefined) return { status: 200, body: { id: 1, state } };
  const wanted = verb === 'disable' ? 'disabled_manually' : 'active';
  if (state !== wanted) github.effects.push(`${verb}d ${key}`);
  github.workflows.set(key, wanted);
  return { status: 204 };
}

async function rulesetCall(
  github: GithubServer,
  repository: string,
  request: IncomingMessage,
  id: string | undefined,
  query: string,
): Promise<Answer> {
  if (request.method === 'POST') {
    const body: unknown = await json(request);
    if (!isObject(body)) return { status: 422 };
    if (github.rulesets.some((one) => one.name === body.name)) return { status: 422, body: { message: 'Name taken' } };
    const ruleset = { ...body, id: github.rulesets.length + 101, name: body.name, enforcement: body.enforcement };
    github.rulesets.push(ruleset);
    github.effects.push(`froze ${repository}`);
    return { status: 201, body: ruleset };
  }
  if (id === undefined) {
    const listed = github.rulesets.map((one) => ({ id: one.id, name: one.name, enforcement: one.enforcement }));
    return query === 'includes_parents=false&per_page=100' ? { status: 200, body: listed } : { status: 400 };
  }
  const ruleset = github.rulesets.find((one) => String(one.id) === id);
  if (!ruleset) return { status: 404, body: { message: 'Not Found' } };
  if (request.method !== 'DELETE') return { status: 200, body: ruleset };
  github.rulesets = github.rulesets.filter((one) => one !== ruleset);
  github.effects.push(`released ${repository}`);
  return { status: 204 };
}

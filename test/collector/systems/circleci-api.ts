// A CircleCI that keeps what our reading needs: pipelines, their workflows with one job each, where the output of steps lies.
import { type Call, type RecordingApi, type Reply, startRecordingApi } from './recording-api.ts';

export interface Workflow {
  readonly id: string;
  readonly pipeline: string;
  status: string;
  stopped_at: string | null;
}

export interface CircleciPipeline {
  readonly id: string;
  readonly created_at: string;
  /** Default: `SLUG`. */
  readonly project_slug?: string;
}

export interface CircleciApi extends RecordingApi {
  /** Oldest first. */
  readonly pipelines: CircleciPipeline[];
  readonly workflows: Workflow[];
  /** Of the steps of job 136, by the name under which they are stored. */
  outputs: Record<string, string | undefined>;
  /** Projects that the token may not see. */
  readonly refused: Set<string>;
}

export const SLUG = 'gh/acme/shop';
const PAGE = 20;
/** A job that somebody had to approve. */
const APPROVAL = { id: 'hold', name: 'approve', status: 'success' };

export async function startCircleciApi(): Promise<CircleciApi> {
  const api = await startRecordingApi(handle);
  const state = { pipelines: [], workflows: [], outputs: {}, refused: new Set<string>() };
  const circleci: CircleciApi = Object.assign(api, state);
  return circleci;

  function handle({ path, query }: Call): Reply | undefined {
    const { pipelines, workflows, refused } = circleci;
    if (path === '/api/v2/pipeline' && query.get('org-slug') === 'gh/acme') {
      const from = Number(query.get('page-token') ?? 0);
      const next = from + PAGE < pipelines.length ? String(from + PAGE) : null;
      const items = pipelines.toReversed().slice(from, from + PAGE);
      return { body: { items: items.map((each) => ({ project_slug: SLUG, ...each })), next_page_token: next } };
    }
    const [, id, below] = /^\/api\/v2\/pipeline\/([\w-]+)(\/workflow)?$/.exec(path) ?? [];
    if (id !== undefined) {
      const project_slug = pipelines.find((each) => each.id === id)?.project_slug ?? SLUG;
      if (refused.has(project_slug)) return { status: 403, body: { message: 'Permission denied' } };
      if (below !== undefined) return { body: { items: workflows.filter((each) => each.pipeline === id) } };
      const vcs = { provider_name: 'GitHub', target_repository_url: 'https://github.com/acme/shop', branch: 'main' };
      const trigger = { type: 'webhook', actor: { login: 'mara' } };
      return { body: { id, number: 7, project_slug, vcs, trigger } };
    }
    const run = workflows.find((each) => path === `/api/v2/workflow/${each.id}/job`);
    if (run) {
      const { status, stopped_at } = run;
      return {
        body: { items: [{ id: `job-of-${run.id}`, name: 'test', status, stopped_at, job_number: 136 }, APPROVAL] },
      };
    }
    if (path !== `/api/v1.1/project/${SLUG}/136`) return undefined;
    const actions = Object.keys(circleci.outputs).map((name) => ({
      output_url: `https://storage.example/${name}?Signature=x`,
    }));
    return {
      body: {
        steps: [
          { name: 'one', actions },
          { name: 'none', actions: [{ has_output: false }] },
        ],
      },
    };
  }
}

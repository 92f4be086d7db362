// A GitLab that keeps what our reading needs: groups and projects, audit events, pipelines with jobs and logs, webhooks.
import { hash } from 'node:crypto';
import { DAY } from '../../../services/core/time.ts';
import { type Call, pageOf, type RecordingApi, type Reply, startRecordingApi } from './recording-api.ts';

export interface GitlabProject {
  readonly id: number;
  readonly path_with_namespace: string;
  last_activity_at: string;
}

export interface AuditEvent {
  readonly id: number;
  readonly entity_id: number;
  readonly entity_type: 'Group' | 'Project' | 'User';
  readonly created_at: string;
  readonly details: object;
}

export interface GitlabPipeline {
  readonly id: number;
  readonly project: number;
  readonly status: string;
  readonly updated_at: string;
  readonly finished_at: string | null;
  readonly ref: string;
  readonly source: string;
}

export interface GitlabJob {
  readonly id: number;
  readonly pipeline: number;
  readonly name: string;
  status: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  trace: string;
}

export interface HookEvent {
  readonly id: number;
  readonly response_status: string;
  readonly request_headers: Readonly<Record<string, string>>;
  readonly request_data: object;
}

export interface GitlabApi extends RecordingApi {
  readonly projects: GitlabProject[];
  readonly audit: AuditEvent[];
  readonly pipelines: GitlabPipeline[];
  readonly jobs: GitlabJob[];
  /** Of the group's webhook 7, oldest first. */
  readonly events: HookEvent[];
  /** What something before GitLab may do. */
  ranges: boolean;
  /** The id of `acme`. */
  root: number;
  /** Below it, in the order of their ids. */
  readonly groups: { readonly id: number; readonly full_path: string }[];
  /** Ids of projects that the token may not see. */
  readonly refused: Set<number>;
}

export const WEBHOOK = 'https://pipewarden.example.org/hooks/gitlab';
const API = '/api/v4';

export async function startGitlabApi(): Promise<GitlabApi> {
  const state = {
    projects: [] as GitlabProject[],
    audit: [] as AuditEvent[],
    pipelines: [] as GitlabPipeline[],
    jobs: [] as GitlabJob[],
    events: [] as HookEvent[],
    ranges: false,
    root: 1,
    groups: [{ id: 2, full_path: 'acme/web' }],
    refused: new Set<number>(),
  };
  const api = await startRecordingApi((call) => handle({ ...call, path: call.path.replace(API, '') }));
  const gitlab: GitlabApi = Object.assign(api, state);
  return gitlab;

  function handle(call: Call): Reply | undefined {
    const { path } = call;
    const refused = [...gitlab.refused].some((id) => path.startsWith(`/projects/${id}/`));
    if (refused) return { status: 403, body: { message: '403 Forbidden' } };
    const page = (list: readonly unknown[], after = 'page') => {
      const reply = pageOf(list, call, `${api.url}${API}`, { after });
      return reply;
    };
    if (path === '/groups/acme') return { body: { id: gitlab.root, full_path: 'acme' } };
    if (path === '/groups/acme/descendant_groups') return page(gitlab.groups);
    if (path === '/groups/acme/projects' || path === '/projects')
      return page(gitlab.projects.map((each) => ({ ...each, ci_config_path: null, visibility: 'private' })));
    if (path === '/audit_events') return auditPage(call, () => true);
    const [, kind, place] = /^\/(groups|projects)\/(\d+)\/audit_events$/.exec(path) ?? [];
    if (place !== undefined)
      return auditPage(
        call,
        (each) => each.entity_id === Number(place) && each.entity_type === (kind === 'groups' ? 'Group' : 'Project'),
      );
    if (path === '/groups/acme/hooks')
      return page([
        { id: 7, url: WEBHOOK },
        { id: 8, url: 'https://elsewhere.example' },
      ]);
    if (path === '/groups/acme/hooks/7/events') return page(eventsFor(call).toReversed());
    return pipelinesPage(call) ?? jobPage(call);
  }

  function auditPage(call: Call, isMeant: (event: AuditEvent) => boolean): Reply {
    const { query } = call;
    if (query.get('pagination') !== 'keyset' || query.get('sort') !== 'desc') return { status: 400, body: {} };
    const [from, to] = ['created_after', 'created_before'].map((name) => Date.parse(query.get(name) ?? ''));
    if ((to ?? 0) - (from ?? 0) > 30 * DAY) return { status: 400, body: { message: 'more than 30 days' } };
    const found = gitlab.audit.filter((each) => {
      const at = Date.parse(each.created_at);
      return isMeant(each) && at >= (from ?? 0) && at <= (to ?? 0);
    });
    return pageOf(
      found.toSorted((a, b) => b.id - a.id),
      call,
      `${api.url}${API}`,
      { after: 'cursor' },
    );
  }

  function eventsFor({ query }: Call): readonly HookEvent[] {
    const isTaken = ({ response_status }: HookEvent) => response_status.startsWith('2');
    const wanted = query.get('status') === 'successful';
    return gitlab.events.filter((each) => isTaken(each) === wanted);
  }

  function pipelinesPage(call: Call): Reply | undefined {
    const { path, query } = call;
    const [, project, id, jobs] = /^\/projects\/(\d+)\/pipelines(?:\/(\d+)(\/jobs)?)?$/.exec(path) ?? [];
    if (project === undefined) return undefined;
    if (jobs !== undefined) {
      const found = gitlab.jobs.filter(({ pipeline }) => pipeline === Number(id));
      return pageOf(
        found.map(({ trace: _, ...job }) => job),
        call,
        `${api.url}${API}`,
      );
    }
    const own = gitlab.pipelines.filter((each) => each.project === Number(project));
    if (id !== undefined)
      return { body: { ...own.find((each) => each.id === Number(id)), user: { username: 'mara', id: 4 } } };
    const [from, to] = ['updated_after', 'updated_before'].map((name) => Date.parse(query.get(name) ?? ''));
    const found = own.filter(({ updated_at, source }) => {
      const at = Date.parse(updated_at);
      const isChild = source === 'parent_pipeline';
      return isChild === (query.get('source') === 'parent_pipeline') && at >= (from ?? 0) && at <= (to ?? 0);
    });
    return pageOf(found, call, `${api.url}${API}`);
  }

  function jobPage({ path, headers }: Call): Reply | undefined {
    const [, id, trace] = /^\/projects\/acme\/web\/shop\/jobs\/(\d+)(\/trace)?$/.exec(path) ?? [];
    const job = gitlab.jobs.find((each) => each.id === Number(id));
    if (!job) return undefined;
    if (trace === undefined) return { body: { id: job.id, status: job.status } };
    const all = Buffer.from(job.trace);
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1]);
    const type = { 'content-type': 'text/plain' };
    if (!gitlab.ranges || Number.isNaN(from)) {
      return { headers: { ...type, etag: `W/"${hash('sha256', all).slice(0, 32)}"` }, body: all };
    }
    if (from >= all.length) return { status: 416, headers: { 'content-range': `bytes */${all.length}` } };
    const range = { 'content-range': `bytes ${from}-${all.length - 1}/${all.length}` };
    return { status: 206, headers: { ...type, ...range }, body: all.subarray(from) };
  }
}

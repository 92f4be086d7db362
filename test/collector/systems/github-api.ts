// A GitHub that keeps what our reading needs: an audit log, deliveries of a webhook, logs of jobs.
import { type Call, pageOf, type RecordingApi, type Reply, startRecordingApi } from './recording-api.ts';

export interface AuditEntry {
  readonly '@timestamp': number;
  readonly _document_id: string;
  readonly action: string;
  readonly [field: string]: unknown;
}

export interface Attempt {
  readonly id: number;
  readonly guid: string;
  readonly delivered_at: string;
  readonly status_code: number;
  readonly event: string;
  readonly payload: object;
}

export interface Run {
  readonly id: number;
  readonly status: string;
  readonly run_attempt: number;
  readonly created_at: string;
}

export interface GithubApi extends RecordingApi {
  readonly audit: AuditEntry[];
  /** Oldest first. */
  readonly attempts: Attempt[];
  /** By job id. */
  readonly logs: Map<string, string | Buffer>;
  /** Of all jobs of a run, by `RUN/ATTEMPT`. */
  readonly archives: Map<string, Buffer>;
  /** Of every repository. */
  readonly runs: Run[];
  /** What else is there, by `METHOD path?query`. */
  readonly repositories: Map<string, unknown>;
  /** What is left of an hour's requests; undefined: no limit is told. */
  rate: { readonly limit: number; remaining: number; reset: number } | undefined;
}

export const WEBHOOK = 'https://pipewarden.example.org/hooks/github';

export async function startGithubApi(): Promise<GithubApi> {
  const audit: AuditEntry[] = [];
  const attempts: Attempt[] = [];
  const logs = new Map<string, string | Buffer>();
  const archives = new Map<string, Buffer>();
  const runs: Run[] = [];
  const repositories = new Map<string, unknown>();
  const api = await startRecordingApi((call) => limited(handle(call)));
  const github: GithubApi = Object.assign(api, {
    audit,
    attempts,
    logs,
    archives,
    runs,
    repositories,
    rate: undefined,
  });
  return github;

  function limited(reply: Reply | undefined): Reply | undefined {
    const { rate } = github;
    if (!rate) return reply;
    rate.remaining -= 1;
    const headers = {
      'x-ratelimit-limit': String(rate.limit),
      'x-ratelimit-remaining': String(Math.max(0, rate.remaining)),
      'x-ratelimit-reset': String(rate.reset),
    };
    if (rate.remaining < 0) return { status: 403, headers, body: { message: 'API rate limit exceeded' } };
    return reply && { ...reply, headers: { ...reply.headers, ...headers } };
  }

  function handle(call: Call): Reply | undefined {
    const { path } = call;
    if (path === '/orgs/acme/audit-log') return auditPage(call);
    if (path === '/orgs/acme/hooks')
      return {
        body: [
          { id: 1, config: { url: 'https://elsewhere' } },
          { id: 7, config: { url: WEBHOOK } },
        ],
      };
    if (path === '/orgs/acme/hooks/7/deliveries')
      return pageOf(attempts.toReversed().map(listed), call, api.url, { after: 'cursor' });
    const delivery = /^\/orgs\/acme\/hooks\/7\/deliveries\/(\d+)$/.exec(path)?.[1];
    const attempt = attempts.find(({ id }) => String(id) === delivery);
    if (attempt)
      return {
        body: {
          ...listed(attempt),
          request: { headers: { 'X-GitHub-Event': attempt.event }, payload: attempt.payload },
        },
      };
    const job = /^\/repos\/acme\/[\w.-]+\/actions\/jobs\/(\d+)\/logs$/.exec(path)?.[1];
    if (job !== undefined && logs.has(job))
      return { status: 302, headers: { location: `${api.url}/elsewhere/${job}` } };
    if (/^\/repos\/acme\/[\w.-]+\/actions\/runs$/.test(path)) return runsPage(call);
    const archive = /^\/repos\/acme\/[\w.-]+\/actions\/runs\/(\d+)\/attempts\/(\d+)\/logs$/
      .exec(path)
      ?.slice(1)
      .join('/');
    if (archive !== undefined) return archived(archive);
    const packed = /^\/archives\/(.+)$/.exec(path)?.[1];
    if (packed !== undefined) return { headers: { 'content-type': 'application/zip' }, body: archives.get(packed) };
    const elsewhere = /^\/elsewhere\/(\d+)$/.exec(path)?.[1];
    if (elsewhere !== undefined) return { body: logs.get(elsewhere) };
    const found = repositories.get(`${call.method} ${path}${call.query.size > 0 ? `?${call.query}` : ''}`);
    return found === undefined ? undefined : { body: found };
  }

  /** Newest first, like GitHub's. */
  function runsPage(call: Call): Reply {
    const [from = 0, until = 0] = (call.query.get('created') ?? '').split('..').map((time) => Date.parse(time));
    const found = runs.filter(({ created_at }) => Date.parse(created_at) >= from && Date.parse(created_at) <= until);
    const page = pageOf(
      found.toSorted((a, b) => b.created_at.localeCompare(a.created_at)),
      call,
      api.url,
    );
    return { ...page, body: { total_count: found.length, workflow_runs: page.body } };
  }

  /** As it answers for runs whose logs have expired. */
  function archived(archive: string): Reply {
    if (!archives.has(archive)) return { status: 410, body: { message: 'Server Error' } };
    return { status: 302, headers: { location: `${api.url}/archives/${archive}` } };
  }

  function auditPage(call: Call): Reply {
    const since = Date.parse(/created:>=(\S+)/.exec(call.query.get('phrase') ?? '')?.[1] ?? '');
    const found = audit
      .filter((entry) => entry['@timestamp'] >= since)
      .sort((a, b) => a['@timestamp'] - b['@timestamp']);
    return pageOf(found, call, api.url, { after: 'after' });
  }
}

function listed({ payload: _, ...attempt }: Attempt) {
  return attempt;
}

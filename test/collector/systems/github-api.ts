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

export interface GithubApi extends RecordingApi {
  readonly audit: AuditEntry[];
  /** Oldest first. */
  readonly attempts: Attempt[];
  /** By job id. */
  readonly logs: Map<string, string>;
  /** What else is there, by `METHOD path?query`. */
  readonly repositories: Map<string, unknown>;
  /** What is left of an hour's requests; undefined: no limit is told. */
  rate: { readonly limit: number; remaining: number; reset: number } | undefined;
}

export const WEBHOOK = 'https://pipewarden.example.org/hooks/github';

export async function startGithubApi(): Promise<GithubApi> {
  const audit: AuditEntry[] = [];
  const attempts: Attempt[] = [];
  const logs = new Map<string, string>();
  const repositories = new Map<string, unknown>();
  const api = await startRecordingApi((call) => limited(handle(call)));
  const github: GithubApi = Object.assign(api, { audit, attempts, logs, repositories, rate: undefined });
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
    const elsewhere = /^\/elsewhere\/(\d+)$/.exec(path)?.[1];
    if (elsewhere !== undefined) return { body: logs.get(elsewhere) };
    const found = repositories.get(`${call.method} ${path}${call.query.size > 0 ? `?${call.query}` : ''}`);
    return found === undefined ? undefined : { body: found };
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

// A small Buildbot that keeps state: only the calls that our actions make. Like the real one it takes a name and a password at
// its sign-in alone (test/servers/buildbot-actions.test.ts has the real one).
import type { Api } from '../../services/core/action.ts';
import { isObject, type JsonObject } from '../../services/core/json.ts';
import { buildbot as system } from '../../services/responder/systems/buildbot.ts';
import { type Answer, type Asked, basic, type RecordingServer, startRecording, TOOLS } from './recording-server.ts';

export interface BuildbotServer {
  readonly api: Api;
  readonly web: RecordingServer;
  readonly builds: Map<number, { complete: boolean; results: number | null }>;
  /** What waits, of the builder `ci`. */
  readonly waiting: Set<number>;
  readonly worker: { paused: boolean; pause_reason: string | null };
  /** The sessions that it knows. */
  readonly sessions: Set<string>;
  /** Changes of state, in order. */
  readonly effects: string[];
}

const BUILDER_ID = 3;
const WORKER_ID = 5;

export async function startBuildbot(): Promise<BuildbotServer> {
  const web = await startRecording((asked) => handle(buildbot, asked));
  const buildbot: BuildbotServer = {
    web,
    api: system.connect({ url: `${web.url}/`, user: 'ci', token: '' }, TOOLS),
    builds: new Map(),
    waiting: new Set(),
    worker: { paused: false, pause_reason: null },
    sessions: new Set(),
    effects: [],
  };
  return buildbot;
}

function handle(buildbot: BuildbotServer, asked: Asked): Answer {
  const path = asked.parts.join('/');
  if (path === 'auth/login') return signIn(buildbot, asked);
  const found = thingAt(buildbot, path.replace(/^api\/v2\//, ''));
  if (found === undefined) return { status: 404, body: { error: 'not found' } };
  if (asked.method === 'GET') return { status: 200, body: found };
  if (!buildbot.sessions.has(`${asked.headers.cookie}`))
    return { status: 403, body: { error: 'you need to have role' } };
  const call: unknown = JSON.parse(asked.body);
  if (!isObject(call) || call.jsonrpc !== '2.0') return { status: 400, body: { error: 'bad jsonrpc' } };
  return control(buildbot, path, `${call.method}`, isObject(call.params) ? call.params : {});
}

function signIn({ sessions }: BuildbotServer, { headers }: Asked): Answer {
  if (headers.authorization !== basic('ci')) return { status: 401 };
  const session = `TWISTED_SESSION=${sessions.size + 1}`;
  sessions.add(session);
  const cookies = ['TWISTED_SESSION=0; Path=/', `${session}; Path=/`];
  return { status: 302, headers: { 'set-cookie': cookies, location: '/' } };
}

function thingAt({ builds, waiting, worker }: BuildbotServer, path: string): JsonObject | undefined {
  const [kind, id, below] = path.split('/');
  if (kind === 'workers' && (id === `${WORKER_ID}` || id === 'worker-1')) {
    const running = [...builds.values()].filter(({ complete }) => !complete);
    return below === 'builds' ? { builds: running } : { workers: [{ ...worker, workerid: WORKER_ID }] };
  }
  if (kind === 'builders' && id === 'ci') return { builders: [{ builderid: BUILDER_ID }] };
  if (kind === 'builders' && id === `${BUILDER_ID}` && below === 'buildrequests') {
    return { buildrequests: [...waiting].map((buildrequestid) => ({ buildrequestid })) };
  }
  if (kind === 'buildrequests') return {};
  const build = kind === 'builds' ? builds.get(Number(id)) : undefined;
  return build && { builds: [build] };
}

function control(
  buildbot: BuildbotServer,
  path: string,
  method: string,
  params: Readonly<Record<string, unknown>>,
): Answer {
  const { builds, waiting, worker, effects } = buildbot;
  const id = Number(path.split('/').at(-1));
  const build = builds.get(id);
  const paused = method === 'pause';
  if (method === 'stop' && build && !build.complete) {
    builds.set(id, { complete: true, results: 6 });
    effects.push(`stopped ${id}`);
  } else if (method === 'cancel' && waiting.delete(id)) effects.push(`cancelled ${id}`);
  else if ((paused || method === 'unpause') && worker.paused !== paused) {
    worker.paused = paused;
    worker.pause_reason = paused ? `${params.reason}` : null;
    effects.push(`${method}d`);
  }
  return { status: 200, body: { jsonrpc: '2.0', id: 1, result: null } };
}

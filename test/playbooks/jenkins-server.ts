// A small Jenkins that keeps state: only the calls that our actions make, with the answers that its sources give them
// (jenkinsci/jenkins: AbstractBuild, Queue, Computer, Jenkins). The real one cannot be had; test/servers/ has its ancestor.
import type { Api } from '../../services/core/action.ts';
import { jenkins as system } from '../../services/responder/systems/jenkins.ts';
import { type Answer, type Asked, basic, type RecordingServer, startRecording, TOOLS } from './recording-server.ts';

export interface JenkinsServer {
  readonly api: Api;
  readonly web: RecordingServer;
  /** By the path of the address: `job/shop/12`. */
  readonly builds: Map<string, { building: boolean; result: string | null }>;
  readonly jobs: Map<string, { buildable: boolean; color: string; downstreamProjects: readonly object[] }>;
  /** By id, the path of the job. */
  readonly queue: Map<number, string>;
  /** By the name in the address; the reason while it is offline. */
  readonly agents: Map<string, { displayName: string; reason: string | null }>;
  /** By `store path id`. */
  readonly credentials: Set<string>;
  /** How many API tokens users have, by their ids; it shows them to nobody. */
  readonly tokens: Map<string, number>;
  /** Whose sessions are open, which it shows to nobody either. */
  readonly sessions: Set<string>;
  /** Whether it keeps its users itself. */
  realm: boolean;
  quiet: boolean;
  /** Changes of state, in order. */
  readonly effects: string[];
}

const BACK: Answer = { status: 302, headers: { location: '.' } };
const MISSING: Answer = { status: 404 };

export async function startJenkins(): Promise<JenkinsServer> {
  const web = await startRecording((asked) => handle(jenkins, asked));
  const jenkins: JenkinsServer = {
    web,
    api: system.connect({ url: `${web.url}/`, user: 'ci', token: '' }, TOOLS),
    builds: new Map(),
    jobs: new Map(),
    queue: new Map(),
    agents: new Map(),
    credentials: new Set(),
    tokens: new Map([['ci', 1]]),
    sessions: new Set(),
    realm: true,
    quiet: false,
    effects: [],
  };
  return jenkins;
}

function handle(jenkins: JenkinsServer, asked: Asked): Answer {
  if (asked.headers.authorization !== basic('ci')) return { status: 401 };
  const path = asked.parts.filter((part) => part !== '').join('/');
  if (asked.method === 'GET') return read(jenkins, path.replace(/\/?api\/json$/, ''));
  if (asked.method === 'DELETE') return remove(jenkins, path);
  return change(jenkins, path, asked);
}

function read(jenkins: JenkinsServer, path: string): Answer {
  const { builds, jobs, queue, agents, credentials, quiet, web } = jenkins;
  if (path === '') return { status: 200, body: { quietingDown: quiet } };
  if (path === 'queue') {
    const items = [...queue].map(([id, job]) => ({
      id,
      task: { url: `${web.url}/${job.split('/').map(encodeURIComponent).join('/')}/` },
    }));
    return { status: 200, body: { items } };
  }
  const store = /^(.*credentials\/store\/.*)$/.exec(path)?.[1];
  if (store !== undefined) {
    const ids = [...credentials].flatMap((one) => (one.startsWith(`${store} `) ? [one.slice(store.length + 1)] : []));
    return { status: 200, body: { credentials: ids.map((id) => ({ id })) } };
  }
  if (path === 'me') return { status: 200, body: { id: 'ci' } };
  if (path.startsWith('securityRealm/') && !jenkins.realm) return MISSING;
  const user = path.replace(/^(?:securityRealm\/)?user\//, '');
  if (user !== path) return jenkins.tokens.has(user) ? { status: 200, body: { id: user } } : MISSING;
  if (path === 'computer') {
    const computer = [...agents.values()].map(({ displayName }) => ({ displayName, idle: false }));
    return { status: 200, body: { computer } };
  }
  const agent = agents.get(path.replace(/^computer\//, ''));
  if (agent && path.startsWith('computer/')) {
    const { displayName, reason } = agent;
    const executors = [{ idle: false }, { idle: true }];
    const state = { temporarilyOffline: reason !== null, offlineCauseReason: reason ?? '' };
    return { status: 200, body: { displayName, ...state, executors, oneOffExecutors: [] } };
  }
  const job = jobs.get(path);
  const found = job ? { ...job, inQueue: [...queue.values()].includes(path) } : builds.get(path);
  return found ? { status: 200, body: found } : MISSING;
}

function change(jenkins: JenkinsServer, path: string, { query, body }: Asked): Answer {
  const { builds, jobs, queue, agents, tokens, effects } = jenkins;
  const slash = path.lastIndexOf('/');
  const [thing, verb] = [path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)];
  if (path === 'queue/cancelItem') {
    const id = Number(query.get('id'));
    if (!queue.delete(id)) return MISSING;
    effects.push(`cancelled ${id}`);
    return { status: 204 };
  }
  if (path === 'quietDown' || path === 'cancelQuietDown') {
    const quiet = path === 'quietDown';
    if (jenkins.quiet !== quiet) effects.push(path);
    jenkins.quiet = quiet;
    return BACK;
  }
  const [, user = ''] =
    /^user\/([^/]+)\/descriptorByName\/jenkins\.security\.ApiTokenProperty\/revokeAll$/.exec(path) ?? [];
  if (tokens.has(user)) {
    if (tokens.get(user) !== 0) effects.push(`revoked tokens of ${user}`);
    tokens.set(user, 0);
    return { status: 200 };
  }
  const [, seeded = ''] =
    /^user\/([^/]+)\/descriptorByName\/jenkins\.security\.seed\.UserSeedProperty\/renewSessionSeed$/.exec(path) ?? [];
  if (tokens.has(seeded)) {
    if (jenkins.sessions.delete(seeded)) effects.push(`ended sessions of ${seeded}`);
    return { status: 200 };
  }
  if (verb === 'doDelete') return removeThing(jenkins, thing);
  const agent = agents.get(thing.replace(/^computer\//, ''));
  if (agent && verb === 'toggleOffline') {
    agent.reason = agent.reason === null ? (new URLSearchParams(body).get('offlineMessage') ?? '') : null;
    effects.push(`${agent.reason === null ? 'online' : 'offline'} ${agent.displayName}`);
    return BACK;
  }
  const build = builds.get(thing);
  if (build && /^(?:stop|term|kill)$/.test(verb)) {
    if (build.building) effects.push(`${verb} ${thing}`);
    builds.set(thing, { building: false, result: build.result ?? 'ABORTED' });
    return BACK;
  }
  const job = jobs.get(thing);
  if (!job || (verb !== 'disable' && verb !== 'enable')) return MISSING;
  if (job.buildable !== (verb === 'enable')) effects.push(`${verb} ${thing}`);
  job.buildable = verb === 'enable';
  return BACK;
}

function removeThing({ agents, tokens, realm, effects }: JenkinsServer, thing: string): Answer {
  const [, user = ''] = /^securityRealm\/user\/(.*)$/.exec(thing) ?? [];
  if (user === 'ci') return { status: 400 };
  if (!agents.delete(thing.replace(/^computer\//, '')) && !(realm && tokens.delete(user))) return MISSING;
  effects.push(`deleted ${thing}`);
  return BACK;
}

function remove({ credentials, effects }: JenkinsServer, path: string): Answer {
  const [, store, id] = /^(.*)\/credential\/([^/]+)\/config\.xml$/.exec(path) ?? [];
  if (!credentials.delete(`${store} ${id}`)) return MISSING;
  effects.push(`removed ${id}`);
  return { status: 200 };
}

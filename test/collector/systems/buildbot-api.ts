// A Buildbot that keeps what our reading needs: builds with their steps, and logs that grow by lines.
import { type Call, type RecordingApi, type Reply, startRecordingApi } from './recording-api.ts';

export interface Build {
  readonly buildid: number;
  /** Seconds since 1970. */
  readonly started_at: number;
  complete: boolean;
  readonly properties?: object;
}

export interface Log {
  readonly logid: number;
  readonly build: number;
  readonly step: number;
  readonly type: 's' | 't';
  /** Each with its stream in front. */
  readonly lines: string[];
  complete: boolean;
}

export interface BuildbotApi extends RecordingApi {
  readonly builds: Build[];
  readonly logs: Log[];
  readonly workers: object[];
  /** What a proxy before it wants to see; undefined: nothing. */
  guard: string | undefined;
}

const BUILDER = { builderid: 2, name: 'shop-linux', tags: [] };

export async function startBuildbotApi(): Promise<BuildbotApi> {
  const builds: Build[] = [];
  const logs: Log[] = [];
  const workers: object[] = [];
  const api = await startRecordingApi(handle);
  const buildbot: BuildbotApi = Object.assign(api, { builds, logs, workers, guard: undefined });
  return buildbot;

  function handle(call: Call): Reply | undefined {
    const { path, query, headers } = call;
    if (buildbot.guard !== undefined && headers.authorization !== buildbot.guard)
      return { status: 401, body: 'who are you?' };
    const [, kind = '', id = '', inside = ''] = /^\/api\/v2\/(\w+)(?:\/(\d+))?(?:\/(\w+))?$/.exec(path) ?? [];
    const found = listed(kind, Number(id), inside, query);
    return found.length > 0 || id === '' || inside !== ''
      ? { body: { [inside === 'contents' ? 'logchunks' : inside || kind]: found, meta: {} } }
      : { status: 404, body: { error: 'not found' } };
  }

  function listed(kind: string, id: number, inside: string, query: URLSearchParams): readonly object[] {
    switch (`${kind}/${inside}`) {
      case 'builds/':
        return id > 0 ? builds.filter(({ buildid }) => buildid === id).map(told) : page(query);
      case 'builds/steps':
        return [...new Set(logs.filter(({ build }) => build === id).map(({ step }) => step))].map((step) => ({
          stepid: id * 100 + step,
          number: step,
          complete: logs.every((log) => log.build !== id || log.step !== step || log.complete),
        }));
      case 'steps/logs':
        return logs.filter(({ build, step }) => build * 100 + step === id).map(brief);
      case 'logs/':
        return logs.filter(({ logid }) => logid === id).map(brief);
      case 'logs/contents': {
        const offset = Number(query.get('offset'));
        const lines =
          logs.find(({ logid }) => logid === id)?.lines.slice(offset, offset + Number(query.get('limit'))) ?? [];
        return [{ logid: id, firstline: offset, content: lines.map((line) => `${line}\n`).join('') }];
      }
      case 'builders/':
        return id === BUILDER.builderid || id === 0 ? [BUILDER] : [];
      case 'workers/':
        return workers;
      case 'buildrequests/':
        return [{ buildrequestid: id, buildsetid: id }];
      case 'buildsets/':
        return [{ bsid: id, parent_buildid: null, sourcestamps: [] }];
      default:
        return [];
    }
  }

  function page(query: URLSearchParams): readonly object[] {
    const after = Number(query.get('buildid__gt') ?? 0);
    const from = Number(query.get('buildid__ge') ?? 0);
    const found = builds.filter(({ buildid }) => buildid > after && buildid >= from);
    const ordered = query.get('order') === '-buildid' ? found.toReversed() : found;
    return ordered.slice(0, Number(query.get('limit'))).map(told);
  }
}

/** As the data API tells a build. */
export function told({ buildid, started_at, complete, properties = {} }: Build) {
  return {
    buildid,
    number: buildid,
    builderid: BUILDER.builderid,
    buildrequestid: buildid,
    workerid: 4,
    started_at,
    complete,
    complete_at: complete ? started_at + 60 : null,
    results: complete ? 0 : null,
    state_string: complete ? 'build successful' : 'building',
    properties: { workername: ['worker-4', 'Worker'], ...properties },
  };
}

/** As the reporter sends it. */
export function pushed(build: Build) {
  return {
    ...told(build),
    state_string: 'starting',
    builder: BUILDER,
    buildset: { sourcestamps: [] },
    url: 'https://b.example/#/builders/2',
  };
}

function brief({ logid, lines, complete, type }: Log) {
  return { logid, name: 'stdio', num_lines: lines.length, complete, type };
}

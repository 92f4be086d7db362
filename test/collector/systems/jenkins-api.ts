// A Jenkins that keeps what our reading needs: jobs in folders, builds, consoles that grow. As Jenkins does, it counts a
// console by its file, in which notes stand that it does not send, and sends lines with CR LF.
import { type Call, type RecordingApi, type Reply, startRecordingApi } from './recording-api.ts';

export interface Build {
  readonly number: number;
  readonly timestamp: number;
  building: boolean;
  /** With notes: `ESC[8mha:…ESC[0m`. */
  console: string;
  readonly about?: object;
}

export interface JenkinsApi extends RecordingApi {
  /** By `folder/job`; a folder is where no builds are. */
  readonly jobs: Map<string, Build[]>;
  /** `config.xml` by `folder/job`. */
  readonly definitions: Map<string, string>;
  /** Classes of jobs and folders, where it matters. */
  readonly classes: Map<string, string>;
  /** By path, what is answered besides. */
  readonly pages: Map<string, object>;
  /** What Configuration as Code exports; a number is the status that it answers instead. */
  configuration: string | number;
  /** `folder/job` of those that are listed, and answer no more. */
  readonly refused: Set<string>;
}

const ESCAPE = String.fromCharCode(27);
const NOTE = new RegExp(`${ESCAPE}\\[8mha:[^${ESCAPE}]*${ESCAPE}\\[0m`, 'g');

export async function startJenkinsApi(): Promise<JenkinsApi> {
  const jobs = new Map<string, Build[]>();
  const definitions = new Map<string, string>();
  const classes = new Map<string, string>();
  const pages = new Map<string, object>();
  const refused = new Set<string>();
  const api = await startRecordingApi(handle);
  const jenkins: JenkinsApi = Object.assign(api, { jobs, definitions, classes, pages, refused, configuration: 404 });
  return jenkins;

  function handle({ method, path, query }: Call): Reply | undefined {
    if (path === '/configuration-as-code/export') {
      if (method !== 'POST') return { status: 405 };
      const { configuration } = jenkins;
      return typeof configuration === 'number' ? { status: configuration } : { body: configuration };
    }
    if (pages.has(path)) return { body: pages.get(path) };
    if (path === '/api/json')
      return { body: query.get('tree') === 'mode' ? { mode: 'NORMAL' } : { jobs: within('', 5) } };
    const [, under = '', rest = ''] = /^((?:\/job\/[^/]+)+)(\/.*)$/.exec(path) ?? [];
    const name = under.replaceAll('/job/', '/').slice(1);
    const builds = jobs.get(name) ?? [];
    if (rest === '/api/json' && query.get('tree')?.startsWith('jobs['))
      return { body: { jobs: within(`${name}/`, 5) } };
    if (refused.has(name)) return { status: 403, body: { message: 'lacks Job/Read' } };
    if (rest === '/api/json') return { body: listed(builds, query.get('tree') ?? '') };
    if (rest === '/config.xml') return definitions.has(name) ? { body: definitions.get(name) } : { status: 403 };
    const [, number, what] = /^\/(\d+)\/(.*)$/.exec(rest) ?? [];
    const build = builds.find((each) => String(each.number) === number);
    if (!build) return undefined;
    if (what === 'api/json') return { body: { ...brief(build), ...build.about } };
    return what === 'logText/progressiveText' ? consoleFrom(build, Number(query.get('start'))) : undefined;
  }

  /** What stands in a folder, so many levels deep. */
  function within(folder: string, levels: number): object[] {
    if (levels === 0) return [];
    const names = [...jobs.keys()].filter((each) => each.startsWith(folder)).map((each) => each.slice(folder.length));
    return [...new Set(names.map((each) => each.split('/', 1)[0] ?? ''))].map((name) => {
      const last = jobs.get(folder + name)?.at(-1);
      const _class = classes.get(folder + name);
      return {
        name,
        ...(_class && { _class }),
        ...(last && { lastBuild: brief(last) }),
        jobs: within(`${folder}${name}/`, levels - 1),
      };
    });
  }
}

/** `builds` are the newest hundred, `allBuilds{M,N}` those from the M-th newest up to the N-th. */
function listed(builds: readonly Build[], tree: string): object {
  const [, field = '', fields = '', from = '0', to] = /^(\w+)\[(.*)\](?:\{(\d+),(\d+)\})?$/.exec(tree) ?? [];
  const end = to === undefined ? (field === 'builds' ? 100 : builds.length) : Number(to);
  const isWhole = fields.includes('actions[');
  const found = builds.toReversed().slice(Number(from), end);
  return { [field]: found.map((build) => ({ ...brief(build), ...(isWhole && build.about) })) };
}

function brief({ number, timestamp, building }: Build) {
  return { number, timestamp, building };
}

function consoleFrom({ console, building }: Build, start: number): Reply {
  const file = Buffer.from(console);
  const text = file.subarray(start).toString().replaceAll(NOTE, '').replaceAll('\n', '\r\n');
  return {
    headers: { 'x-text-size': String(file.length), ...(building && { 'x-more-data': 'true' }) },
    body: text,
  };
}

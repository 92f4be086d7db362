// GitHub's own description of its API behind Prism (https://github.com/stoplightio/prism), which answers with its examples and
// says which request is not as described. Both come from npm into a cache; a proxy before it keeps what it says.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePorts } from './free-ports.ts';

const CACHE = process.env.PIPEWARDEN_CACHE ?? resolve(import.meta.dirname, '../../.cache');
const FOLDER = join(CACHE, 'prism');
const PACKAGES = ['@stoplight/prism-cli@5.14.2', '@octokit/openapi@23.0.2'];
/** Audit logs stand in the description of Enterprise Cloud alone. */
const DESCRIPTION = join(FOLDER, 'node_modules/@octokit/openapi/generated/ghec.json');
/** What of it Prism reads: all of it takes a minute and a half. */
const PATHS = [
  /^\/repos\/\{owner\}\/\{repo\}(?:$|\/(?:actions\/(?:runs|jobs|runners|secrets|variables|permissions|workflows|artifacts|caches)|hooks|keys|rulesets|statuses|git\/refs?|branches\/\{branch\}\/protection|collaborators|contents|commits|compare|environments|interaction-limits)\b)/,
  /^\/orgs\/\{org\}(?:$|\/(?:actions\/(?:runners|runner-groups|secrets|variables|permissions)|audit-log|blocks|credential-authorizations|hooks|installations|members|memberships|personal-access-tokens|repos|rulesets)\b)/,
  /^\/(?:app\/hook|app\/installations|rate_limit|installation)\b/,
];
/**
 * The description calls it one date-time, its own text a range in the syntax of searches:
 * https://docs.github.com/en/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax
 */
const RANGE = /(?<=[?&])created=[^&]*%3A[^&]*\.\.[^&]*&/;
const READY_WITHIN_MS = 120_000;
const run = promisify(execFile);

/** What Prism said of a request. */
export interface Judged {
  readonly request: string;
  readonly status: number;
  /** Of the request, what is not as described. */
  readonly violations: readonly string[];
}

export interface PrismServer {
  readonly url: string;
  readonly judged: readonly Judged[];
  stop(): Promise<void>;
}

/** Resolves when it answers. Fetches its packages (475 MB) the first time. */
export async function startPrism(): Promise<PrismServer> {
  const description = await describe();
  const [port = 0] = await freePorts(1);
  const cli = join(FOLDER, 'node_modules/.bin/prism');
  const server = spawn(process.execPath, [cli, 'mock', '-h', '127.0.0.1', '-p', String(port), description], {
    stdio: 'ignore',
  });
  await answering(`http://127.0.0.1:${port}/rate_limit`, server);
  const judged: Judged[] = [];
  const front = createServer(async (incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const { host: _, ...rest } = headers;
    const path = url.replace(RANGE, '');
    const passed = httpRequest({ port, host: '127.0.0.1', method, path, headers: rest });
    passed.end(await buffer(incoming));
    const [answer] = await once(passed, 'response');
    const body = await buffer(answer);
    judged.push({
      request: `${method} ${url}`,
      status: answer.statusCode,
      violations: violationsIn(answer.headers['sl-violations']),
    });
    outgoing.writeHead(answer.statusCode, answer.headers).end(body);
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const address = front.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    judged,
    async stop() {
      front.closeAllConnections();
      await once(front.close(), 'close');
      server.kill();
      if (server.exitCode === null) await once(server, 'exit');
    },
  };
}

/** Those that name the request; Prism's own examples break the description of answers here and there. */
function violationsIn(header: unknown): readonly string[] {
  if (typeof header !== 'string') return [];
  const found: readonly { readonly location: readonly string[]; readonly message: string }[] = JSON.parse(header);
  return found
    .filter(({ location }) => location[0] === 'request')
    .map(({ location, message }) => `${location.join('.')}: ${message}`);
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await sleep(200)) {
    if (server.exitCode !== null) throw new Error('Prism ended');
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
  }
  throw new Error('Prism does not answer');
}

/** The file with the paths that are asked for, and what those refer to. */
async function describe(): Promise<string> {
  // Other paths are another file.
  const file = join(FOLDER, `github-${createHash('sha256').update(PATHS.join()).digest('hex').slice(0, 12)}.json`);
  if (existsSync(file)) return file;
  if (!existsSync(DESCRIPTION)) {
    await mkdir(FOLDER, { recursive: true });
    await writeFile(join(FOLDER, 'package.json'), '{ "private": true }');
    await run('npm', ['install', '--no-audit', '--no-fund', '--silent', ...PACKAGES], { cwd: FOLDER });
  }
  const whole = JSON.parse(await readFile(DESCRIPTION, 'utf8'));
  const paths = Object.fromEntries(Object.entries(whole.paths).filter(([path]) => PATHS.some((one) => one.test(path))));
  const components: Record<string, Record<string, unknown>> = {};
  const take = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(take);
    else if (typeof value === 'object' && value !== null) {
      const reference = '$ref' in value && typeof value.$ref === 'string' ? value.$ref : '';
      const [, , section = '', name = ''] = reference.split('/');
      const kept = components[section] ?? {};
      components[section] = kept;
      if (name !== '' && !(name in kept)) {
        kept[name] = whole.components[section][name];
        take(kept[name]);
      }
      Object.values(value).forEach(take);
    }
  };
  take(paths);
  const { openapi, info, servers } = whole;
  await writeFile(file, JSON.stringify({ openapi, info, servers, paths, components }));
  return file;
}

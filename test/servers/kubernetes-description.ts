// Kubernetes' own description of its API, as the Go module of kubectl carries it for its tests, and what of a request is not as described.
// https://kubernetes.io/docs/concepts/overview/kubernetes-api/
import { execFile, spawnSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ApiRequest } from '../../services/core/action.ts';
import { isObject } from '../../services/core/json.ts';

const CACHE = process.env.PIPEWARDEN_CACHE ?? resolve(import.meta.dirname, '../../.cache');
const FOLDER = join(CACHE, 'kubectl');
const MODULE = 'k8s.io/kubectl@v0.34.1';

type Fields = Readonly<Record<string, unknown>>;

/** Why it cannot be had on this machine; undefined when it can. */
export function descriptionMissing(): string | undefined {
  const { error, status } = spawnSync('go', ['version'], { stdio: 'ignore' });
  return error || status !== 0 ? 'go is not installed' : undefined;
}

/** Gives what is wrong with a request, one line each. Fetches the module (2 MB) the first time. */
export async function readDescription(): Promise<(request: ApiRequest) => readonly string[]> {
  await mkdir(FOLDER, { recursive: true });
  const { stdout } = await promisify(execFile)('go', ['mod', 'download', '-json', MODULE], {
    cwd: FOLDER,
    env: { ...process.env, GOMODCACHE: FOLDER, GOFLAGS: '-modcacherw' },
  });
  const { Dir } = JSON.parse(stdout);
  const whole = JSON.parse(await readFile(join(Dir, 'testdata/openapi/swagger.json'), 'utf8'));
  return (request) => problemsOf(whole, request);
}

function problemsOf(whole: Fields, { method, path, headers, body }: ApiRequest): readonly string[] {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const template = Object.keys(at(whole, 'paths')).find((one) => fits(one, pathname));
  const operation = at(whole, 'paths', template ?? '', method.toLowerCase());
  if (template === undefined || Object.keys(operation).length === 0) return [`${method} ${pathname} is not described`];
  const parameters = Array.isArray(operation.parameters) ? operation.parameters.filter(isObject) : [];
  const isKnown = (name: string) => parameters.some((one) => one.in === 'query' && one.name === name);
  const strangers = [...searchParams.keys()].filter((name) => !isKnown(name)).map((name) => `there is no ?${name}`);
  if (body === undefined) return strangers;
  const consumes = Array.isArray(operation.consumes) ? operation.consumes : [];
  const type = headers?.['content-type'] ?? 'application/json';
  const taken = consumes.includes(type) || consumes.includes('*/*') ? [] : [`${type} is not taken`];
  const wanted = at(parameters.find((one) => one.in === 'body') ?? {}, 'schema');
  // A patch is any object: it has to be a part of what it is applied to.
  const schema = method === 'PATCH' ? at(operation, 'responses', '200', 'schema') : wanted;
  return [...strangers, ...taken, ...misfits(whole, schema, body, 'body', method === 'PATCH')];
}

function fits(template: string, pathname: string): boolean {
  const [parts, others] = [template.split('/'), pathname.split('/')];
  return parts.length === others.length && parts.every((part, index) => part === others[index] || part.startsWith('{'));
}

/** `partial`: null takes a field away, and none has to be there. */
function misfits(whole: Fields, given: Fields, value: unknown, where: string, partial: boolean): readonly string[] {
  const reference = typeof given.$ref === 'string' ? given.$ref.split('/').at(-1) : undefined;
  const schema = reference === undefined ? given : at(whole, 'definitions', reference);
  if (partial && value === null) return [];
  if (Array.isArray(value)) {
    if (schema.type !== 'array') return [`${where} is no list`];
    return value.flatMap((one, index) => misfits(whole, at(schema, 'items'), one, `${where}[${index}]`, partial));
  }
  if (!isObject(value)) {
    const type = Number.isInteger(value) ? 'integer' : typeof value;
    return schema.type === type ? [] : [`${where} is no ${type}`];
  }
  const required = !partial && Array.isArray(schema.required) ? schema.required : [];
  const missing = required.filter((name) => !(name in value)).map((name) => `${where}.${name} is missing`);
  const properties = at(schema, 'properties');
  const inner = Object.entries(value).flatMap(([name, one]) => {
    const property = name in properties ? at(properties, name) : at(schema, 'additionalProperties');
    const place = `${where}.${name}`;
    return Object.keys(property).length === 0
      ? [`${place} is not described`]
      : misfits(whole, property, one, place, partial);
  });
  return [...missing, ...inner];
}

/** What lies below; empty where nothing does. */
function at(value: unknown, ...path: readonly string[]): Fields {
  let found = value;
  for (const name of path) found = isObject(found) ? found[name] : undefined;
  return isObject(found) ? found : {};
}

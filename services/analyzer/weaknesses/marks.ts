// By what a weakness is known again, in another tool's report or after its line has moved. All marks are of one repository.
import type { ActivityOf } from '../../core/activity.ts';
import { contentId } from '../../core/json.ts';
import { kindsOf } from './kinds.ts';

export interface Marks {
  readonly kinds: readonly string[];
  /** Enough wherever it is: a vulnerability of a package, a secret. */
  readonly sure: readonly string[];
  /** Enough unless the same report has it in two places: what the tool knows it by, the code that it quotes. */
  readonly moving: readonly string[];
  /** The kind at a line, for every tool. */
  readonly places: readonly string[];
  readonly path?: string;
  readonly line?: number;
}

export function marksOf({ detail, vcs }: ActivityOf<'alert'>): Marks {
  const repository = vcs?.repository?.name ?? '';
  const mark = (...parts: readonly (string | number)[]) => contentId(repository, ...parts);
  const kinds = kindsOf(detail);
  const { location, tool = '', rule = '', target, fingerprints = {}, secret, snippet } = detail;
  const path = plainPath(location?.path ?? target ?? '');
  const { line } = location ?? {};
  const where = path === '' ? {} : { path, ...(line !== undefined && { line }) };

  if (detail.vulnerabilities && detail.vulnerabilities.length > 0) {
    const name = plainPackage(detail.package?.name);
    // Of which package it is tells it apart, of which lockfile does not; where no package is told, the place has to.
    return { kinds, sure: kinds.map((id) => mark('package', id, name ?? path)), moving: [], places: [], ...where };
  }
  const moving = Object.entries(fingerprints).map(([name, value]) =>
    mark('tool', tool.toLowerCase(), rule, path, name, value),
  );
  if (snippet !== undefined) moving.push(...kinds.map((kind) => mark('snippet', kind, path, snippet)));
  return {
    kinds,
    sure: secret === undefined ? [] : [mark('secret', secret)],
    moving,
    places: kinds.map((kind) => mark('place', kind, path, line ?? '')),
    ...where,
  };
}

/** Folders that CI systems check out into, before the path in the repository. */
const CHECKOUTS =
  /^\/(?:github\/workspace|home\/runner\/work\/[^/]+\/[^/]+|builds\/[^/]+\/[^/]+|var\/jenkins_home\/workspace\/[^/]+|workspace|work|src|app|repo|code)\//;

/** In the repository, without what only one tool writes: a scheme, a checkout's folder, of an address its query. */
export function plainPath(path: string): string {
  if (/^https?:/i.test(path)) {
    const url = URL.parse(path);
    return url ? `${url.origin}${url.pathname.replace(/\/$/, '')}` : path;
  }
  const local = path.replace(/^file:\/\//, '').replaceAll('\\', '/');
  return local
    .replace(CHECKOUTS, '')
    .replace(/^(?:\.\/)+/, '')
    .replace(/^\/+/, '');
}

/** Maven's are written `group:name` and, in a package URL, `group/name`. */
function plainPackage(name: string | undefined): string | undefined {
  return name?.toLowerCase().replace(':', '/');
}

// The history of a local clone as records of the source `git`.
import { basename, resolve } from 'node:path';
import { PipewardenError } from '../core/errors.ts';
import { type Instant, parseTime } from '../core/time.ts';
import { type CommitHeader, type CommitPaths, PATHS_FORMAT, parseHeader, parsePaths } from './git-clone/commits.ts';
import { git, nulSeparated } from './git-clone/run.ts';
import type { SourceRecord } from './source.ts';

export interface GitHistoryOptions {
  /** The clone's folder, or a bare repository. */
  readonly path: string;
  /** Default: what the remote `origin` is called, else the folder's name. */
  readonly repository?: string;
  /** Only commits since then, in any form that git reads. */
  readonly since?: string;
  readonly signal?: AbortSignal;
}

/** Every branch and tag. The stash, notes and replacements are nobody's history. */
const COMMITS = [
  ...['refs/stash', 'refs/notes/*', 'refs/replace/*'].map((refs) => `--exclude=${refs}`),
  ...['--all', '--date-order', '--reverse'],
];

/**
 * Oldest first: by the committers' dates, but never a commit before its parents. A commit's time of arrival is not
 * recorded anywhere, so `received_at` is its committer date (that of the commit before, where there is none). A merge's
 * paths are those that differ from every parent: what the merge itself changed, not what the branch brought. A renamed
 * file is both its names. Where the clone ends (it is shallow) a commit's paths are not known. Throws GIT_FAILED.
 */
export async function* readGitHistory(options: GitHistoryOptions): AsyncGenerator<SourceRecord> {
  const { path, signal, since } = options;
  const repository = options.repository ?? (await repositoryName(path, signal));
  const range = since === undefined ? COMMITS : [`--since=${since}`, ...COMMITS];
  const headers = nulSeparated(git(path, ['rev-list', '--header', ...range], { signal }));
  const paths = parsePaths(
    nulSeparated(git(path, ['log', ...PATHS_FORMAT, '--no-ext-diff', '--no-textconv', ...range], { signal })),
  );
  let received_at: Instant = 0;
  try {
    for await (const text of headers) {
      const commit = parseHeader(text);
      const changed = await paths.next();
      if (changed.done || changed.value.sha !== commit.sha) {
        throw new PipewardenError('GIT_FAILED', { path, problem: 'it changed while it was read; try again' });
      }
      received_at = parseTime(commit.committer.date)?.at ?? received_at;
      yield {
        source: 'git',
        repository,
        received_at,
        body: isWhole(commit, changed.value) ? { ...commit, paths: changed.value.paths } : commit,
        input: `${path}:${commit.sha}`,
      };
    }
  } finally {
    await paths.return(undefined);
  }
}

/** Compared with no parent, every file that there is would count as changed. */
function isWhole(commit: CommitHeader, { parents }: CommitPaths): boolean {
  return parents.join() === commit.parents.join();
}

async function repositoryName(path: string, signal: AbortSignal | undefined): Promise<string> {
  let url = '';
  for await (const chunk of git(path, ['config', '--get', 'remote.origin.url'], { signal, unset: true })) url += chunk;
  // `shop.git` is a bare repository, `shop/.git` that of a clone.
  return nameInUrl(url.trim()) ?? basename(resolve(path).replace(/[/\\]?\.git$/, ''));
}

/** `owner/name` of `https://host/owner/name.git`, `ssh://…` and `git@host:owner/name.git`; nothing of a local path. */
export function nameInUrl(url: string): string | undefined {
  if (/^file:/i.test(url)) return undefined;
  const [, path] = /^[a-z][a-z+]*:\/\/[^/]+\/(.+)$/i.exec(url) ?? /^[^/:]+:(.+)$/.exec(url) ?? [];
  const name = path
    ?.replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/^\/+/, '');
  return name || undefined;
}

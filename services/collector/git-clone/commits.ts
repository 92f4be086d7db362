// What git prints of a commit: its raw header, and the paths that it changed.
import { MINUTE } from '../../core/time.ts';
import { known } from '../fields.ts';

export interface Person {
  readonly name: string;
  readonly email: string;
  /** RFC 3339 with the offset that was written; absent when the header's is no date. */
  readonly date?: string;
}

export interface CommitHeader {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  /** Whether there is a signature at all; checking it would need everybody's keys. */
  readonly signature: 'unknown' | 'none';
}

/** A record of `git rev-list --header`: the commit's id, its headers one a line, a blank line, the indented message. */
export function parseHeader(text: string): CommitHeader {
  const end = text.indexOf('\n\n');
  const [sha = '', ...lines] = (end === -1 ? text : text.slice(0, end)).split('\n');
  const values = (name: string) =>
    lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const signed = lines.some((line) => line.startsWith('gpgsig ') || line.startsWith('gpgsig-sha256 '));
  return {
    sha,
    parents: values('parent'),
    author: person(values('author')[0] ?? ''),
    committer: person(values('committer')[0] ?? ''),
    signature: signed ? 'unknown' : 'none',
  };
}

/** `Name <address> seconds +hhmm`, https://git-scm.com/docs/git-commit-tree; old tools wrote worse. */
function person(text: string): Person {
  const open = text.indexOf('<');
  const close = text.lastIndexOf('>');
  if (open === -1 || close < open) return { name: text, email: '' };
  const [, seconds, sign, hours, minutes] = /^ (\d{1,12}) ([+-])(\d{2})(\d{2})$/.exec(text.slice(close + 1)) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const date = seconds === undefined ? undefined : zoned(Number(seconds) * 1_000, offset, `${sign}${hours}:${minutes}`);
  return known({ name: text.slice(0, open).trim(), email: text.slice(open + 1, close), date });
}

function zoned(at: number, offset: number, zone: string): string | undefined {
  const local = new Date(at + offset * MINUTE);
  // Beyond the year 9999 there is no RFC 3339.
  return local.getTime() < Date.UTC(9999, 0) ? `${local.toISOString().slice(0, 19)}${zone}` : undefined;
}

export interface CommitPaths {
  readonly sha: string;
  /** The parents that git compared with: fewer than the header's at the edge of a shallow clone, and under a graft. */
  readonly parents: readonly string[];
  readonly paths: readonly string[];
}

/**
 * What `parsePaths` reads: two NUL bytes, the id and the parents' before each commit's paths. No setting of the clone or
 * of its `.gitmodules` may leave a path out.
 */
export const PATHS_FORMAT = [
  '-z',
  '--format=%x00%x00%H %P',
  '--name-only',
  '-c',
  '--root',
  '--no-renames',
  '--no-relative',
  '--ignore-submodules=none',
];

/**
 * Reads the pieces of `git log` in that format. Two empty pieces come before an id and nowhere else, so no file name can
 * pass for one. Git puts a line feed between the ids and the first path, or, for a merge, one empty piece.
 */
export async function* parsePaths(pieces: AsyncIterable<string>): AsyncGenerator<CommitPaths> {
  let ids: string | undefined;
  let paths: string[] = [];
  let empty = 0;
  for await (const piece of pieces) {
    if (piece === '') {
      empty += 1;
      continue;
    }
    if (empty >= 2) {
      if (ids !== undefined) yield commitPaths(ids, paths);
      ids = piece;
      paths = [];
    } else {
      paths.push(paths.length === 0 && empty === 0 ? piece.replace(/^\n/, '') : piece);
    }
    empty = 0;
  }
  if (ids !== undefined) yield commitPaths(ids, paths);
}

function commitPaths(ids: string, paths: readonly string[]): CommitPaths {
  const [sha = '', ...parents] = ids.trim().split(' ');
  return { sha, parents, paths };
}

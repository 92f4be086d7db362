// The commits of a repository in the order in which they came, as the detectors see them: people only.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { type ClaimedTime, type Instant, parseTime } from '../../../services/core/time.ts';
import { readShared, SHARED } from '../../shared.ts';

const FOLDER = 'data/commits';

export interface Commit {
  readonly author: string;
  /** When the author says that it was written. */
  readonly written: ClaimedTime;
  /** The committer's time, which stands for the server's. */
  readonly at: Instant;
}

export function repositories(): readonly string[] {
  return globSync('*.tsv.gz', { cwd: join(SHARED, FOLDER) })
    .map((file) => file.replace('.tsv.gz', ''))
    .sort();
}

export function readCommits(repository: string): readonly Commit[] {
  const text = readShared(join(FOLDER, `${repository}.tsv.gz`))?.toString() ?? '';
  const [head = [], ...rows] = text.split('\n').map((line) => line.split('\t'));
  const [author, written, at, bot] = ['author_email', 'author_date', 'commit_date', 'bot'].map((name) =>
    head.indexOf(name),
  );
  return rows
    .flatMap((row) => {
      const claimed = parseTime(row[written ?? -1]);
      const stamped = parseTime(row[at ?? -1]);
      if (claimed === undefined || stamped === undefined || row[bot ?? -1] === '1') return [];
      return [{ author: row[author ?? -1] ?? '', written: claimed, at: stamped.at }];
    })
    .sort((a, b) => a.at - b.at);
}

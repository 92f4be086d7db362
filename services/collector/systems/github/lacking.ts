// What of a repository's logs could not be had, in one sentence for each kind: there may be thousands of each.

const KINDS = {
  gone: 'runs have no logs, or none any more: GitHub keeps them for 90 days, unless it is set otherwise',
  archive: 'archives of logs could not be read; their jobs were asked one by one',
  file: 'logs in archives could not be read; their jobs were asked one by one',
  strange: 'logs in archives belong to no job that GitHub lists under a name like theirs',
  log: 'jobs have no log',
} as const;

export interface Lacking {
  add(kind: keyof typeof KINDS, run: string, why?: string): void;
  sentences(): readonly string[];
}

export function createLacking(repository: string): Lacking {
  const found = new Map<keyof typeof KINDS, { count: number; readonly first: string }>();
  return {
    add(kind, run, why) {
      const entry = found.get(kind) ?? { count: 0, first: `run ${run}${why === undefined ? '' : `: ${why}`}` };
      entry.count += 1;
      found.set(kind, entry);
    },
    sentences: () =>
      [...found].map(([kind, { count, first }]) => `${repository}: ${count} ${KINDS[kind]} (first in ${first})`),
  };
}

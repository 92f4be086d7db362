// Where the set and the reader disagree, and what a person said of it after reading the patch.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { agree, FEATURES, type Feature, ours, theirs } from './features.ts';
import type { Commit } from './history.ts';

/** By sha and feature. `reader`: what we say is what the patch does. */
const Judged = z.record(
  z.string().regex(/^[0-9a-f]{40}$/),
  z.record(z.string(), z.object({ right: z.enum(['reader', 'set']), why: z.string() })),
);

export interface Disagreement {
  readonly repository: string;
  readonly sha: string;
  readonly feature: Feature;
  readonly theirs: readonly string[];
  readonly ours: readonly string[];
  readonly verdict: 'reader' | 'set' | 'unjudged';
  readonly why: string;
}

export interface Comparison {
  readonly commits: number;
  readonly disagreements: readonly Disagreement[];
}

export function compareCommits(commits: readonly Commit[]): Comparison {
  const judged = Judged.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, '../judged/definitions.json'), 'utf8')),
  );
  const disagreements = commits.flatMap((commit) => {
    const set = theirs(commit);
    const reader = ours(commit);
    return FEATURES.filter((feature) => !agree(feature, set, reader)).map((feature) => {
      const verdict = judged[commit.sha]?.[feature];
      return {
        repository: commit.repository,
        sha: commit.sha,
        feature,
        theirs: set[feature].filter((value) => feature === 'netCommandsAdded' || !reader[feature].includes(value)),
        ours: reader[feature].filter((value) => feature === 'netCommandsAdded' || !set[feature].includes(value)),
        verdict: verdict?.right ?? ('unjudged' as const),
        why: verdict?.why ?? '',
      };
    });
  });
  return { commits: commits.length, disagreements };
}

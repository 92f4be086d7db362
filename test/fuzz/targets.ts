// The list of what is fuzzed.
import type { Target } from './target.ts';
import { sourceTargets } from './targets/sources.ts';

export async function targets(): Promise<readonly Target[]> {
  return [...(await sourceTargets())];
}

// The list of what is fuzzed.
import { mutatedText } from './mutate.ts';
import type { Target } from './target.ts';
import { archiveTarget } from './targets/archives.ts';
import { definitionTargets } from './targets/definitions.ts';
import { targets as logs } from './targets/logs.ts';
import { otlpTargets } from './targets/otlp.ts';
import { sourceTargets } from './targets/sources.ts';

/** A reader of texts, as `targets/` has it. */
interface TextTarget {
  readonly name: string;
  readonly seeds: readonly string[];
  run(input: string): void;
}

function textTarget({ name, seeds, run }: TextTarget): Target {
  return { name, inputs: mutatedText(seeds), run: (input) => run(String(input)) };
}

export async function targets(): Promise<readonly Target[]> {
  const steps = logs.map((target) => textTarget({ ...target, name: `steps of ${target.name}` }));
  return [...(await sourceTargets()), ...otlpTargets, archiveTarget, ...steps, ...definitionTargets.map(textTarget)];
}

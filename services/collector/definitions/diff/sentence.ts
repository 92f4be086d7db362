// One sentence about a change, and what it weighs: the heaviest come first.
import { cut, visible } from '../../../core/visible.ts';

export interface Sentence {
  /** 0 to 100. */
  readonly weight: number;
  readonly text: string;
}

const VALUE_LIMIT = 120;

/** A value from a definition, as it may stand in a sentence: short, on one line, nothing hidden. */
export function shown(value: string): string {
  return visible(cut(value.replace(/\s+/g, ' ').trim(), VALUE_LIMIT));
}

export function listed(values: readonly string[]): string {
  const first = values.slice(0, 5).map(shown);
  return values.length > 5 ? `${first.join(', ')} and ${values.length - 5} more` : first.join(', ');
}

/** `job publish: ` where the job is known. */
export function ofJob({ job }: { readonly job?: string }): string {
  return job === undefined ? '' : `job ${shown(job)}: `;
}

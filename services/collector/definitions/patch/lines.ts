// Lines of a definition of which only some are shown, or which are no whole YAML, read by what each of them says.
import type { Draft, SourceLine } from '../draft.ts';
import type { DefinitionForm } from '../paths.ts';
import { type Fragment, readFragment } from './fragment.ts';
import { readGithubFragment } from './github.ts';
import { readOtherFragment } from './other.ts';

const READERS: Readonly<Partial<Record<DefinitionForm, (draft: Draft, fragment: Fragment) => void>>> = {
  workflow: readGithubFragment,
  action: readGithubFragment,
  other: readOtherFragment,
};

/** `heading`: the nearest line above that begins in the first column. */
export function readLines(draft: Draft, form: DefinitionForm, lines: readonly SourceLine[], heading: string): void {
  READERS[form]?.(draft, readFragment(lines, heading));
}

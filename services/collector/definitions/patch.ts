// A unified diff of definitions, read for what it adds and takes away. Of a file that is new or gone the whole text is in
// the patch, and it is read as such; of any other, only the lines that are shown.
import type { Definition, DefinitionDelta } from '../../core/definition.ts';
import { diffDefinitions } from './diff.ts';
import { finish, type SourceLine, startDraft } from './draft.ts';
import { readLines } from './patch/lines.ts';
import { type FilePatch, type Hunk, parsePatch } from './patch/unified.ts';
import { type DefinitionForm, formOf, systemOf } from './paths.ts';
import { readDefinition } from './read.ts';

export interface DefinitionPatch {
  readonly path: string;
  readonly previous?: string;
  /** What stood there before and stands there now: `partial`, but for a file that is new or gone. */
  readonly before?: Definition;
  readonly after?: Definition;
  readonly delta: DefinitionDelta;
}

/**
 * The definitions that a diff touches; files that are none are passed over. `path`: of a diff of one file without headers,
 * as GitHub’s API gives it (https://docs.github.com/en/rest/commits/commits). Never throws.
 */
export function readPatch(patch: string, path?: string): readonly DefinitionPatch[] {
  return parsePatch(patch, path).flatMap((file) => {
    const form = formOf(file.path) ?? (file.previous === undefined ? undefined : formOf(file.previous));
    if (!form) return [];
    const before = file.status === 'added' ? undefined : side(file, '-', form);
    const after = file.status === 'removed' ? undefined : side(file, '+', form);
    const delta = diffDefinitions(before, after);
    if (!delta) return [];
    const previous = file.previous === undefined ? {} : { previous: file.previous };
    return [{ path: file.path, ...previous, ...(before ? { before } : {}), ...(after ? { after } : {}), delta }];
  });
}

function side(file: FilePatch, sign: '+' | '-', form: DefinitionForm): Definition {
  const shown = file.hunks.map((hunk) => shownLines(hunk, sign));
  const text = shown.flat().map((line) => line.text);
  const whole = file.status !== 'changed' && file.hunks.length === 1;
  const complete = whole ? readDefinition(file.path, `${text.join('\n')}\n`) : undefined;
  if (complete) return complete;
  const draft = startDraft();
  for (const [index, { heading }] of file.hunks.entries()) readLines(draft, form, shown[index] ?? [], heading);
  return finish(draft, { system: systemOf(form), path: file.path, partial: true }, shown.flat());
}

/** What one side has of a hunk: its own lines and those around, which the other side has too. */
function shownLines({ lines, before, after }: Hunk, sign: '+' | '-'): readonly SourceLine[] {
  let line = sign === '+' ? after : before;
  return lines.filter((each) => each.sign === sign || each.sign === ' ').map(({ text }) => ({ text, line: line++ }));
}

// Variables that a script reads and whose name says that they are secret: systems without a syntax of their own for
// secrets (GitLab, CircleCI, Jenkins) hand them over in the environment.
import { secrecyOf } from '../../redactor/names.ts';
import type { Draft } from './draft.ts';

const USED = /\$(?:\{(?:env:)?|env:)?([A-Za-z_][A-Za-z0-9_]{1,100})|%([A-Za-z_][A-Za-z0-9_]{1,100})%/g;
const ASSIGNED = /(?:^|[\s;&|(])(?:export\s+|local\s+|readonly\s+|\$)?([A-Za-z_][A-Za-z0-9_]{1,100})\s{0,3}=[^=]/g;

/** Names, each once, without those that the text itself gives a value. */
export function secretVariables(text: string): readonly string[] {
  const used = new Set<string>();
  for (const [, dollar, percent] of text.matchAll(USED)) {
    const name = dollar ?? percent ?? '';
    if (secrecyOf(name)) used.add(name);
  }
  if (used.size > 0) for (const [, name = ''] of text.matchAll(ASSIGNED)) used.delete(name);
  return [...used];
}

/** The secret variables of the scripts read so far, without those that the definition itself sets (`known`). */
export function addVariableSecrets(draft: Draft, known: ReadonlySet<string>): void {
  const told = new Set<string>();
  for (const { job, text, line } of draft.scripts) {
    for (const name of secretVariables(text)) {
      if (known.has(name) || told.has(`${job}\n${name}`)) continue;
      told.add(`${job}\n${name}`);
      draft.secrets.push({
        ...(job === undefined ? {} : { job }),
        ...(line === undefined ? {} : { line }),
        name,
        via: 'variable',
      });
    }
  }
}

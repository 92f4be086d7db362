// `--list`: what is looked for.
import type { Pattern } from '../../redactor/pattern.ts';
import { PATTERNS } from '../../redactor/patterns.ts';

/** A line a kind, or a JSON array; `added`: the user's own. */
export function kindsTable(added: readonly Pattern[], json: boolean): string {
  const kinds = [...PATTERNS, ...added].map(({ id, provider, title, source }) => ({ id, provider, title, source }));
  if (json) return `${JSON.stringify(kinds)}\n`;
  const width = Math.max(...kinds.map(({ id }) => id.length));
  return kinds.map(({ id, title }) => `${id.padEnd(width)}  ${title}\n`).join('');
}

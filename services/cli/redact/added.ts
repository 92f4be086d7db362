// What the user adds for one run: kinds and values, from files.
import { readFileSync } from 'node:fs';
import { messageOf, PipewardenError } from '../../core/errors.ts';
import type { Pattern } from '../../redactor/pattern.ts';
import { PATTERNS } from '../../redactor/patterns.ts';
import { register } from '../../redactor/registered/registered.ts';
import { parseValues } from '../../redactor/registered/values.ts';
import type { FindRegistered } from '../../redactor/scan/search.ts';
import { parseUserPatterns } from '../../redactor/user-patterns.ts';

/** `--patterns`. Throws USAGE, CONFIG_INVALID. */
export function addedPatterns(path: string | undefined): readonly Pattern[] {
  if (path === undefined) return [];
  return parseUserPatterns(read(path, 'the patterns'), path, new Set(PATTERNS.map(({ id }) => id)));
}

/**
 * `--register`. A value that cannot be registered ends it before the first byte: output that somebody takes for clean
 * must not hold what he asked to be taken out. Throws USAGE.
 */
export function addedValues(path: string | undefined, key: Uint8Array): FindRegistered | undefined {
  if (path === undefined) return undefined;
  const { find, refused } = register(key, parseValues(read(path, 'the values')));
  if (refused.length === 0) return find;
  const reasons = refused.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
  throw new PipewardenError('USAGE', { problem: `${path}: cannot register ${reasons}` });
}

function read(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new PipewardenError('USAGE', { problem: `cannot read ${what}: ${messageOf(error)}` }, error);
  }
}

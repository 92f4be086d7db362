// Files of values to register: one a line, `NAME=value` lines as in .env files, or a JSON object of names and values.
import { isObject } from '../../core/json.ts';
import type { NamedValue } from './registered.ts';

const ASSIGNMENT = /^(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*(.*)$/;

/** The values of a file's text; a name where it gives none is its line. Comments (`#`) and blank lines are left out. */
export function parseValues(text: string): readonly NamedValue[] {
  const object = asObject(text);
  if (object) return Object.entries(object).flatMap(([name, value]) => valuesOf(name, value));
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [, name, value = ''] = ASSIGNMENT.exec(line) ?? [];
    return name === undefined ? [{ name: `line ${index + 1}`, value: line }] : [{ name, value: unquoted(value) }];
  });
}

function valuesOf(name: string, value: unknown): readonly NamedValue[] {
  if (typeof value === 'string') return [{ name, value }];
  return isObject(value) ? Object.entries(value).flatMap(([inner, one]) => valuesOf(`${name}.${inner}`, one)) : [];
}

function asObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // A value may begin with a brace.
    return undefined;
  }
}

function unquoted(value: string): string {
  const trimmed = value.trim();
  const [, quoted] = /^"((?:[^"\\]|\\.)*)"$/.exec(trimmed) ?? [];
  if (quoted !== undefined) return quoted.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1');
  return /^'([^']*)'$/.exec(trimmed)?.[1] ?? trimmed;
}

// Files of values to register: one a line, `NAME=value` lines as in .env files, or a JSON object of names and values.
import { isObject } from '../../core/json.ts';
import { isRandomWord } from '../plausible.ts';
import type { NamedValue } from './registered.ts';

const ASSIGNMENT = /^(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*(.*)$/;

/** The values of a file's text; a name where it gives none is its line. Comments (`#`) and blank lines are left out. */
export function parseValues(text: string): readonly NamedValue[] {
  const content = text.replace(/^\ufeff/, '');
  const object = asObject(content);
  if (object) return Object.entries(object).flatMap(([name, value]) => valuesOf(name, value));
  return content.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    return valueIn(line, `line ${index + 1}`);
  });
}

/** `place`: a name that tells nothing, for what is a value itself. */
function valueIn(line: string, place: string): readonly NamedValue[] {
  const [, name, value = ''] = ASSIGNMENT.exec(line) ?? [];
  // Base64 ends in `=` too.
  const isBare = name === undefined || value === '=' || (value === '' && isRandomWord(name, 2));
  if (isBare) return [{ name: place, value: line }];
  return value === '' ? [] : [{ name: isRandomWord(name, 2) ? place : name, value: unquoted(value) }];
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

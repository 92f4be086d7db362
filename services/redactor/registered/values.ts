// Files of values to register: one a line, `NAME=value` lines as in .env files, or JSON: names and values, or a list.
import { PipewardenError } from '../../core/errors.ts';
import { isObject } from '../../core/json.ts';
import { isRandomWord } from '../plausible.ts';
import type { NamedValue } from './registered.ts';

const ASSIGNMENT = /^(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*(.*)$/;

/** What can only be meant as JSON: a bracket, then a quote, another bracket or nothing more. */
const JSON_TEXT = /^\s*[{[]\s*["{[\]}]/;
/** Shorter numbers are ports, counts and flags. */
const LONG_NUMBER = 8;

/**
 * The values of a file's text; a name where it gives none is its line. Comments (`#`) and blank lines are left out. Throws
 * USAGE: JSON that is broken would be taken for lines, and its values pass.
 */
export function parseValues(text: string): readonly NamedValue[] {
  const content = text.replace(/^\ufeff/, '');
  if (JSON_TEXT.test(content)) return valuesOf('', parseJson(content));
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
  if (typeof value === 'number' && String(value).length >= LONG_NUMBER) return [{ name, value: String(value) }];
  const inside = Array.isArray(value) || isObject(value) ? Object.entries(value) : [];
  return inside.flatMap(([inner, one]) => valuesOf(name === '' ? inner : `${name}.${inner}`, one));
}

/** What is wrong is not said: a message of the parser quotes the text. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PipewardenError('USAGE', {
      problem: 'the values begin like JSON, and cannot be read as JSON: mend the file',
    });
  }
}

function unquoted(value: string): string {
  const trimmed = value.trim();
  const [, quoted] = /^"((?:[^"\\]|\\.)*)"$/.exec(trimmed) ?? [];
  if (quoted !== undefined) return quoted.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1');
  return /^'([^']*)'$/.exec(trimmed)?.[1] ?? trimmed;
}

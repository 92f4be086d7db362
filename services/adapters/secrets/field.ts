// The place of a reference, and the part of the secret there that it means.
import { parseReference, withoutLineEnd } from '../../core/configuration/secret-reference.ts';
import { PipewardenError } from '../../core/errors.ts';
import { isObject, parsedJson } from '../../core/json.ts';
import { MANAGERS } from './index.ts';
import type { Manager } from './manager.ts';

export interface Target {
  readonly manager: Manager;
  readonly place: string;
  /** Of a field; without it the whole text is meant. */
  readonly key: string | undefined;
}

/** Undefined for a reference to the environment or a file, and for a text that is none. */
export function targetOf(reference: string, managers: readonly Manager[] = MANAGERS): Target | undefined {
  const { kind, place = '' } = parseReference(reference) ?? {};
  const manager = managers.find((each) => each.kind === kind);
  if (!manager) return undefined;
  const at = place.lastIndexOf('#');
  return at < 0 ? { manager, place, key: undefined } : { manager, place: place.slice(0, at), key: place.slice(at + 1) };
}

/** What is wrong with how a reference is written; undefined: nothing, or it is none. No network is needed. */
export function problemOf(reference: string): string | undefined {
  const { kind } = parseReference(reference) ?? {};
  if (kind === undefined || kind === 'env' || kind === 'file') return undefined;
  const target = targetOf(reference);
  if (!target) {
    const forms = MANAGERS.map(({ kind: each, form }) => `\${${each}:${form}#KEY}`);
    return `expected a reference: ${['${env:NAME}', '${file:PATH}', ...forms].join(', ')}`;
  }
  const { manager, place, key } = target;
  if (manager.place.test(place) && key !== '') return undefined;
  return `expected \${${manager.kind}:${manager.form}} or \${${manager.kind}:${manager.form}#KEY}`;
}

/** Throws CONFIG_INVALID, whose message holds nothing of the secret. */
export function partOf(text: string, key: string | undefined): string {
  const value = key === undefined ? withoutLineEnd(text) : fieldIn(text, key);
  if (value === '') throw new PipewardenError('CONFIG_INVALID', { problems: 'it is empty: put the secret there' });
  return value;
}

function fieldIn(text: string, key: string): string {
  const fields = parsedJson(text);
  const value = isObject(fields) && Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (typeof value === 'string') return withoutLineEnd(value);
  if (typeof value === 'number') return String(value);
  const problems = isObject(fields) ? `it has no text in a field ${key}` : `it is no JSON object with a field ${key}`;
  throw new PipewardenError('CONFIG_INVALID', { problems });
}

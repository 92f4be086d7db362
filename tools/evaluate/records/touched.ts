// Which fields of a record a reader looked at: the record behind proxies that remember it.
import { isObject, type Json } from '../../../services/core/json.ts';

/** Elements of a list count as one field. */
export function pathsOf(json: Json, path = '', into = new Set<string>()): Set<string> {
  if (Array.isArray(json)) for (const one of json) pathsOf(one, `${path}[]`, into);
  else if (isObject(json)) {
    for (const [key, one = null] of Object.entries(json)) pathsOf(one, path === '' ? key : `${path}.${key}`, into);
  } else if (json !== null && json !== '') into.add(path);
  return into;
}

/** The same value; `touch` is told the path of every field that is read. */
export function watched(json: Json, touch: (path: string) => void, path = ''): Json {
  if (json === null || typeof json !== 'object') return json;
  const isList = Array.isArray(json);
  return new Proxy(json, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof key !== 'string' || !Object.hasOwn(target, key) || key === 'length') return value;
      const inner = isList ? `${path}[]` : path === '' ? key : `${path}.${key}`;
      touch(inner);
      return isJson(value) ? watched(value, touch, inner) : value;
    },
  });
}

function isJson(value: unknown): value is Json {
  return value === null || ['string', 'number', 'boolean', 'object'].includes(typeof value);
}

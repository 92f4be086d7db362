// What Buildbot's API answers: always a list, under the name of what it lists.
// https://docs.buildbot.net/latest/developer/rest.html
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';

export function firstOf({ body }: { readonly body: Json }): JsonObject | undefined {
  const lists = isObject(body) ? Object.values(body).filter(Array.isArray) : [];
  const [first]: readonly Json[] = lists[0] ?? [];
  return isObject(first) ? first : undefined;
}

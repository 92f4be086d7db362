// Rows of the query API name their fields in lower camel case, rows of a stream in upper; here they are the same.
// https://learn.microsoft.com/en-us/rest/api/azure/devops/audit/audit-log/query
// https://learn.microsoft.com/en-us/azure/devops/organizations/audit/auditing-streaming
import { isObject, type JsonObject } from '../../../../core/json.ts';

/** `ActorUPN` → `actorUPN`, `IPAddress` → `ipAddress`; of `data`, the first letter too. */
export function rowOf(body: JsonObject): JsonObject {
  const row = lowered(body);
  return isObject(row.data) ? { ...row, data: lowered(row.data) } : row;
}

function lowered(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [lowerFirst(key), value]));
}

function lowerFirst(key: string): string {
  return key.startsWith('IP') ? `ip${key.slice(2)}` : key.slice(0, 1).toLowerCase() + key.slice(1);
}

// A row of the audit log in one form: where it was exported as CSV, nested fields are JSON in text.
// https://circleci.com/docs/guides/security/audit-logs/#audit-log-fields
import { isObject, type Json, type JsonObject } from '../../../../core/json.ts';

const NESTED = [
  'actor',
  'target',
  'payload',
  'metadata',
  'scope',
  'organization',
  'account',
  'request',
  'common_fields',
];

export function rowOf(body: JsonObject): JsonObject {
  const nested = NESTED.filter((field) => typeof body[field] === 'string').map((field) => [field, parsed(body[field])]);
  return { ...body, ...Object.fromEntries(nested) };
}

/** Text that is no JSON stays what it is. */
function parsed(text: Json | undefined): Json | undefined {
  if (typeof text !== 'string') return text;
  if (text === '') return undefined;
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return text;
  }
}

// Lines of GitLab's other JSON logs, which shippers send along with `audit_json.log`: one request each.
// https://docs.gitlab.com/administration/logs/#api_jsonlog (and #production_jsonlog, #auth_jsonlog, #graphql_jsonlog)
import type { JsonObject } from '../../../../core/json.ts';
import { at, known, list, number, text, told } from '../../../fields.ts';
import type { ActivityDraft } from '../../../source.ts';

/** Undefined for what is no request. */
export function requestOf(body: JsonObject): ActivityDraft | undefined {
  const path = text(body, 'path');
  const method = text(body, 'method') ?? text(body, 'request_method');
  if (path === '/users/password' || path?.endsWith('/users/password')) {
    const subject = addressees(body);
    if (subject !== undefined) {
      const action = 'password_reset_requested';
      return { native_type: action, kind: 'access', detail: { action, subject } };
    }
  }
  if (at(body, 'query_string') !== undefined && path === undefined) {
    return { native_type: 'request', kind: 'request', detail: { operation: 'graphql' } };
  }
  if (path === undefined) return undefined;
  const operation = text(body, 'message') ?? text(body, 'route') ?? controller(body) ?? 'request';
  const detail = known({ operation, method, path, status: number(body, 'status') });
  return { native_type: 'request', kind: 'request', detail };
}

function controller(body: JsonObject): string | undefined {
  const name = text(body, 'controller');
  return name === undefined ? undefined : [name, text(body, 'action')].filter((part) => part !== undefined).join('#');
}

/** Whom a password reset was asked for: more than one address is the sign of CVE-2023-7028. */
function addressees(body: JsonObject): string | undefined {
  const user = list(body, 'params').find((parameter) => text(parameter, 'key') === 'user');
  return told(user, 'value', 'email');
}

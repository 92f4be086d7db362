// What an audit event says beyond who and whence.
import type { ActivityDetails } from '../../../../core/activity.ts';
import type { JsonObject } from '../../../../core/json.ts';
import { at, known, list, number, object, text } from '../../../fields.ts';
import type { Piece } from '../../../source.ts';
import { placeOf } from '../../sensors/shared/place.ts';
import { kindOf } from './kinds.ts';
import { SERVICE_ACCOUNT, userName } from './user.ts';

/** Accounts that one binding names in an activity; all of them stand in the record. */
const MOST_SUBJECTS = 20;

export interface Call {
  readonly verb: string;
  /** With its subresource, `pods/exec`; empty for calls of nothing in particular (`/healthz`). */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  /** `get pods`, `GET /healthz`. */
  readonly operation: string;
  /** Without its query. */
  readonly path?: string;
  readonly status?: number;
  readonly error?: string;
  /** Nothing was to be changed: `?dryRun=All`. */
  readonly dry: boolean;
}

export function callOf(event: JsonObject): Call {
  const verb = text(event, 'verb') ?? 'unnamed';
  const parts = [text(event, 'objectRef', 'resource'), text(event, 'objectRef', 'subresource')];
  const resource = parts.filter((part) => part !== undefined).join('/');
  const [path, query = ''] = text(event, 'requestURI')?.split('?', 2) ?? [];
  const status = number(event, 'responseStatus', 'code');
  return known({
    verb,
    resource,
    namespace: text(event, 'objectRef', 'namespace'),
    name: text(event, 'objectRef', 'name') ?? madeName(event),
    operation: resource === '' ? `${verb.toUpperCase()} ${path ?? '/'}` : `${verb} ${resource}`,
    path,
    status,
    error: errorOf(event, status),
    dry: new URLSearchParams(query).has('dryRun'),
  });
}

/** The server completes names that are only begun (`generateName`). */
function madeName(event: JsonObject): string | undefined {
  return text(object(event, 'responseObject'), 'metadata', 'name');
}

function errorOf(event: JsonObject, status: number | undefined): string | undefined {
  if (text(event, 'stage') === 'Panic') return 'panic';
  if (status === undefined || status < 400) return undefined;
  return text(event, 'responseStatus', 'reason') ?? text(event, 'responseStatus', 'message') ?? String(status);
}

/** What failed, or was only tried, changed nothing: it stays a request. Whoever acts as somebody else is said beside it. */
export function said(event: JsonObject, call: Call): readonly Piece[] {
  const as = text(event, 'impersonatedUser', 'username');
  const session: Piece[] =
    as === undefined ? [] : [{ kind: 'session', detail: { action: 'impersonation', method: `as ${as}` } }];
  return [...pieces(event, call), ...session];
}

function pieces(event: JsonObject, call: Call): readonly Piece[] {
  const { verb, resource, error, status, operation, path, dry } = call;
  const request: Piece = { kind: 'request', detail: known({ operation, path, status, error }) };
  if (error !== undefined || dry) return [request];
  switch (kindOf(verb, resource, userName(event))) {
    case 'request':
      return [request];
    case 'process':
      return [request, started(event, call)];
    case 'secret':
      return [{ kind: 'secret', detail: known({ action: operation, name: pathOf(call) }) }];
    case 'grant':
      return [{ kind: 'grant', detail: grant(call) }];
    case 'access':
      return [{ kind: 'access', detail: access(event, call) }];
    case 'protection':
      return [{ kind: 'protection', detail: protection(call) }];
    case 'setting':
      return [{ kind: 'setting', detail: known({ action: operation, name: pathOf(call) }) }];
    case 'deployment':
      return [{ kind: 'deployment', detail: deployment(call) }];
  }
}

function pathOf({ namespace, name }: Call): string | undefined {
  return name === undefined || namespace === undefined ? name : `${namespace}/${name}`;
}

/**
 * The command stands in the query: `…/exec?command=sh&command=-c&command=id&container=runner`. The pod is the machine, as
 * the sensors' events have it.
 */
function started(event: JsonObject, { namespace, name }: Call): Piece {
  const query = new URLSearchParams(text(event, 'requestURI')?.split('?', 2)[1]);
  const command = query.getAll('command');
  const container = query.get('container') ?? undefined;
  return known({
    kind: 'process',
    process: known({ executable: command[0], command_line: command.join(' ') || undefined }),
    ...placeOf({
      host: undefined,
      pod: name === undefined ? undefined : known({ name, namespace }),
      container: container === undefined ? undefined : { name: container },
    }),
    detail: { action: 'start' as const },
  });
}

function grant(call: Call): ActivityDetails['grant'] {
  const token = call.resource === 'serviceaccounts/token';
  return known({
    action: token ? call.verb : 'approve',
    type: token ? 'service account token' : 'client certificate',
    name: pathOf(call),
    subject: token ? accountOf(call.namespace, call.name) : undefined,
  });
}

/** Who is bound and to what is told where the policy has the bodies of such calls written down. */
function access(event: JsonObject, call: Call): ActivityDetails['access'] {
  // A patch is an update of which only the difference is sent.
  const action = call.verb === 'patch' ? 'update' : call.verb;
  if (call.resource === 'serviceaccounts') return known({ action, subject: accountOf(call.namespace, call.name) });
  if (!call.resource.endsWith('bindings')) return known({ action, role: pathOf(call) });
  const binding = [at(event, 'responseObject'), at(event, 'requestObject')].find(
    (body) => typeof body === 'object' && body !== null && !Array.isArray(body) && 'roleRef' in body,
  );
  const subjects = list(binding, 'subjects').slice(0, MOST_SUBJECTS);
  const names = subjects.flatMap((subject) => {
    const name = text(subject, 'name');
    return (text(subject, 'kind') === 'ServiceAccount' ? accountOf(text(subject, 'namespace'), name) : name) ?? [];
  });
  return known({ action, subject: names.join(', ') || undefined, role: text(binding, 'roleRef', 'name') });
}

/** As the account is called where it acts. */
function accountOf(namespace: string | undefined, name: string | undefined): string | undefined {
  return namespace === undefined || name === undefined ? undefined : `${SERVICE_ACCOUNT}${namespace}:${name}`;
}

function protection(call: Call): ActivityDetails['protection'] {
  const change = call.verb.startsWith('delete') ? 'removed' : call.verb === 'create' ? 'added' : 'changed';
  return known({ change, what: call.resource, target: pathOf(call) });
}

function deployment({ operation, resource, namespace, name }: Call): ActivityDetails['deployment'] {
  return known({
    action: operation,
    id: name === undefined ? undefined : `${resource}/${name}`,
    environment: namespace,
  });
}

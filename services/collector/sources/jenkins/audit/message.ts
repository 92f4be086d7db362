// What a line of the Audit Trail plugin says, without its date.
// https://plugins.jenkins.io/audit-trail/ (and the plugin's own `AuditTrailFilter`, `AuditTrailRunListener` …)
import type { Piece } from '../../../delivery.ts';
import { known } from '../../../fields.ts';
import { placeOf } from '../shared/path.ts';
import { requestPiece } from '../shared/request.ts';
import { actorOf } from '../shared/user.ts';
import { build, credentialUse } from './builds.ts';

export interface Message {
  readonly native_type: string;
  readonly pieces: readonly Piece[];
}

/** In the order in which they can be told apart. A line in no known form is kept as `other`. */
export function messageOf(text: string): Message {
  return (
    script(text) ??
    authentication(text) ??
    named('credentials used', credentialUse(text)) ??
    request(text) ??
    named('build', build(text)) ?? { native_type: 'line', pieces: [{ kind: 'other', detail: { type: 'line' } }] }
  );
}

function named(native_type: string, pieces: readonly Piece[] | undefined): Message | undefined {
  return pieces && { native_type, pieces };
}

const SCRIPT = /^A groovy script was executed(?: by user '([^'\n]*)')?\. Origin: ([^\n]*)/;

/** The script itself follows on lines of its own and stays in the record. */
function script(text: string): Message | undefined {
  const [, user, origin] = SCRIPT.exec(text) ?? [];
  if (origin === undefined) return undefined;
  const operation = origin.includes('CLI') ? 'script by cli' : 'script console';
  return named('script', [known({ kind: 'request', actor: actorOf(user), detail: { operation } })]);
}

const SIGNED = /^(Successful login|Failed login attempt|Logout) for user '(.*)'$/s;

function authentication(text: string): Message | undefined {
  const [, what, user] = SIGNED.exec(text) ?? [];
  if (what === undefined) return undefined;
  const action = what === 'Logout' ? 'logout' : what.startsWith('Failed') ? 'failure' : 'login';
  return named(action, [known({ kind: 'session', actor: actorOf(user), detail: { action } })]);
}

/** `/job/a/configSubmit by x from 192.0.2.1`; what was made or cancelled stands in brackets behind the path. */
function request(text: string): Message | undefined {
  const by = text.lastIndexOf(' by ');
  const path = text.slice(0, by).split(' ', 1)[0] ?? '';
  if (by < 0 || !path.startsWith('/')) return undefined;
  const [user, address] = split(text.slice(by + ' by '.length));
  const about = /^\((.*)\)$/s.exec(text.slice(path.length, by).trim())?.[1];
  const asked = placeOf(path);
  // A new item is named apart from the folder that it is made in, a cancelled one by its own path.
  const other = about?.startsWith('job/') ? placeOf(`/${about}`).job : about;
  const job = /\/createItem$/.test(asked.shape) && about !== undefined ? [asked.job, about] : [asked.job ?? other];
  const own = job.filter((part) => part !== undefined).join('/');
  const place = own === '' || asked.computer !== undefined ? asked : { ...asked, job: own };
  const client = address === undefined ? undefined : { address };
  return {
    native_type: asked.shape,
    pieces: [known({ actor: actorOf(user), client, ...requestPiece(place, {}) })],
  };
}

/** Old versions of the plugin do not tell the address. */
function split(told: string): readonly [string, string | undefined] {
  const from = told.lastIndexOf(' from ');
  return from < 0 ? [told, undefined] : [told.slice(0, from), told.slice(from + ' from '.length)];
}

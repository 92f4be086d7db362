// Jenkins' HTTP access log, in NCSA's combined or common form, as Jetty and every proxy before it write it.
import { PipewardenError } from '../../../core/errors.ts';
import { type Instant, parseTime } from '../../../core/time.ts';
import { anyKnown, known } from '../../fields.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { monthNumber } from './shared/month.ts';
import { placeOf } from './shared/path.ts';
import { requestPiece } from './shared/request.ts';
import { actorOf } from './shared/user.ts';

export const jenkinsAccess = defineSource({
  id: 'jenkins.access',
  title: 'Jenkins access log',
  reference: 'https://httpd.apache.org/docs/current/logs.html#combined',
  body: 'text',
  identifiers: [],
  normalize,
  time: (body) => (typeof body === 'string' ? timeOf(LINE.exec(body)?.[3]) : undefined),
});

/** address, identity, user [time] "request" status size "referrer" "agent". Quotes inside are escaped. */
const LINE =
  /^(\S+) \S+ ([^[]*?) ?\[([^\]]*)\] "((?:[^"\\]|\\.)*)" (\d{3}|-) (?:\d+|-)(?: "(?:[^"\\]|\\.)*" "((?:[^"\\]|\\.)*)")?/;

function normalize({ body, source }: RedactedRecord): readonly ActivityDraft[] {
  const [, address, user, time, request, status, agent] = (typeof body === 'string' && LINE.exec(body)) || [];
  if (request === undefined) {
    throw new PipewardenError('RECORD_INVALID', { source, problem: 'the line is not of an access log' });
  }
  const [, method, path] = /^([A-Z]+) (\S+)/.exec(request) ?? [];
  const answer = Number(status);
  const answered = { method, status: Number.isNaN(answer) ? undefined : answer };
  const place = path === undefined ? undefined : placeOf(path);
  return [
    known({
      native_type: place === undefined ? 'malformed' : `${method} ${place.shape}`,
      observed_at: timeOf(time),
      actor: actorOf(user?.trim()),
      client: anyKnown({ address: said(address), user_agent: said(agent) }),
      ...(place === undefined ? malformed(request, answered.status) : requestPiece(place, answered)),
    }),
  ];
}

/** What is no HTTP request at all: a TLS greeting, a scanner's bytes. */
function malformed(request: string, status: number | undefined) {
  return { kind: 'request' as const, detail: known({ operation: 'malformed', path: request || undefined, status }) };
}

/** Logs write `-` for what was not there. */
function said(value: string | undefined): string | undefined {
  return value === '-' || value === '' ? undefined : value;
}

const TIME = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{4})$/;

/** `05/Mar/2026:00:00:18 +0000`. */
function timeOf(time: string | undefined): Instant | undefined {
  const [, day, name, year, clock, zone] = TIME.exec(time ?? '') ?? [];
  const month = monthNumber(name);
  return month === undefined ? undefined : parseTime(`${year}-${month}-${day}T${clock}${zone}`)?.at;
}

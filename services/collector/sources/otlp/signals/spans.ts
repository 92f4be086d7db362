// What a span tells of: a run, a task of it, or something that was done within one.
// https://opentelemetry.io/docs/specs/semconv/cicd/cicd-spans/
import { isIP } from 'node:net';
import type { ActivityDetails } from '../../../../core/activity.ts';
import type { Result } from '../../../../core/details/pipeline.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { type Instant, SECOND } from '../../../../core/time.ts';
import { anyKnown, instant, known, number, object, text } from '../../../fields.ts';
import type { ActivityDraft, Piece } from '../../../source.ts';
import { counted, hasAny, named } from './attributes.ts';
import { actorOf, cicdOf, hostOf, processOf, vcsOf } from './place.ts';

/** SpanKind: https://opentelemetry.io/docs/specs/otel/trace/api/#spankind */
const SERVER = 2;
const CLIENT = 3;

const RUN_RESULT = ['cicd.pipeline.result', 'cicd.pipeline.run.status'];
const TASK_RESULT = ['cicd.pipeline.task.run.result', 'cicd.pipeline.run.task.status'];

const RESULTS: ReadonlyMap<string, Result> = new Map<string, Result>([
  ...(['success', 'failure', 'cancellation', 'skip', 'timeout', 'error'] as const).map((word) => [word, word] as const),
  // GitLab's words, which the Collector's receiver passes on.
  ['failed', 'failure'],
  ['canceled', 'cancellation'],
  ['skipped', 'skip'],
]);

interface Span {
  readonly span: Json;
  /** Of the span, of its resource, and both together, the span's first. */
  readonly own: JsonObject;
  readonly around: JsonObject;
  readonly all: JsonObject;
  readonly start: Instant | undefined;
  readonly end: Instant | undefined;
}

export function draftOf(resource: Json | undefined, span: Json): ActivityDraft {
  const own = object(span, 'attributes') ?? {};
  const around = object(resource, 'attributes') ?? {};
  const [start, end] = [moment(span, 'startTimeUnixNano'), moment(span, 'endTimeUnixNano')];
  const told = { span, own, around, all: { ...around, ...own }, start, end };
  const ids = [text(span, 'traceId'), text(span, 'spanId')].flatMap((id) => id?.toLowerCase() ?? []);
  const piece = pieceOf(told);
  const ends = piece.kind === 'run' || piece.kind === 'job';
  const base = known({
    native_type: text(span, 'name') ?? 'span',
    natural_id: ids.length === 2 ? ids.join(' ') : undefined,
    observed_at: ends ? (end ?? start) : (start ?? end),
    vcs: vcsOf(told.all),
  });
  return { ...base, ...piece };
}

/**
 * A program within a job has the job's attributes in its resource, so they only say where it was done. What a run or task
 * came to is known to whoever tells of that itself.
 */
function pieceOf(told: Span): Piece {
  const { span, own, around, all } = told;
  const bare = Object.keys(own).length === 0;
  const isTask =
    (Object.hasOwn(own, 'cicd.pipeline.task.run.result') && Object.hasOwn(own, 'cicd.pipeline.task.run.id')) ||
    (bare && hasAny(around, TASK_RESULT));
  if (isTask) return task(told);
  const isRoot = text(span, 'parentSpanId') === undefined;
  if (Object.hasOwn(own, 'cicd.pipeline.result') || (isRoot && hasAny(around, RUN_RESULT))) return run(told);
  const cicd = cicdOf(all);
  const done = cicd && doneIn(told);
  const asked = done ?? requestTo(told);
  return known({ cicd, ...(asked ?? { kind: 'other', detail: { type: text(span, 'name') ?? 'span' } }) });
}

function run(told: Span): Piece {
  const { all } = told;
  const word = named(all, ...RUN_RESULT);
  const result = word === undefined ? undefined : RESULTS.get(word);
  const { pipeline: { task: _task, ...pipeline } = {}, worker } = cicdOf(all) ?? {};
  const detail: ActivityDetails['run'] = known({ action: 'finished', ...ending(word, result), seconds: seconds(told) });
  return known({
    kind: 'run',
    actor: actorOf(all),
    cicd: known({
      pipeline: known({
        ...pipeline,
        run: pipeline.run && known({ ...pipeline.run, state: 'finished' as const, result }),
      }),
      worker,
    }),
    detail,
  });
}

function task(told: Span): Piece {
  const { span, all } = told;
  const word = named(all, ...TASK_RESULT);
  const result = word === undefined ? undefined : RESULTS.get(word);
  const { pipeline, worker } = cicdOf(all) ?? {};
  const name = pipeline?.task?.name ?? text(span, 'name');
  const id = named(all, 'cicd.pipeline.task.run.id');
  const detail: ActivityDetails['job'] = known({
    action: 'finished',
    ...ending(word, result),
    seconds: seconds(told),
    environment: named(all, 'cicd.pipeline.task.run.environment.name'),
  });
  return known({
    kind: 'job',
    actor: actorOf(all),
    cicd: known({
      pipeline: known({
        ...pipeline,
        task: name === undefined ? undefined : known({ name, run: anyKnown({ id, result }) }),
      }),
      worker,
    }),
    detail,
  });
}

/** A result of another vocabulary stays as it is. */
function ending(word: string | undefined, result: Result | undefined): { readonly conclusion?: string } {
  return word === undefined || result !== undefined ? {} : { conclusion: word };
}

function seconds({ start, end }: Span): number | undefined {
  return start === undefined || end === undefined || end < start ? undefined : (end - start) / SECOND;
}

/** A program that was run, or a connection that was opened, by the conventions for programs and for clients. */
function doneIn(told: Span): Piece | undefined {
  const { span, own, all } = told;
  const by = { host: hostOf(all), process: processOf(all) };
  if (hasAny(own, ['process.executable.name', 'process.executable.path']) && Object.hasOwn(own, 'process.pid')) {
    return known({ kind: 'process', ...by, detail: { action: 'start' as const } });
  }
  const where = named(own, 'server.address', 'net.peer.name', 'net.peer.ip');
  if (where === undefined || number(span, 'kind') !== CLIENT) return undefined;
  const transport = named(own, 'network.transport', 'net.transport')?.replace(/^ip_/, '');
  const detail: ActivityDetails['connection'] = known({
    ...(isIP(where) > 0 ? { address: where } : { host: where.toLowerCase() }),
    ...anyKnown({ address: addressIn(own) }),
    port: counted(own, 'server.port', 'net.peer.port'),
    transport: transport === 'tcp' || transport === 'udp' ? transport : undefined,
    direction: 'egress' as const,
    bytes: counted(own, 'http.request.body.size', 'http.request_content_length'),
  });
  return known({ kind: 'connection', ...by, detail });
}

function addressIn(own: JsonObject): string | undefined {
  const address = named(own, 'network.peer.address', 'net.sock.peer.addr');
  return address !== undefined && isIP(address) > 0 ? address : undefined;
}

/** Of other servers than those of CI systems, who asks them for what says nothing about pipelines. */
function requestTo({ span, own, all }: Span): Piece | undefined {
  const method = named(own, 'http.request.method', 'http.method');
  if (number(span, 'kind') !== SERVER || method === undefined || !Object.hasOwn(all, 'cicd.system.component')) {
    return undefined;
  }
  const path = named(own, 'url.path', 'http.target')?.replace(/[?#].*$/s, '');
  const detail: ActivityDetails['request'] = known({
    operation: path === undefined ? method : `${method} ${path}`,
    method,
    path,
    status: counted(own, 'http.response.status_code', 'http.status_code'),
  });
  return known({
    kind: 'request',
    actor: actorOf(all),
    client: anyKnown({
      address: named(own, 'client.address', 'http.client_ip'),
      user_agent: named(own, 'user_agent.original', 'http.user_agent'),
    }),
    detail,
  });
}

/** Nanoseconds; zero stands for none. */
export function moment(value: Json, key: string): Instant | undefined {
  const found = object(value)?.[key];
  return found === '0' || found === 0 ? undefined : instant(value, key);
}

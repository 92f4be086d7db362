// OpenTelemetry: spans and log records of CI/CD systems, and of what runs in their jobs, as exporters send them over HTTP.
import { PipewardenError } from '../../../core/errors.ts';
import { isObject, type Json } from '../../../core/json.ts';
import { latest, list } from '../../fields.ts';
import { listed, type Push } from '../../push.ts';
import { authorization } from '../../receiver/proofs.ts';
import { type ActivityDraft, defineSource, type RedactedRecord } from '../../source.ts';
import { MESSAGES } from './protobuf/messages.ts';
import { decodeMessage } from './protobuf/wire.ts';
import { logDrafts } from './signals/logs.ts';
import { draftOf, moment } from './signals/spans.ts';
import { unpack } from './signals/unpack.ts';

const ID = 'otlp';

/** Spans or log records of one record that are read; how many there are more, a last activity says. */
export const MOST_ITEMS = 10_000;

/** Where a signal's items are: in lists of resources, of scopes, of items. */
const SIGNALS = [
  { resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans' },
  { resources: 'resourceLogs', scopes: 'scopeLogs', items: 'logRecords' },
] as const;

/** https://opentelemetry.io/docs/specs/otlp/#otlphttp-request: the type of a binary request is told by its address alone. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['/v1/traces', 'traces'],
  ['/v1/logs', 'logs'],
]);

const push: Push = {
  path: '/',
  endings: [...ENDINGS.keys()],
  proof: authorization,
  binary: {
    type: 'application/x-protobuf',
    decode: (bytes, ending) => decodeMessage(bytes, MESSAGES, ENDINGS.get(ending) ?? '', ID),
  },
  split: (body) => listed(body).flatMap(split),
};

export const otlp = defineSource({
  id: ID,
  title: 'OpenTelemetry traces and logs (OTLP)',
  reference: 'https://opentelemetry.io/docs/specs/otlp/',
  push,
  body: 'json',
  identifiers: [
    'traceId',
    'spanId',
    'parentSpanId',
    'cicd.pipeline.run.id',
    'cicd.pipeline.task.run.id',
    'cicd.worker.id',
    'vcs.ref.head.revision',
    'vcs.ref.base.revision',
    'service.instance.id',
    'container.id',
    'k8s.pod.uid',
  ],
  unpack,
  normalize,
  time: (body) => timeOf(body),
});

/** A record for each resource, so for each job. A request without any is none, and no mistake. */
function split(request: unknown): readonly unknown[] {
  if (!isObject(request)) return [request];
  const names = Object.keys(request);
  const known = SIGNALS.filter(({ resources }) => Array.isArray(request[resources]));
  if (known.length === 0) return names.length === 0 ? [] : [request];
  return known.flatMap(({ resources }) => {
    return listed(request[resources]).map((resource) => ({ [resources]: [resource] }));
  });
}

function normalize({ body, source }: RedactedRecord): readonly ActivityDraft[] {
  const isRequest = isObject(body) && SIGNALS.some(({ resources }) => Array.isArray(body[resources]));
  if (!isRequest) {
    const problem = 'the body has neither resourceSpans nor resourceLogs: only traces and logs are taken';
    throw new PipewardenError('RECORD_INVALID', { source, problem });
  }
  const [spans, logs] = SIGNALS.map((signal) => itemsOf(body, signal));
  const drafts = [
    ...(spans?.slice(0, MOST_ITEMS) ?? []).map(({ resource, item }) => draftOf(resource, item)),
    ...(logs?.slice(0, MOST_ITEMS) ?? []).flatMap(({ resource, item }) => logDrafts(resource, item)),
  ];
  const left = [spans, logs].reduce((sum, items) => sum + Math.max(0, (items?.length ?? 0) - MOST_ITEMS), 0);
  return [...oncePerName(drafts), ...(left > 0 ? [more(left)] : [])];
}

interface Item {
  readonly resource: Json | undefined;
  readonly item: Json;
}

function itemsOf(body: Json, { resources, scopes, items }: (typeof SIGNALS)[number]): readonly Item[] {
  return list(body, resources).flatMap((each) => {
    const resource = isObject(each) ? each.resource : undefined;
    return list(each, scopes).flatMap((scope) => list(scope, items).map((item) => ({ resource, item })));
  });
}

/** A build has thousands of spans that say nothing to us: each name of them is told once. */
function oncePerName(drafts: readonly ActivityDraft[]): readonly ActivityDraft[] {
  const names = new Set<string>();
  return drafts.filter((draft) => {
    if (draft.kind !== 'other') return true;
    const isNew = !names.has(draft.detail.type);
    names.add(draft.detail.type);
    return isNew;
  });
}

function more(left: number): ActivityDraft {
  return { kind: 'other', native_type: 'export', detail: { type: `${left} more items in the same request` } };
}

function timeOf(body: Json): number | undefined {
  const items = SIGNALS.flatMap((signal) => (isObject(body) ? itemsOf(body, signal) : []));
  return latest(
    items.flatMap(({ item }) =>
      ['endTimeUnixNano', 'timeUnixNano', 'observedTimeUnixNano'].map((key) => moment(item, key)),
    ),
  );
}

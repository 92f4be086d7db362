// Requests in the form of the examples of opentelemetry-proto, put together for cases.
// https://github.com/open-telemetry/opentelemetry-proto/tree/main/examples

export const sha = 'ffac537e6cbbf934b08745a378932722df287a53';
export const TRACE = '5B8EFFF798038103D269B633813FC60C';
export const START = '1772359200000000000';
export const END = '1772359290500000000';
export const ENDED = Date.parse('2026-03-01T10:01:30.500Z');

export type Values = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export function attributes(values: Values): readonly object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: wrapped(value) }));
}

export function wrapped(value: Values[string]): object {
  if (typeof value === 'number') return { intValue: String(value) };
  if (typeof value === 'boolean') return { boolValue: value };
  return typeof value === 'string' ? { stringValue: value } : { arrayValue: { values: value.map(wrapped) } };
}

export const pipeline: Values = {
  'service.name': 'ci',
  'cicd.pipeline.name': 'Build and Test',
  'cicd.pipeline.run.id': '120912',
  'cicd.pipeline.run.url.full': 'https://github.com/acme/shop/actions/runs/120912',
  'vcs.repository.name': 'shop',
  'vcs.repository.url.full': 'https://github.com/acme/shop',
  'vcs.ref.head.name': 'main',
  'vcs.ref.head.revision': sha,
  'vcs.ref.head.type': 'branch',
};
export const job: Values = { ...pipeline, 'cicd.pipeline.task.name': 'go-test', 'cicd.pipeline.task.run.id': '12097' };

export function traces(around: Values, ...spans: readonly object[]): object {
  const scope = { name: 'ci', version: '1.0.0' };
  return { resourceSpans: [{ resource: { attributes: attributes(around) }, scopeSpans: [{ scope, spans }] }] };
}

export function span(name: string, kind: number, values: Values, more: object = {}): object {
  return {
    traceId: TRACE,
    spanId: 'EEE19B7EC3C1B174',
    parentSpanId: 'EEE19B7EC3C1B173',
    name,
    kind,
    startTimeUnixNano: START,
    endTimeUnixNano: END,
    attributes: attributes(values),
    status: {},
    ...more,
  };
}

export function logs(around: Values, ...logRecords: readonly object[]): object {
  return { resourceLogs: [{ resource: { attributes: attributes(around) }, scopeLogs: [{ scope: {}, logRecords }] }] };
}

export function line(body: unknown, values: Values = {}): object {
  return {
    timeUnixNano: START,
    observedTimeUnixNano: END,
    severityNumber: 9,
    severityText: 'Information',
    body,
    attributes: attributes(values),
  };
}

// What OpenTelemetry's exporters send: both encodings of it, at both addresses, and what must not become of it.
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { redact } from '../../../services/collector/host/redact.ts';
import { createReceiver } from '../../../services/collector/receiver.ts';
import { cases } from '../../../services/collector/sources/otlp/otlp.cases.ts';
import { MOST_ITEMS, otlp } from '../../../services/collector/sources/otlp/otlp.ts';
import { MESSAGES } from '../../../services/collector/sources/otlp/protobuf/messages.ts';
import { decodeMessage } from '../../../services/collector/sources/otlp/protobuf/wire.ts';
import { createRedactor } from '../../../services/redactor/engine.ts';
import { field, fixed64Field, numberField, varint } from '../../helpers/protobuf.ts';
import { makeSecret } from '../../helpers/secrets.ts';
import { type Collecting, clock, startCollecting } from '../collecting.ts';
import { SECRET } from '../deliveries.ts';

/** As the exporters for JavaScript (0.223.1) wrote them: a run and a call of a host, and two lines of a log. */
const TRACES =
  'CrsECvoBChQKDHNlcnZpY2UubmFtZRIECgJjaQodChJjaWNkLnBpcGVsaW5lLm5hbWUSBwoFQnVpbGQKIAoUY2ljZC5waXBlbGluZS5ydW4uaWQSCAoGMTIwOTEyCjkKF3Zjcy5yZXBvc2l0b3J5LnVybC5mdWxsEh4KHGh0dHBzOi8vZ2l0aHViLmNvbS9hY21lL3Nob3AKJAoXY2ljZC5waXBlbGluZS50YXNrLm5hbWUSCQoHZ28tdGVzdAokChljaWNkLnBpcGVsaW5lLnRhc2sucnVuLmlkEgcKBTEyMDk3ChgKCWhvc3QubmFtZRILCglhZ2VudC1hYmMQABK7AgoJCgJjaRIDMS4wEq8BChCNp+YAZynTy41RXM8vBwWKEgiC5pc1D2w6CyoJUlVOIEJ1aWxkMAI5AEBlUk2vmBhBAKmdZGKvmBhKIQoUY2ljZC5waXBlbGluZS5yZXN1bHQSCQoHc3VjY2Vzc0oQCgFuEgsY+///////////AUoOCgFkEgkhAAAAAAAA+D9KBwoBYhICEAFKFAoEbGlzdBIMKgoKAwoBYQoDCgFiUABgAHAAegIYAIUBAQEAABJ8ChCtFQv8tK0Tr9zFx4rL+PdHEgidDhJ+zh9c+CoDR0VUMAM5AEBlUk2vmBhBAAoAjk2vmBhKIQoOc2VydmVyLmFkZHJlc3MSDwoNcGFzdGUuZXhhbXBsZUoSCgtzZXJ2ZXIucG9ydBIDGLsDUABgAHAAegIYAIUBAQEAAA==';
const LOGS =
  'CuMCCvoBChQKDHNlcnZpY2UubmFtZRIECgJjaQodChJjaWNkLnBpcGVsaW5lLm5hbWUSBwoFQnVpbGQKIAoUY2ljZC5waXBlbGluZS5ydW4uaWQSCAoGMTIwOTEyCjkKF3Zjcy5yZXBvc2l0b3J5LnVybC5mdWxsEh4KHGh0dHBzOi8vZ2l0aHViLmNvbS9hY21lL3Nob3AKJAoXY2ljZC5waXBlbGluZS50YXNrLm5hbWUSCQoHZ28tdGVzdAokChljaWNkLnBpcGVsaW5lLnRhc2sucnVuLmlkEgcKBTEyMDk3ChgKCWhvc3QubmFtZRILCglhZ2VudC1hYmMQABJkCgQKAmNpEiAJAEBlUk2vmBgqCgoIbGluZSBvbmU4AFmAi2zxQznsGBI6CQAKAI5Nr5gYKgoKCGxpbmUgdHdvMhgKDGxvZy5pb3N0cmVhbRIICgZzdGRvdXQ4AFmAi2zxQznsGA==';

let collecting: Collecting;
beforeEach(async () => {
  collecting = await startCollecting();
});
afterEach(() => collecting.close());

async function send(
  path: string,
  body: string | Buffer<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
  base = '/',
) {
  const { collector, telemetry } = collecting;
  const app = createReceiver({
    collector,
    routes: [{ path: base, source: 'otlp', secrets: () => [SECRET] }],
    telemetry,
    clock,
  });
  const all = { 'content-type': 'application/json', authorization: `Bearer ${SECRET}`, ...headers };
  return await app.request(path, { method: 'POST', headers: all, body });
}

const BINARY = { 'content-type': 'application/x-protobuf' };

describe('an exporter that is given the receiver’s address', () => {
  test('is answered in its own encoding, and what it sent is kept', async () => {
    for (const [path, text] of [
      ['/v1/traces', TRACES],
      ['/v1/logs', LOGS],
    ] as const) {
      const answer = await send(path, Buffer.from(text, 'base64'), BINARY);
      expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
        200,
        BINARY['content-type'],
        '',
      ]);
      const packed = await send(path, gzipSync(Buffer.from(text, 'base64')), { ...BINARY, 'content-encoding': 'gzip' });
      expect(packed.status).toBe(200);
    }
    const kinds = new Set((await collecting.activities()).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['connection', 'log', 'run']);
    expect(await collecting.letters()).toEqual([]);
  });

  test('may be given a path of its own', async () => {
    const answer = await send('/otel/v1/traces', Buffer.from(TRACES, 'base64'), BINARY, '/otel/');
    expect(answer.status).toBe(200);
    expect((await send('/v1/traces', '{}', {}, '/otel')).status).toBe(404);
  });

  test('may have nothing to tell', async () => {
    expect(await (await send('/v1/traces', '{}')).json()).toEqual({ accepted: 0 });
    expect(await (await send('/v1/logs', '{"resourceLogs":[]}')).json()).toEqual({ accepted: 0 });
    expect((await send('/v1/logs', Buffer.alloc(0), BINARY)).status).toBe(200);
  });

  test('is told when it sends what is not taken', async () => {
    const metrics = await send('/v1/traces', '{"resourceMetrics":[]}');
    expect(metrics.status).toBe(400);
    expect(await metrics.json()).toMatchObject({
      error: 'RECORD_INVALID',
      message: expect.stringContaining('only traces and logs'),
    });
    expect((await send('/v1/metrics', '{}')).status).toBe(404);
    const other = await send('/v1/traces', Buffer.from(TRACES, 'base64'), { 'content-type': 'application/grpc' });
    expect(other.status).toBe(400);
  });
});

test('both encodings of a request say the same', () => {
  const decoded = decodeMessage(Buffer.from(TRACES, 'base64'), MESSAGES, 'traces', 'otlp');
  expect(decoded).toMatchObject({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                traceId: '8da7e6006729d3cb8d515ccf2f07058a',
                spanId: '82e697350f6c3a0b',
                kind: 2,
                startTimeUnixNano: '1772359200000000000',
                attributes: [
                  { key: 'cicd.pipeline.result', value: { stringValue: 'success' } },
                  { key: 'n', value: { intValue: '-5' } },
                  { key: 'd', value: { doubleValue: 1.5 } },
                  { key: 'b', value: { boolValue: true } },
                  { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } } },
                ],
              },
              { name: 'GET', kind: 3 },
            ],
          },
        ],
      },
    ],
  });
});

describe('hostile bytes', () => {
  const nested = (depth: number) => {
    let value = field(1, 'deep');
    for (let level = 0; level < depth; level++) value = field(5, [field(1, value)]);
    return field(1, [field(2, [field(2, [field(9, [field(1, 'key'), field(2, value)])])])]);
  };

  test.each([
    ['an end in the middle', Buffer.from(TRACES, 'base64').subarray(0, 300)],
    ['a length beyond the end', Buffer.concat([Buffer.from([0x0a]), varint(2n ** 40n)])],
    ['a number without an end', Buffer.alloc(40, 0xff)],
    ['a group', Buffer.from([0x0b, 0x0c])],
    ['JSON', Buffer.from('{"resourceSpans":[]}')],
    ['values in values in values', nested(30)],
    [
      'more messages than anybody has',
      Buffer.concat(Array.from({ length: 1_000_001 }, () => Buffer.from([0x0a, 0x00]))),
    ],
  ])('%s: 400, and nothing is kept', async (_what, bytes) => {
    const answer = await send('/v1/traces', Buffer.from(bytes), BINARY);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'RECORD_INVALID' });
    expect(await collecting.entries()).toEqual([]);
  });

  test('what a later version adds is passed over', () => {
    const span = [
      field(5, 'RUN'),
      numberField(90, 7),
      field(91, 'new'),
      fixed64Field(92, 7n),
      Buffer.from([0xed, 0x05, 0, 0, 0, 0]),
    ];
    const request = field(1, [field(2, [field(2, span)])]);
    expect(decodeMessage(request, MESSAGES, 'traces', 'otlp')).toEqual({
      resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'RUN' }] }] }],
    });
  });

  test('a field of another type than it has counts as unknown', () => {
    const request = field(1, [field(2, [field(2, [numberField(5, 7), field(6, 'two')])])]);
    expect(decodeMessage(request, MESSAGES, 'traces', 'otlp')).toEqual({
      resourceSpans: [{ scopeSpans: [{ spans: [{}] }] }],
    });
  });
});

test('values in values in values, in JSON: what is so deep is left out, and the rest is kept', async () => {
  const deep = `${'{"arrayValue":{"values":['.repeat(20_000)}${']}}'.repeat(20_000)}`;
  const bodies = [
    `{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"x","attributes":[{"key":"a","value":${deep}}]}]}]}]}`,
    `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${deep}}]}]}]}`,
    `{"resourceSpans":[${deep}]}`,
  ];
  for (const body of bodies) expect((await send('/v1/traces', body)).status).toBe(200);
  expect((await collecting.activities()).map(({ kind }) => kind)).toEqual(['other', 'other']);
});

describe('secrets', () => {
  const redactor = createRedactor({ key: new Uint8Array(32) });
  const record = (body: unknown) => redact({ source: 'otlp', received_at: 0, body }, otlp, redactor);
  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });

  test('are known by the names of their attributes', () => {
    const attributes = [attribute('process.environment_variable.DB_PASSWORD', 'harmless'), attribute('user', 'mara')];
    const { body } = record({ resourceSpans: [{ resource: { attributes }, scopeSpans: [] }] });
    expect(JSON.stringify(body)).not.toContain('harmless');
    expect(JSON.stringify(body)).toContain('mara');
  });

  test('that a job prints over several lines are taken out as one, and told', () => {
    const key = makeSecret('private-key', 1);
    const lines = ['before', ...key.split('\n'), 'after'];
    const attributes = [attribute('cicd.pipeline.run.id', '7')];
    const logRecords = lines.map((line) => ({ timeUnixNano: '1772359200000000000', body: { stringValue: line } }));
    const redacted = record({ resourceLogs: [{ resource: { attributes }, scopeLogs: [{ logRecords }] }] });
    const drafts = otlp.normalize(redacted);
    const [log, exposure] = drafts;
    if (log?.kind !== 'log' || exposure?.kind !== 'exposure') throw new Error('not told');
    const text = log.detail.lines.join('\n');
    for (const line of key.split('\n').filter((each) => each.length > 8)) expect(text).not.toContain(line);
    expect(log.detail.lines.at(0)).toBe('before');
    expect(log.detail.lines.at(-1)).toBe('after');
    expect(Object.keys(exposure.detail.kinds)).toHaveLength(1);
  });
});

test('of too many spans the last activity counts the rest, and a record that was read can be read again', () => {
  const spans = Array.from({ length: MOST_ITEMS + 5 }, () => ({ name: 'x' }));
  const record = {
    source: 'otlp',
    received_at: 0,
    redactions: {},
    body: { resourceSpans: [{ scopeSpans: [{ spans }] }] },
  };
  const drafts = otlp.normalize(record);
  expect(drafts.map(({ detail }) => detail)).toEqual([{ type: 'x' }, { type: '5 more items in the same request' }]);
  for (const { record: each } of cases) {
    const once = otlp.unpack?.(each.body);
    expect(otlp.unpack?.(once)).toEqual(once);
  }
});

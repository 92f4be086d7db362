// GitHub delivers: what is answered, and what stands in the event log afterwards.
import { once } from 'node:events';
import { connect } from 'node:net';
import { serve } from '@hono/node-server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createReceiver } from '../../services/collector/receiver.ts';
import { PipewardenError } from '../../services/core/errors.ts';
import type { EventLog } from '../../services/core/ports/event-log.ts';
import { type Collecting, clock, kindsOf, startCollecting } from './collecting.ts';
import { delivery, push, SECRET, sign, webhookExamples } from './deliveries.ts';

const PREVIOUS = `${SECRET}-before`;
const PATH = '/hooks/github';
let collecting: Collecting;

beforeEach(async () => {
  collecting = await startCollecting();
});
afterEach(() => collecting.close());

function receiver(options: { secrets?: readonly string[]; bodyLimit?: number; maxHeld?: number; slow?: boolean } = {}) {
  const { collector, telemetry } = collecting;
  const { secrets = [SECRET], bodyLimit, maxHeld } = options;
  const route = {
    path: PATH,
    source: 'github.webhook' as const,
    secrets: () => secrets,
    ...(bodyLimit && { bodyLimit }),
  };
  // A deadline that has passed as soon as anybody waits for it.
  const late = { ...clock, sleep: async () => undefined };
  return createReceiver({
    ...{ collector, routes: [route], telemetry, clock: options.slow ? late : clock },
    ...(maxHeld && { maxHeld }),
  });
}

async function refusals(reason: string): Promise<number> {
  const { values } = await collecting.telemetry.metrics.recordsRefused.get();
  return values.find(({ labels }) => labels.reason === reason)?.value ?? 0;
}

test('every example delivery that GitHub and its users published becomes activities', async () => {
  const app = receiver();
  let count = 0;
  for (const { name, examples } of webhookExamples()) {
    for (const example of examples) {
      const answer = await app.request(PATH, delivery(name, example));
      expect(await answer.json(), name).toEqual({ accepted: expect.any(Number) });
      count += 1;
    }
  }
  const activities = await collecting.activities();
  const others = new Set(activities.filter(({ kind }) => kind === 'other').map(({ native_type }) => native_type));
  const counts = JSON.stringify(kindsOf(activities));
  expect(await collecting.letters(), counts).toEqual([]);
  expect(activities.length, counts).toBeGreaterThanOrEqual(count);
  expect([...others].sort(), counts).toEqual([]);
  const actorless = new Set(activities.filter(({ actor }) => !actor).map(({ native_type }) => native_type));
  // Advisories are published to everyone; nobody sends them.
  expect([...actorless].sort()).toEqual([
    'security_advisory.published',
    'security_advisory.updated',
    'security_advisory.withdrawn',
  ]);
});

describe('the signature', () => {
  test('fits the current or the previous secret', async () => {
    const app = receiver({ secrets: [SECRET, PREVIOUS] });
    const body = JSON.stringify(push());
    expect((await app.request(PATH, delivery('push', body))).status).toBe(200);
    const rotated = delivery('push', body, { 'x-hub-signature-256': sign(body, PREVIOUS) });
    expect((await app.request(PATH, rotated)).status).toBe(200);
  });

  test.each([
    ['is missing', undefined, 'SIGNATURE_MISSING'],
    ['was made with another secret', sign(JSON.stringify(push()), 'guess'), 'SIGNATURE_WRONG'],
    ['is of another body', sign('{}'), 'SIGNATURE_WRONG'],
    ['is no signature', 'sha256=', 'SIGNATURE_WRONG'],
  ])('%s: 401, and nothing is kept', async (_case, signature, error) => {
    const answer = await receiver().request(PATH, delivery('push', push(), { 'x-hub-signature-256': signature }));
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error });
    expect(await collecting.entries()).toEqual([]);
    expect(await refusals(error.toLowerCase())).toBe(1);
  });

  test('never fits a secret that was left empty', async () => {
    const body = JSON.stringify(push());
    const answer = await receiver({ secrets: [''] }).request(
      PATH,
      delivery('push', body, { 'x-hub-signature-256': sign(body, '') }),
    );
    expect(answer.status).toBe(401);
  });
});

describe('a delivery that cannot be used', () => {
  test.each([
    ['the body is not JSON', delivery('push', '{"ref": "refs/he')],
    ['the form has no payload', delivery('push', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })],
    ['the content type is text', delivery('push', '{}', { 'content-type': 'text/plain' })],
    ['the event is not named', delivery('push', push(), { 'x-github-event': undefined })],
    ['the body is a list', delivery('push', [])],
  ])('%s: 400', async (_case, request) => {
    const answer = await receiver().request(PATH, request);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'RECORD_INVALID' });
    expect(await collecting.entries()).toEqual([]);
  });

  test('signed JSON that is no delivery was accepted, so it stands on the dead-letter list', async () => {
    const answer = await receiver().request(PATH, delivery('push', { hello: 'world' }));
    expect(answer.status).toBe(400);
    expect(await collecting.letters()).toMatchObject([{ error: 'RECORD_INVALID', payload: { hello: 'world' } }]);
  });

  test('only POST is taken, and only at the configured address', async () => {
    const app = receiver();
    expect((await app.request(PATH)).status).toBe(405);
    const elsewhere = await app.request('/elsewhere', delivery('push', push()));
    expect(elsewhere.status).toBe(404);
    expect(await elsewhere.json()).toMatchObject({ error: 'NOT_FOUND' });
  });

  test('a body over the limit: 413, whether or not its length was told', async () => {
    const app = receiver({ bodyLimit: 1_000 });
    const body = JSON.stringify({ ...push(), filler: 'x'.repeat(2_000) });
    const told = { ...delivery('push', body, { 'content-length': String(body.length) }) };
    const streamed: RequestInit = {
      ...told,
      headers: delivery('push', body).headers,
      body: new Blob([body]).stream(),
      duplex: 'half',
    };
    for (const request of [told, streamed]) {
      const answer = await app.request(PATH, request);
      expect(answer.status).toBe(413);
      expect(await answer.json()).toMatchObject({ error: 'BODY_TOO_LARGE' });
    }
  });
});

test('many large bodies at once do not fill the memory: who comes too late is asked to come again', async () => {
  const app = receiver({ maxHeld: 1_500 });
  let finish = (): void => undefined;
  const slow = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array(1_000));
      finish = () => controller.close();
    },
  });
  const stranger: RequestInit = { method: 'POST', headers: delivery('push', '').headers, body: slow, duplex: 'half' };
  const first = app.request(PATH, stranger);
  await new Promise((resolve) => setImmediate(resolve));
  const large = delivery('push', push({ filler: 'x'.repeat(600) }));
  const late = await app.request(PATH, large);
  expect(late.status).toBe(503);
  expect(late.headers.get('Retry-After')).toBe('10');
  finish();
  expect((await first).status).toBe(401);
  expect((await app.request(PATH, delivery('push', push()))).status).toBe(200);
});

test('the form that older webhooks send carries the same delivery', async () => {
  const body = `payload=${encodeURIComponent(JSON.stringify(push()))}`;
  const answer = await receiver().request(
    PATH,
    delivery('push', body, { 'content-type': 'application/x-www-form-urlencoded' }),
  );
  expect(await answer.json()).toEqual({ accepted: 2 });
});

describe('a delivery that comes again', () => {
  const headers = { 'x-github-delivery': 'e3b0c442-0000-4000-8000-000000000001' };

  test('is answered with 200 and dropped', async () => {
    const app = receiver();
    await app.request(PATH, delivery('push', push(), headers));
    const again = await app.request(PATH, delivery('push', push(), headers));
    expect(again.status).toBe(200);
    expect(await collecting.activities()).toHaveLength(2);
    expect(await refusals('repeated')).toBe(1);
  });

  test('at the same moment shares the one that is under way', async () => {
    const app = receiver();
    const answers = await Promise.all([1, 2, 3].map(() => app.request(PATH, delivery('push', push(), headers))));
    for (const answer of answers) expect(await answer.json()).toEqual({ accepted: 2 });
    expect(await collecting.activities()).toHaveLength(2);
  });

  test('after it was refused is refused again: 2xx would say that it is kept', async () => {
    const app = receiver();
    const answers = [];
    for (let time = 0; time < 2; time++) answers.push(await app.request(PATH, delivery('push', {}, headers)));
    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
  });

  test('with the id of another body is not mistaken for it', async () => {
    const app = receiver();
    await app.request(PATH, delivery('push', push(), headers));
    await app.request(PATH, delivery('push', push({ ref: 'refs/heads/other' }), headers));
    expect((await collecting.activities()).filter(({ kind }) => kind === 'push')).toHaveLength(2);
  });
});

describe('when the event log does not answer', () => {
  async function withLog(append: EventLog['append']): Promise<void> {
    await collecting.close();
    collecting = await startCollecting({ log: (real) => ({ ...real, append }) });
  }

  test('the sender is asked to come again, and then is heard', async () => {
    let down = true;
    const kept: string[] = [];
    await withLog(async (topic) => {
      if (down) throw new PipewardenError('LOG_UNAVAILABLE', { problem: 'disk full' });
      kept.push(topic);
    });
    const app = receiver();
    const request = () => app.request(PATH, delivery('push', push(), { 'x-github-delivery': 'a' }));
    const refused = await request();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('Retry-After')).toBe('10');
    expect(await refused.json()).toMatchObject({ error: 'LOG_UNAVAILABLE' });
    down = false;
    expect((await request()).status).toBe(200);
    expect(kept).toEqual(['activity']);
  });

  test('GitHub is answered before it gives up', async () => {
    await withLog(() => new Promise(() => undefined));
    const answer = await receiver({ slow: true }).request(PATH, delivery('push', push()));
    expect(answer.status).toBe(503);
  });
});

test('a sender that breaks off in the middle costs nothing', async () => {
  const server = serve({ fetch: receiver().fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const socket = connect(port, '127.0.0.1');
  const head = ['POST /hooks/github HTTP/1.1', 'Host: here', 'Content-Length: 1000', 'Content-Type: application/json'];
  const sent = [...head, 'X-GitHub-Event: push', 'X-Hub-Signature-256: sha256=00', '', '{"ref"'].join('\r\n');
  await new Promise<void>((resolve) => socket.write(sent, () => resolve()));
  socket.destroy();
  const answer = await fetch(`http://127.0.0.1:${port}${PATH}`, delivery('push', push()));
  expect(answer.status).toBe(200);
  expect(await collecting.activities()).toHaveLength(2);
  await new Promise((resolve) => server.close(resolve));
});

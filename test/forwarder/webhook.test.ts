// A signed webhook, against a web server that has good and bad days.
import { createHmac, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../services/core/clock.ts';
import { webhookDestination } from '../../services/forwarder/destinations/webhook.ts';
import {
  type Delivery,
  type Forwarding,
  hasty,
  incident,
  type Receiver,
  startForwarding,
  startReceiver,
  until,
} from './forwarding.ts';

let forwarding: Forwarding;
const receivers: Receiver[] = [];
const KEY = randomBytes(24);
const SECRET = ['whsec', KEY.toString('base64')].join('_');

beforeEach(async () => {
  forwarding = await startForwarding();
});

afterEach(async () => {
  await forwarding.close();
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

async function receiving(...how: Parameters<typeof startReceiver>): Promise<Receiver> {
  const receiver = await startReceiver(...how);
  receivers.push(receiver);
  return receiver;
}

function webhook(url: string, { secret = SECRET, ...fields }: { secret?: string; timeoutMs?: number } = {}) {
  return webhookDestination({ id: 'siem', sends: ['incident'], url, secret: () => secret, clock: hasty, ...fields });
}

/** The incidents that arrived, in order, each time that they came. */
function arrived({ deliveries }: Receiver): readonly string[] {
  return deliveries.map(({ body }): string => JSON.parse(body).data.id);
}

function signature({ headers, body }: Delivery, key: Buffer | string): string {
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

describe('a delivery', () => {
  test('is signed by Standard Webhooks, with the key that the secret encodes', async () => {
    const receiver = await receiving();
    const forwarder = await forwarding.start(webhook(receiver.url));
    await forwarding.write('incident', incident('a'));
    await forwarder.caughtUp();
    const [delivery] = receiver.deliveries;
    if (!delivery) throw new Error('nothing arrived');
    expect(delivery.headers['webhook-signature']).toBe(signature(delivery, KEY));
    expect(delivery.headers['webhook-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(Math.abs(Number(delivery.headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
    expect(JSON.parse(delivery.body)).toMatchObject({
      id: delivery.headers['webhook-id'],
      type: 'incident.changed',
      timestamp: '2026-03-02T10:00:00.000Z',
      data: { id: 'a', revision: 1 },
    });
  });

  test('is signed with the secret itself where that is no encoded one', async () => {
    const receiver = await receiving();
    const forwarder = await forwarding.start(webhook(receiver.url, { secret: 'a plain word' }));
    await forwarding.write('incident', incident('a'));
    await forwarder.caughtUp();
    expect(receiver.deliveries.map(({ headers }) => headers['webhook-signature'])).toEqual(
      receiver.deliveries.map((delivery) => signature(delivery, 'a plain word')),
    );
  });

  test('has an id for each revision', async () => {
    const receiver = await receiving();
    const forwarder = await forwarding.start(webhook(receiver.url));
    await forwarding.write('incident', incident('a', 1), incident('a', 2));
    await forwarder.caughtUp();
    expect(new Set(receiver.deliveries.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
  });
});

describe('a server that cannot take it now', () => {
  test('gets it again under the same id, in order, and nothing twice that it took', async () => {
    const receiver = await receiving((_delivery, count) => (count === 2 || count === 3 ? 503 : 204));
    const forwarder = await forwarding.start(webhook(receiver.url));
    await forwarding.write('incident', incident('a'), incident('b'), incident('c'));
    await forwarder.caughtUp();
    expect(arrived(receiver)).toEqual(['a', 'b', 'b', 'b', 'c']);
    const ids = receiver.deliveries.slice(1, 4).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
    expect(await forwarding.letters()).toEqual([]);
  });

  test.each([302, 401, 404, 429, 500])('answers %i: waits for as long as it takes', async (status) => {
    const receiver = await receiving((_delivery, count) => (count <= 7 ? status : 204));
    const forwarder = await forwarding.start(webhook(receiver.url));
    await forwarding.write('incident', incident('a'));
    await forwarder.caughtUp();
    expect(receiver.deliveries).toHaveLength(8);
    expect(await forwarding.letters()).toEqual([]);
  });

  test('is not there yet: it arrives when the server comes up', async () => {
    const gone = await startReceiver();
    const port = Number(new URL(gone.url).port);
    await gone.close();
    const forwarder = await forwarding.start(webhook(gone.url));
    await forwarding.write('incident', incident('a'));
    await systemClock.sleep(50);
    const receiver = await receiving(() => 204, port);
    await forwarder.caughtUp();
    expect(arrived(receiver)).toEqual(['a']);
  });

  test('never answers: the time limit ends the wait, and it comes again', async () => {
    const receiver = await receiving((_delivery, count) => (count === 1 ? undefined : 204));
    const forwarder = await forwarding.start(webhook(receiver.url, { timeoutMs: 50 }));
    await forwarding.write('incident', incident('a'));
    await forwarder.caughtUp();
    expect(arrived(receiver)).toEqual(['a', 'a']);
  });
});

describe('what a server refuses', () => {
  test('goes to the dead letters, and the others arrive', async () => {
    const receiver = await receiving(({ body }) => (body.includes('Incident b') ? 422 : 204));
    const forwarder = await forwarding.start(webhook(receiver.url));
    await forwarding.write('incident', incident('a'), incident('b'), incident('c'));
    await forwarder.caughtUp();
    expect(arrived(receiver)).toEqual(['a', 'b', 'c']);
    const [letter, ...more] = await forwarding.letters();
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ component: 'forwarder.siem', error: 'DESTINATION_REFUSED' });
    expect(letter?.reason).toContain('422');
    expect(JSON.stringify(letter?.payload)).toContain('Incident b');
  });

  test('makes no letters about letters without end', async () => {
    const receiver = await receiving(() => 422);
    const destination = { ...webhook(receiver.url), sends: ['incident', 'dead-letter'] as const };
    const forwarder = await forwarding.start(destination);
    await forwarding.write('incident', incident('a'));
    await forwarder.caughtUp();
    await forwarder.caughtUp();
    expect(receiver.deliveries).toHaveLength(2);
    expect(await forwarding.letters()).toHaveLength(1);
  });
});

test('closing during a pause stops at once, and nothing is lost', async () => {
  const busy = await receiving(() => 503);
  const endless = { now: hasty.now, sleep: (_ms: number, signal?: AbortSignal) => systemClock.sleep(600_000, signal) };
  const first = await forwarding.startWith(endless, webhook(busy.url));
  await forwarding.write('incident', incident('a'), incident('b'));
  await until(() => busy.deliveries.length === 1);
  await first.close();
  expect(busy.deliveries).toHaveLength(1);
  const well = await receiving();
  const second = await forwarding.start(webhook(well.url));
  await second.caughtUp();
  expect(arrived(well)).toEqual(['a', 'b']);
});

test('closing while a server does not answer stops at once', async () => {
  const silent = await receiving(() => undefined);
  const forwarder = await forwarding.start(webhook(silent.url, { timeoutMs: 600_000 }));
  await forwarding.write('incident', incident('a'));
  await until(() => silent.deliveries.length === 1);
  await forwarder.close();
  expect(silent.deliveries).toHaveLength(1);
});

test('a destination in trouble holds up no other', async () => {
  const busy = await receiving(() => 503);
  const well = await receiving();
  const destinations = [webhook(busy.url), { ...webhook(well.url), id: 'chat' }];
  await forwarding.start(...destinations);
  await forwarding.write('incident', incident('a'));
  await until(() => well.deliveries.length === 1);
});

describe('what is wrong is said at the start', () => {
  test.each(['', '!!!', 'abc d', 'YWJj\n'])(
    'a secret that is no key, by which anybody could sign: whsec_%j',
    (encoded) => {
      const secret = ['whsec', encoded].join('_');
      expect(() => webhook('http://127.0.0.1/hook', { secret })).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('not base64') }),
      );
    },
  );

  test('an address with a password, which is not repeated', () => {
    const password = randomBytes(8).toString('hex');
    const opening = () => webhook(`http://me:${password}@127.0.0.1/hook`);
    expect(opening).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    expect(opening).not.toThrow(password);
  });
});

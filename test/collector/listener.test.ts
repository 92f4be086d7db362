// Lines over a socket: framed, without their syslog header, durable before more is read, and from nobody who may not send.
import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { framesOf, LONGEST_MESSAGE } from '../../services/collector/listener/frames.ts';
import { type Listener, type ListenerOptions, startListener } from '../../services/collector/listener/listener.ts';
import { messageOf } from '../../services/collector/listener/syslog.ts';
import type { SourceRecord } from '../../services/collector/source.ts';
import { systemClock } from '../../services/core/clock.ts';
import { createTelemetry } from '../../services/telemetry/telemetry.ts';

async function* inPieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
  yield bytes.subarray(at);
}

async function framed(bytes: Buffer, sizes: readonly number[] = []): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const messages of framesOf(inPieces(bytes, sizes))) found.push(...messages);
  return found;
}

describe('frames', () => {
  test('are the same however the bytes come', async () => {
    const message = fc.stringMatching(/^[a-zäö{}" ]{1,20}$/).filter((text) => text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { maxLength: 6 }),
        fc.array(fc.nat(30), { maxLength: 12 }),
        fc.boolean(),
        async (texts, sizes, counted) => {
          const own = texts.map((text) => (counted ? `<34>${text}` : text));
          const bytes = Buffer.from(
            own.map((text) => (counted ? `${Buffer.byteLength(text)} ${text}` : `${text}\n`)).join(''),
          );
          expect(await framed(bytes, sizes)).toEqual(own.map((text) => text.trim()));
        },
      ),
    );
  });

  test('may hold a newline where they are counted, and never more than a bound', async () => {
    expect(await framed(Buffer.from('7 <1>a\nb\n5 <1>cd'), [3, 4])).toEqual(['<1>a\nb', '<1>cd']);
    const long = await framed(Buffer.alloc(3 * LONGEST_MESSAGE + 5, 'x'));
    expect(long.map(({ length }) => length)).toEqual([LONGEST_MESSAGE, LONGEST_MESSAGE, LONGEST_MESSAGE, 5]);
  });
});

test.each([
  ['<34>1 2026-03-01T10:00:00.000Z ci jenkins 1 ID47 - ann started shop #4', 'ann started shop #4'],
  ['<34>1 2026-03-01T10:00:00Z ci jenkins - - [a@1 b="c\\]d"][e@1] \uFEFFann started shop', 'ann started shop'],
  ['<13>Mar  1 10:00:00 ci jenkins[77]: ann started shop #4', 'ann started shop #4'],
  ['<13>Mar  1 10:00:00 ci ann started shop #4', 'ann started shop #4'],
  ['ann started shop #4', 'ann started shop #4'],
])('of %s the header is left out', (text, message) => {
  expect(messageOf(text)).toBe(message);
});

describe('a listener', () => {
  const records: SourceRecord[] = [];
  let failures = 0;
  let listener: Listener | undefined;
  afterEach(async () => {
    await listener?.close();
    records.length = 0;
  });
  const collector: ListenerOptions['collector'] = {
    async ingest(batch) {
      if (failures-- > 0) throw new Error('the log is away');
      records.push(...batch);
      return { activities: 0, refused: 0, parts: [] } as never;
    },
  };
  async function start(own: Partial<ListenerOptions> = {}): Promise<Listener> {
    const base = { source: 'vault.audit', host: '127.0.0.1', port: 0, syslog: false, allow: [], collector } as const;
    const clock = { now: systemClock.now, sleep: () => systemClock.sleep(5) };
    listener = await startListener({ ...base, protocol: 'tcp', telemetry: createTelemetry('silent'), clock, ...own });
    return listener;
  }
  const bodies = () => records.map(({ body }) => body);
  const dial = (port: number) =>
    new Promise<Socket>((resolve) => {
      const socket: Socket = connect(port, '127.0.0.1', () => resolve(socket));
      socket.on('error', () => undefined);
    });

  test('keeps what comes over TCP, in order, also when the log was away', async () => {
    failures = 2;
    const { address } = await start();
    const socket = await dial(address.port);
    socket.write('{"a":1}\n{"a":');
    socket.end('2}\n{"a":3}');
    await vi.waitFor(() => expect(bodies()).toEqual(['{"a":1}', '{"a":2}', '{"a":3}']));
  });

  test('takes datagrams', async () => {
    const { address } = await start({ protocol: 'udp', syslog: true, source: 'jenkins.audit' });
    const socket = createSocket('udp4');
    socket.send('<13>Mar  1 10:00:00 ci jenkins: ann started shop #4', address.port, '127.0.0.1');
    await vi.waitFor(() => expect(bodies()).toEqual(['ann started shop #4']));
    socket.close();
  });

  test('hears nobody who may not send', async () => {
    const { address } = await start({ allow: ['10.0.0.0/8'] });
    const socket = await dial(address.port);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write('{"a":1}\n');
    await closed;
    expect(records).toEqual([]);
    await listener?.close();
    const open = await start({ allow: ['127.0.0.0/8'] });
    (await dial(open.address.port)).end('{"a":2}\n');
    await vi.waitFor(() => expect(bodies()).toEqual(['{"a":2}']));
  });

  test('says which port is taken', async () => {
    const { address } = await start();
    await expect(startListener({ ...(await optionsLike()), port: address.port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
    });
  });

  async function optionsLike(): Promise<ListenerOptions> {
    return {
      source: 'vault.audit',
      protocol: 'tcp',
      host: '127.0.0.1',
      port: 0,
      syslog: false,
      allow: [],
      collector,
      telemetry: createTelemetry('silent'),
      clock: systemClock,
    };
  }
});
